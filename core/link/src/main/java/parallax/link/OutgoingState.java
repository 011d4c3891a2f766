package parallax.link;

/**
 * The state of both lanes to one partner.
 *
 * @param urgent the urgent lane
 * @param bulk the bulk lane
 */
public record OutgoingState(OutboundState urgent, OutboundState bulk) {
  /** The same without what follows from connections, for a comparison or a digest. */
  public OutgoingState withoutPassing() {
    return new OutgoingState(urgent.withoutPassing(), bulk.withoutPassing());
  }
}
