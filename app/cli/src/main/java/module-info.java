/** The command line. */
module parallax.cli {
  requires static transitive org.jspecify;
  requires parallax.demo;
  requires parallax.report;
  requires parallax.simulation;
  requires parallax.client;
  requires parallax.host;
  requires parallax.formats;
  requires parallax.files;
  requires parallax.journal.sqlite;
  requires parallax.tables;
  requires parallax.words;
  requires java.logging;
  requires info.picocli;
  requires com.fasterxml.jackson.databind;

  opens parallax.cli to
      info.picocli;
}
