/** What every measurement needs: where it ran, sample records, output, folders to clear away. */
@NullMarked
package parallax.bench.common;

import org.jspecify.annotations.NullMarked;
