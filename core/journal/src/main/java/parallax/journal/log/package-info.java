/**
 * The order of events as a log that ends: entries appended a batch at a time, whole segments
 * deleted at the front, and snapshots of the state beside it, so that a start need not read from
 * the beginning. Knows bytes only; what they mean is the caller's business.
 */
@NullMarked
package parallax.journal.log;

import org.jspecify.annotations.NullMarked;
