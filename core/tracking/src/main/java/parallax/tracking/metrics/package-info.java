/** How far estimates are from the truth, and whether they know it: for tests and research. */
@NullMarked
package parallax.tracking.metrics;

import org.jspecify.annotations.NullMarked;
