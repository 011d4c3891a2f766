/** The {@code parallax bench} command and what its benches share. */
@NullMarked
package parallax.bench;

import org.jspecify.annotations.NullMarked;
