package parallax.link;

import parallax.model.Nation;

/**
 * One connection: the neighbour at its other end, as the transport authenticated it, and the stream
 * it carries. Seen from an end of the stream the neighbour is the other end or a relay; seen from a
 * relay it is an end.
 *
 * @param peer the neighbour
 * @param stream the stream
 */
public record Wire(Nation peer, StreamId stream) implements Comparable<Wire> {

  /** Whether the two ends of the stream are its two ends, seen from one of them. */
  public boolean direct() {
    return stream.ends(peer);
  }

  @Override
  public int compareTo(Wire o) {
    int c = stream.compareTo(o.stream);
    return c != 0 ? c : peer.compareTo(o.peer);
  }

  @Override
  public String toString() {
    return stream + " with " + peer;
  }
}
