/** The embedded journal in one directory. */
module parallax.journal.sqlite {
  requires static transitive org.jspecify;
  requires transitive parallax.journal;
  requires java.sql;

  exports parallax.journal.sqlite;
}
