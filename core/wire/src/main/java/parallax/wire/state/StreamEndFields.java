package parallax.wire.state;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.link.Digest;
import parallax.link.Frame;
import parallax.link.LinkHealth;
import parallax.link.LinkState;
import parallax.link.LinkTerms;
import parallax.link.StreamEndState;
import parallax.link.StreamId;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.VerificationKey;
import parallax.wire.fields.KeysIn;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptStreamCounts;
import parallax.wire.proto.KeptStreamEnd;
import parallax.wire.proto.KeptStreamKeys;
import parallax.wire.proto.KeptStreamPath;
import parallax.wire.proto.KeptStreamTerms;
import parallax.wire.proto.SetAsideRecord;

/** What the states of both ends of a stream have alike. */
final class StreamEndFields {
  /** The numbers of states, apart from the enum, so that its order never matters. */
  private static final List<LinkState> STATES =
      List.of(LinkState.DOWN, LinkState.GREETING, LinkState.UP, LinkState.STALE, LinkState.REFUSED);

  private StreamEndFields() {}

  static KeptStreamEnd end(StreamEndState s) {
    KeptStreamEnd.Builder b =
        KeptStreamEnd.newBuilder()
            .setTerms(terms(s.terms()))
            .setPartnerKeys(keys(s.partnerKeys()))
            .setSuspended(s.suspension().suspended())
            .setSuspensionAnnounced(s.suspension().announced())
            .setSuspensionReason(s.suspension().reason())
            .setSetAsideTotal(s.setAsides().total());
    for (Frame.SetAside.Item i : s.setAsides().newest()) {
      b.addSetAsideNewest(SetAsideRecord.newBuilder().setSeq(i.seq()).setReason(i.reason()));
    }
    return b.build();
  }

  static StreamEndState end(KeptStreamEnd m, KeysIn keys) {
    return new StreamEndState(
        terms(m.getTerms()),
        keys(m.getPartnerKeys(), keys),
        new StreamEndState.SuspensionState(
            m.getSuspended(), m.getSuspensionAnnounced(), m.getSuspensionReason()),
        new StreamEndState.SetAsideState(
            m.getSetAsideTotal(),
            m.getSetAsideNewestList().stream()
                .map(i -> new Frame.SetAside.Item(i.getSeq(), i.getReason()))
                .toList()));
  }

  static KeptStreamTerms terms(LinkTerms t) {
    return KeptStreamTerms.newBuilder()
        .setOriginator(t.stream().originator().code())
        .setRecipient(t.stream().recipient().code())
        .setLane(WireNumbers.LANE.of(t.stream().lane()))
        .setChannel(WireFields.channel(t.channel()))
        .setAgreementDigest(digest(t.agreementDigest()))
        .build();
  }

  static LinkTerms terms(KeptStreamTerms m) {
    return new LinkTerms(
        new StreamId(
            new Nation(m.getOriginator()),
            new Nation(m.getRecipient()),
            WireNumbers.LANE.value(m.getLane())),
        WireFields.channel(m.getChannel()),
        digest("agreement digest", m.getAgreementDigest()));
  }

  static KeptStreamKeys keys(StreamEndState.PartnerKeyState s) {
    KeptStreamKeys.Builder b = KeptStreamKeys.newBuilder();
    s.trusted().forEach(k -> b.addTrusted(key(k)));
    s.replaced().forEach(k -> b.addReplaced(key(k)));
    s.revoked().forEach(k -> b.addRevoked(key(k)));
    s.learned().forEach(k -> b.addLearned(key(k)));
    s.announced().ifPresent(k -> b.setAnnounced(key(k)));
    return b.build();
  }

  static StreamEndState.PartnerKeyState keys(KeptStreamKeys m, KeysIn keys) {
    return new StreamEndState.PartnerKeyState(
        set("trusted key", keys, m.getTrustedList()),
        set("replaced key", keys, m.getReplacedList()),
        set("revoked key", keys, m.getRevokedList()),
        m.getLearnedList().stream().map(k -> keys.key("learned key", k)).toList(),
        m.getAnnounced().isEmpty()
            ? Optional.empty()
            : Optional.of(keys.key("announced key", m.getAnnounced())));
  }

  private static SortedSet<VerificationKey> set(String field, KeysIn keys, List<ByteString> all) {
    SortedSet<VerificationKey> out = new TreeSet<>();
    all.forEach(k -> out.add(keys.key(field, k)));
    return out;
  }

  static KeptStreamPath path(StreamEndState.PathState p) {
    KeptStreamPath.Builder b =
        KeptStreamPath.newBuilder()
            .setPeer(p.peer().code())
            .setState(STATES.indexOf(p.state()))
            .setVersion(p.version())
            .setSuspendedByPartner(p.suspendedByPartner())
            .setSilentSinceNs(p.silentSinceNs());
    p.lastHeardNs().ifPresent(b::setLastHeardNs);
    return b.build();
  }

  static StreamEndState.PathState path(KeptStreamPath m) {
    if (m.getState() < 0 || m.getState() >= STATES.size()) {
      throw new InvalidValueException(
          "state of a path", m.getState(), "a number from 0 to " + (STATES.size() - 1));
    }
    return new StreamEndState.PathState(
        new Nation(m.getPeer()),
        STATES.get(m.getState()),
        m.getVersion(),
        m.getSuspendedByPartner(),
        m.getSilentSinceNs(),
        m.hasLastHeardNs() ? OptionalLong.of(m.getLastHeardNs()) : OptionalLong.empty());
  }

  static KeptStreamCounts counts(LinkHealth.Counts c) {
    return KeptStreamCounts.newBuilder()
        .setConnections(c.connections())
        .setBatches(c.batches())
        .setRecords(c.records())
        .setBytes(c.bytes())
        .setRepeated(c.repeated())
        .setFolded(c.folded())
        .setLost(c.lost())
        .setViolations(c.violations())
        .setRefusals(c.refusals())
        .build();
  }

  static LinkHealth.Counts counts(KeptStreamCounts m) {
    return new LinkHealth.Counts(
        m.getConnections(),
        m.getBatches(),
        m.getRecords(),
        m.getBytes(),
        m.getRepeated(),
        m.getFolded(),
        m.getLost(),
        m.getViolations(),
        m.getRefusals());
  }

  static ByteString key(VerificationKey key) {
    return WireFields.bytes(key.bytes());
  }

  static ByteString digest(Digest digest) {
    return WireFields.bytes(digest.bytes());
  }

  static Digest digest(String field, ByteString b) {
    return Digest.of(WireFields.exactly(field, b, Digest.LENGTH));
  }
}
