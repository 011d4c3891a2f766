package parallax.transport;

import java.time.Duration;

/**
 * What a port bears. Whoever connects is a stranger until its handshake has shown a certificate
 * that is believed; a stranger too many makes the oldest one go, so that those who flood a port
 * push each other out and a partner's handshake, which takes milliseconds, still gets through.
 *
 * @param strangers most strangers at once
 * @param strangersPerAddress most of them of one address (IPv4) or network of 64 bits (IPv6)
 * @param perNation most connections of one nation that have shown who they are
 * @param handshake how long a stranger may take
 * @param idle how long a connection may stay without a call
 */
public record PortLimits(
    int strangers, int strangersPerAddress, int perNation, Duration handshake, Duration idle) {
  /** Of the port where partners connect. */
  public static final PortLimits LINK =
      new PortLimits(256, 64, 32, Duration.ofSeconds(5), Duration.ofSeconds(60));

  /** Of the port of a nation's own sensors and operators. */
  public static final PortLimits NATIONAL =
      new PortLimits(256, 64, 1024, Duration.ofSeconds(5), Duration.ofSeconds(60));
}
