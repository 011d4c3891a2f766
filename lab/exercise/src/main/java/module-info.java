/** Historic and made-up launches as computed flights, and notional sensors as plots. No I/O. */
module parallax.exercise {
  requires static transitive org.jspecify;
  requires transitive parallax.model;
  requires transitive parallax.tables;
  requires GeographicLib.Java;

  exports parallax.exercise;
}
