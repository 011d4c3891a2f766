/** The words of the field as types. No I/O, no dependencies. */
module parallax.model {
  requires static transitive org.jspecify;

  exports parallax.model;
}
