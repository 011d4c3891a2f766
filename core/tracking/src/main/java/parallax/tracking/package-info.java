/**
 * Plots in, national tracks and estimates out; track fusion; flight prediction.
 *
 * <p>Everything here is a pure function of its arguments, and every result is the same to the last
 * bit on every machine: time is an argument, arithmetic is {@link java.lang.StrictMath} and plain
 * IEEE 754, and no result depends on the order of a hash table. The frame is earth-centred
 * earth-fixed (ECEF, WGS-84), the units SI. A {@link parallax.tracking.NationalTracker} is to be
 * used by one thread at a time.
 */
@NullMarked
package parallax.tracking;

import org.jspecify.annotations.NullMarked;
