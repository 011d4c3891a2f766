package parallax.wire;

import java.util.OptionalLong;
import parallax.model.Nation;

/**
 * What is known of a partner's log by the checkpoints it has shown.
 *
 * @param partner whose log it is
 * @param verdict on the newest that was shown, one word; empty when none was
 * @param good whether nothing contradicts the newest that was shown
 * @param origin name of the log of the newest checkpoint held; empty when none is
 * @param size how many entries that speaks of
 * @param takenNs when it was taken, UTC nanoseconds; empty when none is held
 * @param contradictions how many contradictions are kept as evidence
 * @param refused how many answers were no checkpoint of the partner's, since the start
 * @param detail for people
 */
public record PartnerLog(
    Nation partner,
    String verdict,
    boolean good,
    String origin,
    long size,
    OptionalLong takenNs,
    long contradictions,
    long refused,
    String detail) {}
