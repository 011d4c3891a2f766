/**
 * The words of the field as immutable, validated types: plots, tracks, estimates, labels,
 * identifiers, channels, frames and units.
 *
 * <p>Inside Parallax every quantity is SI (metres, seconds, radians) and every position is
 * earth-centred earth-fixed (ECEF, WGS-84) unless the name says otherwise; conversion happens only
 * where a field is parsed or printed. Every constructor validates: a value that exists is finite
 * and within its domain, and a value that is not raises {@link
 * parallax.model.InvalidValueException} naming the field, what was found and what was expected.
 */
@NullMarked
package parallax.model;

import org.jspecify.annotations.NullMarked;
