package parallax.engine;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.link.InboundState;
import parallax.link.Lane;
import parallax.link.OutgoingState;
import parallax.link.RelayState;
import parallax.link.StreamId;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.release.Agreement;
import parallax.signing.VerificationKey;

/**
 * The streams to and from every partner there ever was, and those that are relayed, as they stand.
 *
 * @param pairs the streams to and from each partner
 * @param relays the streams between partners that this node carries
 * @param open the partners under the agreement in force
 * @param openedWith each partner's keys as its streams were last opened with, and trusted and
 *     revoked since
 * @param receiptKeys the key that receipts for each partner are signed with
 * @param learned the keys that partners changed to, and those that were revoked
 * @param setAsides when the records came that are not used, by stream, the oldest first
 * @param opened what the streams were last opened under; empty before the first time
 */
public record StreamsState(
    SortedMap<Nation, Pair> pairs,
    SortedMap<StreamId, RelayState> relays,
    SortedSet<Nation> open,
    SortedMap<Nation, SortedSet<VerificationKey>> openedWith,
    SortedMap<Nation, VerificationKey> receiptKeys,
    Keys learned,
    SortedMap<StreamId, List<Came>> setAsides,
    Optional<Opened> opened) {
  /** Copies the collections. */
  public StreamsState {
    pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    relays = Collections.unmodifiableSortedMap(new TreeMap<>(relays));
    open = Collections.unmodifiableSortedSet(new TreeSet<>(open));
    openedWith = copy(openedWith);
    receiptKeys = Collections.unmodifiableSortedMap(new TreeMap<>(receiptKeys));
    setAsides = Collections.unmodifiableSortedMap(new TreeMap<>(setAsides));
  }

  /**
   * A record that is not used has come.
   *
   * @param seq its number in its stream
   * @param wallNs when, wall clock, UTC nanoseconds
   */
  public record Came(long seq, long wallNs) {}

  /**
   * The streams to and from one partner.
   *
   * @param out both lanes to it
   * @param in both lanes from it
   */
  public record Pair(OutgoingState out, SortedMap<Lane, InboundState> in) {
    /** Copies the map. */
    public Pair {
      in = Collections.unmodifiableSortedMap(new TreeMap<>(in));
    }

    private Pair lasting() {
      SortedMap<Lane, InboundState> lastingIn = new TreeMap<>();
      in.forEach((lane, s) -> lastingIn.put(lane, s.withoutPassing()));
      return new Pair(out.withoutPassing(), lastingIn);
    }
  }

  /**
   * The keys of partners that were learned.
   *
   * @param announced the keys that each partner changed to by its own word, the oldest first
   * @param revoked the keys that the nation's people revoked
   */
  public record Keys(
      SortedMap<Nation, List<VerificationKey>> announced,
      SortedMap<Nation, SortedSet<VerificationKey>> revoked) {
    /** Copies the collections. */
    public Keys {
      announced = Collections.unmodifiableSortedMap(new TreeMap<>(announced));
      revoked = copy(revoked);
    }
  }

  /**
   * What streams were opened under, as far as it matters afterwards.
   *
   * @param self the nation whose node this is
   * @param channel the channel
   * @param onward who may carry what one party tells another
   */
  public record Opened(Nation self, Channel channel, Agreement.OnwardRelease onward) {}

  private static SortedMap<Nation, SortedSet<VerificationKey>> copy(
      SortedMap<Nation, SortedSet<VerificationKey>> keys) {
    SortedMap<Nation, SortedSet<VerificationKey>> out = new TreeMap<>();
    keys.forEach((n, k) -> out.put(n, Collections.unmodifiableSortedSet(new TreeSet<>(k))));
    return Collections.unmodifiableSortedMap(out);
  }

  /** The same without what follows from connections alone. */
  StreamsState lasting() {
    SortedMap<Nation, Pair> lastingPairs = new TreeMap<>();
    pairs.forEach((n, p) -> lastingPairs.put(n, p.lasting()));
    SortedMap<StreamId, RelayState> lastingRelays = new TreeMap<>();
    relays.forEach((s, r) -> lastingRelays.put(s, r.withoutPassing()));
    return new StreamsState(
        lastingPairs, lastingRelays, open, openedWith, receiptKeys, learned, setAsides, opened);
  }

  /** No partner yet. */
  static StreamsState empty() {
    return new StreamsState(
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeSet<>(),
        new TreeMap<>(),
        new TreeMap<>(),
        new Keys(new TreeMap<>(), new TreeMap<>()),
        new TreeMap<>(),
        Optional.empty());
  }
}
