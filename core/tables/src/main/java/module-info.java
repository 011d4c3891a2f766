/** Tables that people write, as CSV. No I/O. */
module parallax.tables {
  requires static transitive org.jspecify;
  requires transitive parallax.model;

  exports parallax.tables;
}
