/** The journal on disk, beside plain SQLite and the bare disk. */
@NullMarked
package parallax.bench.journal;

import org.jspecify.annotations.NullMarked;
