/** The order of events of one node, as interfaces, formats, and versions in memory. No I/O. */
module parallax.journal {
  requires static transitive org.jspecify;

  exports parallax.journal;
  exports parallax.journal.log;
}
