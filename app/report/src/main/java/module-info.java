/** Pages and pictures of what an exercise showed. */
module parallax.report {
  requires static transitive org.jspecify;
  requires transitive parallax.evaluation;
  requires parallax.words;
  requires com.fasterxml.jackson.databind;

  exports parallax.report;
}
