/** The durable order of events of one node, as an interface, and its in-memory version. No I/O. */
module parallax.journal {
  requires static transitive org.jspecify;

  exports parallax.journal;
  exports parallax.journal.log;
}
