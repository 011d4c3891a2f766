/** Areas at risk and the alert life cycle. No I/O, no clock. */
module parallax.warning {
  requires static transitive org.jspecify;
  requires transitive parallax.model;
  requires org.locationtech.jts;
  requires com.fasterxml.jackson.databind;

  exports parallax.warning;
}
