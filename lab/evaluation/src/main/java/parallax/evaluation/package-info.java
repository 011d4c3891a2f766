/**
 * The battery: every launch that can be flown, with several seeds, each nation alone and all
 * sharing, in memory and virtual time; what sharing is worth, as figures and as a page.
 */
@NullMarked
package parallax.evaluation;

import org.jspecify.annotations.NullMarked;
