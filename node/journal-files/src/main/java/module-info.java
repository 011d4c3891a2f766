/** The journal of a node in plain files: segments of a log, and snapshots beside it. */
module parallax.journal.files {
  requires static transitive org.jspecify;
  requires transitive parallax.journal;

  exports parallax.journal.files;
}
