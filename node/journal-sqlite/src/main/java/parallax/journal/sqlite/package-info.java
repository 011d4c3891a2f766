/**
 * Keeps a node's journal on disk: one SQLite database in one directory, which one process holds at
 * a time.
 */
@NullMarked
package parallax.journal.sqlite;

import org.jspecify.annotations.NullMarked;
