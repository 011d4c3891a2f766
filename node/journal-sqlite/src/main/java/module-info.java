/** Reads the journal of a version before there were snapshots. */
module parallax.journal.sqlite {
  requires static transitive org.jspecify;
  requires transitive parallax.journal;
  requires java.sql;

  exports parallax.journal.sqlite;
}
