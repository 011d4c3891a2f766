package parallax.warning;

import parallax.model.Nation;
import parallax.model.UtcTime;

/**
 * Names an earlier message, as CAP's {@code references} does.
 *
 * @param sender who sent it
 * @param identifier its identifier
 * @param sent when it was sent
 */
public record AlertReference(Nation sender, String identifier, UtcTime sent) {}
