/** Makes, for tests, what a version before there were snapshots left. */
@NullMarked
package parallax.journal.sqlite.old;

import org.jspecify.annotations.NullMarked;
