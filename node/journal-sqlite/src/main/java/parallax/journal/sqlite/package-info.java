/**
 * Reads the journal of a version before there were snapshots: one SQLite database in one directory.
 * Nothing here writes one.
 */
@NullMarked
package parallax.journal.sqlite;

import org.jspecify.annotations.NullMarked;
