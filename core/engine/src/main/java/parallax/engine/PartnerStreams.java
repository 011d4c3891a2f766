package parallax.engine;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import parallax.link.InboundState;
import parallax.link.InboundStream;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.OutboundStream;
import parallax.link.Outgoing;
import parallax.link.ReportEncoder;
import parallax.link.Verifier;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/**
 * The streams to and from one partner.
 *
 * @param partner the partner
 * @param out both lanes to it
 * @param in both lanes from it
 * @param sendingPart what sending to it is called when that fails, ready made
 * @param timersPart what looking at its timers is called when that fails, ready made
 */
record PartnerStreams(
    Nation partner,
    Outgoing out,
    SortedMap<Lane, InboundStream> in,
    String sendingPart,
    String timersPart) {
  PartnerStreams(Nation partner, Outgoing out, SortedMap<Lane, InboundStream> in) {
    this(
        partner,
        out,
        new TreeMap<>(in),
        "sending to " + partner,
        "timers of the streams with " + partner);
  }

  /** Those of another, as they were. */
  static PartnerStreams restored(
      Nation partner,
      StreamsState.Pair state,
      ReportEncoder encoder,
      Keyring keyring,
      LinkConfig config,
      Verifier verifier) {
    SortedMap<Lane, InboundStream> in = new TreeMap<>();
    state
        .in()
        .forEach((lane, s) -> in.put(lane, InboundStream.restored(s, keyring, config, verifier)));
    return new PartnerStreams(
        partner, Outgoing.restored(state.out(), keyring, encoder, config, verifier), in);
  }

  /** As they stand. */
  StreamsState.Pair state() {
    SortedMap<Lane, InboundState> inbound = new TreeMap<>();
    in.forEach((lane, s) -> inbound.put(lane, s.state()));
    return new StreamsState.Pair(out.state(), inbound);
  }

  InboundStream in(Lane lane) {
    InboundStream s = in.get(lane);
    if (s == null) {
      throw new IllegalStateException("no lane " + lane);
    }
    return s;
  }

  /** How many entries were ever numbered for the partner. */
  long numbered() {
    return out.on(Lane.URGENT).highWaterMark() + out.on(Lane.BULK).highWaterMark();
  }

  /** Whether the partner holds the newest change of this nation's key on both lanes. */
  boolean knowsOurKey() {
    return out.lanes().stream().allMatch(OutboundStream::partnerKnowsNewestKey);
  }

  boolean isSuspended() {
    return out.lanes().stream().anyMatch(OutboundStream::isSuspended)
        || in.values().stream().anyMatch(InboundStream::isSuspended);
  }

  /**
   * What comes in goes on under other terms while all is down. While the partner's keys stay as
   * configured, what the streams have learned of new keys stays too.
   *
   * @param receiptKey the key that receipts are signed with
   */
  void renewIn(
      Streams.Terms t,
      SortedSet<VerificationKey> keys,
      boolean sameKeys,
      VerificationKey receiptKey) {
    for (InboundStream i : in.values()) {
      i.renew(t.agreementDigest(), sameKeys ? i.trusted() : keys, receiptKey);
    }
  }

  /** The same of what goes out. */
  void renewOut(Streams.Terms t, SortedSet<VerificationKey> keys, boolean sameKeys) {
    for (OutboundStream o : out.lanes()) {
      o.renew(t.agreementDigest(), t.ownKey(), sameKeys ? o.trusted() : keys);
    }
  }

  void closeAll(long nowNs) {
    out.lanes().forEach(o -> o.onAllDisconnected(nowNs));
    in.values().forEach(i -> i.onAllDisconnected(nowNs));
  }

  void trust(VerificationKey key) {
    out.lanes().forEach(o -> o.trust(key));
    in.values().forEach(i -> i.trust(key));
  }
}
