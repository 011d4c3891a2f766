package parallax.engine;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.link.Lane;
import parallax.link.LinkTerms;
import parallax.link.RelayState;
import parallax.link.RelayStream;
import parallax.link.StreamId;
import parallax.link.Verifier;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/** The streams between partners that this node carries, as the agreement in force lists them. */
final class Relays {
  private final SortedMap<StreamId, RelayStream> streams = new TreeMap<>();
  private final Verifier verifier;

  /** Judges a record of a stream about to be passed on; says what forbids it. */
  @FunctionalInterface
  interface Passing {
    Optional<String> problem(StreamId stream, byte[] record);
  }

  Relays(Verifier verifier) {
    this.verifier = verifier;
  }

  /**
   * Opens those that the terms list; all others are gone.
   *
   * @param keysOf the keys that an originator's stream may be signed with
   * @param revokedOf the keys of an originator that were revoked here
   */
  void open(
      Streams.Terms t,
      Passing passing,
      Function<StreamId, SortedSet<VerificationKey>> keysOf,
      Function<Nation, SortedSet<VerificationKey>> revokedOf) {
    streams.clear();
    for (Nation from : t.keys().keySet()) {
      for (Nation to : t.keys().keySet()) {
        if (!from.equals(to)
            && t.parties().contains(from)
            && t.parties().contains(to)
            && t.onward().permits(t.self(), from, to)) {
          for (Lane lane : Lane.values()) {
            StreamId s = new StreamId(from, to, lane);
            RelayStream relay =
                new RelayStream(
                    new LinkTerms(s, t.channel(), t.agreementDigest()),
                    keysOf.apply(s),
                    record -> passing.problem(s, record),
                    verifier);
            revokedOf.apply(from).forEach(relay::distrust);
            streams.put(s, relay);
          }
        }
      }
    }
  }

  /** Those of another, as they were. */
  void restore(SortedMap<StreamId, RelayState> state, Passing passing) {
    state.forEach(
        (s, relay) ->
            streams.put(
                s, RelayStream.restored(relay, record -> passing.problem(s, record), verifier)));
  }

  /** As they stand. */
  SortedMap<StreamId, RelayState> state() {
    SortedMap<StreamId, RelayState> out = new TreeMap<>();
    streams.forEach((s, relay) -> out.put(s, relay.state()));
    return out;
  }

  void clear() {
    streams.clear();
  }

  Optional<RelayStream> of(StreamId stream) {
    return Optional.ofNullable(streams.get(stream));
  }

  boolean carries(StreamId stream) {
    return streams.containsKey(stream);
  }

  /** What an originator signs on its way to another partner is signed with the same keys. */
  void trust(Nation originator, VerificationKey key) {
    of(originator).forEach(r -> r.trust(key));
  }

  /** An originator changed to a key by its own word. */
  void announced(Nation originator, VerificationKey key) {
    of(originator).forEach(r -> r.announced(key));
  }

  void distrust(Nation originator, VerificationKey key) {
    of(originator).forEach(r -> r.distrust(key));
  }

  private Collection<RelayStream> of(Nation originator) {
    return streams.entrySet().stream()
        .filter(e -> e.getKey().originator().equals(originator))
        .map(java.util.Map.Entry::getValue)
        .toList();
  }
}
