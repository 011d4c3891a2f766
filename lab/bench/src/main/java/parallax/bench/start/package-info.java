/** What a node's start costs with years behind it. */
@NullMarked
package parallax.bench.start;

import org.jspecify.annotations.NullMarked;
