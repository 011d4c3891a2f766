package parallax.link;

import java.util.Optional;

/**
 * The state of a {@link RelayStream}.
 *
 * @param terms the stream and what its ends must go by
 * @param originatorKeys the keys that the originator's signatures are accepted with
 * @param passing what follows from connections alone; the rest is lasting
 */
public record RelayState(
    LinkTerms terms, StreamEndState.PartnerKeyState originatorKeys, Passing passing) {

  /**
   * What follows from connections alone.
   *
   * @param upstream whether the originator is connected
   * @param downstream whether the recipient is
   * @param closing this node has closed the recipient's connection and waits to hear that it is
   *     gone
   * @param waiting the originator's Hello, until the recipient is connected
   * @param passed numbers passed on since the stream began
   * @param violations found since the stream began
   */
  public record Passing(
      boolean upstream,
      boolean downstream,
      boolean closing,
      Optional<Frame.Hello> waiting,
      long passed,
      long violations) {
    /** Nothing was ever connected. */
    public static final Passing NONE = new Passing(false, false, false, Optional.empty(), 0, 0);
  }

  /** The same without what follows from connections, for a comparison or a digest. */
  public RelayState withoutPassing() {
    return new RelayState(terms, originatorKeys, Passing.NONE);
  }
}
