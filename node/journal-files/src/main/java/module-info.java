/** The journal in plain files. */
module parallax.journal.files {
  requires static transitive org.jspecify;
  requires transitive parallax.journal;

  exports parallax.journal.files;
}
