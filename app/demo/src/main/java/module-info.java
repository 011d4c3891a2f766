/** Three nodes on this machine share a historic launch. */
module parallax.demo {
  requires static transitive org.jspecify;
  requires transitive parallax.report;
  requires parallax.client;
  requires parallax.host;
  requires parallax.tables;
  requires com.fasterxml.jackson.databind;

  exports parallax.demo;
}
