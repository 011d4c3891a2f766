/**
 * Carries one nation's released reports to one partner exactly once and in order, or says why not.
 *
 * <p>Two machines without sockets or clocks: {@link parallax.link.OutboundSession} at the
 * originator, which dials, and {@link parallax.link.InboundSession} at the recipient. Frames and
 * times go in, {@link parallax.link.LinkEffect}s come out, in the order in which they must be
 * carried out. docs/protocol.md describes what passes between them.
 */
@NullMarked
package parallax.link;

import org.jspecify.annotations.NullMarked;
