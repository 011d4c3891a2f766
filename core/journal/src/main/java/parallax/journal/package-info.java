/**
 * How a store fails, and what the journal of a version before there were snapshots holds: inputs,
 * outboxes and cursors. Knows bytes only; what they mean is the caller's business.
 */
@NullMarked
package parallax.journal;

import org.jspecify.annotations.NullMarked;
