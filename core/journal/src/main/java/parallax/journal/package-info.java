/**
 * Keeps the order of a node's events: inputs, outboxes and cursors, appended together or not at all
 * and read back in that order. Knows bytes only; what they mean is the caller's business.
 */
@NullMarked
package parallax.journal;

import org.jspecify.annotations.NullMarked;
