/**
 * Keeps a node's journal in plain files of one directory, which one process writes at a time: the
 * log in segments, snapshots of the state, and what was acknowledged last.
 */
@NullMarked
package parallax.journal.files;

import org.jspecify.annotations.NullMarked;
