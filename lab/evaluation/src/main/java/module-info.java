/** What sharing is worth: fleets flown, scored and compared. */
module parallax.evaluation {
  requires static transitive org.jspecify;
  requires transitive parallax.engine;
  requires transitive parallax.wire;
  requires transitive parallax.exercise;
  requires parallax.tables;
  requires com.fasterxml.jackson.databind;
  requires GeographicLib.Java;

  exports parallax.evaluation;
}
