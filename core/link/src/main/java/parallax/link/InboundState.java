package parallax.link;

import java.util.List;
import parallax.model.InvalidValueException;
import parallax.signing.VerificationKey;

/**
 * The state of an {@link InboundStream}.
 *
 * @param end what both ends keep alike
 * @param ownKey what receipts are signed with
 * @param cursor the next number wanted, and the chain hash before it
 * @param passing what follows from connections alone; the rest is lasting
 */
public record InboundState(
    StreamEndState end, VerificationKey ownKey, Cursor cursor, Passing passing) {

  /** Requires that no more records are named than were set aside. */
  public InboundState {
    if (end.setAsides().total() < end.setAsides().newest().size()) {
      throw new InvalidValueException(
          "records set aside",
          end.setAsides().total(),
          "at least the " + end.setAsides().newest().size() + " that are named");
    }
  }

  /**
   * One path from the originator.
   *
   * @param path what both ends keep of it
   * @param mark the last high-water mark that came on this connection
   */
  public record InboundPathState(StreamEndState.PathState path, long mark) {}

  /**
   * What follows from connections alone.
   *
   * @param paths every path there ever was, by rising neighbour
   * @param highWaterMark the last number that the originator has announced or sent; 0: none
   * @param counts since the stream began
   */
  public record Passing(
      List<InboundPathState> paths, long highWaterMark, LinkHealth.Counts counts) {
    /** Nothing was ever connected. */
    public static final Passing NONE = new Passing(List.of(), 0, LinkHealth.Counts.NONE);

    /** Copies the list, and requires that it rises. */
    public Passing {
      paths = List.copyOf(paths);
      OutboundState.requireRising(paths.stream().map(InboundPathState::path).toList());
    }
  }

  /**
   * The same without what follows from connections, for a comparison or a digest: two streams that
   * took in the same have it alike, whatever their connections did.
   */
  public InboundState withoutPassing() {
    return new InboundState(end, ownKey, cursor, Passing.NONE);
  }
}
