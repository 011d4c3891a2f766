/**
 * The tamper-evident log of a node: what is in it, how it is proven, how it is laid out. No I/O.
 */
module parallax.audit {
  requires static transitive org.jspecify;
  requires transitive parallax.engine;
  requires transitive parallax.wire;
  requires parallax.formats;

  exports parallax.audit;
}
