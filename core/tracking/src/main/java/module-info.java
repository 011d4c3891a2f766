/** Dynamics, filters, track fusion, launch and impact estimates. No I/O, no clock. */
module parallax.tracking {
  requires static transitive org.jspecify;
  requires transitive parallax.model;

  exports parallax.tracking;
  exports parallax.tracking.metrics;
}
