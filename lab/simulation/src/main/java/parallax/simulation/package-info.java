/** Whole nations in one thread, from one seed, with faults; invariants after every step. */
@NullMarked
package parallax.simulation;

import org.jspecify.annotations.NullMarked;
