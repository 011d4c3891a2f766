/** The journal's segment files, beside SQLite and the bare disk. */
@NullMarked
package parallax.bench.journal;

import org.jspecify.annotations.NullMarked;
