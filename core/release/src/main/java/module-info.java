/** Decides what each partner may be told. No I/O. */
module parallax.release {
  requires static transitive org.jspecify;
  requires transitive parallax.model;
  requires transitive parallax.signing;
  requires org.locationtech.jts;
  requires org.snakeyaml.engine.v2;

  exports parallax.release;
}
