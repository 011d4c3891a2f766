/**
 * Says which administrative areas are at risk from a predicted impact or overflight, and when to
 * issue, update, cancel and clear an alert for them.
 *
 * <p>Pure: time is an argument, outlines are class-path resources made at build time, and the same
 * calls in the same order give the same alerts, so a restart by replay issues nothing twice.
 */
@NullMarked
package parallax.warning;

import org.jspecify.annotations.NullMarked;
