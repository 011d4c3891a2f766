package parallax.wire.state;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.StreamsState;
import parallax.link.InboundState;
import parallax.link.Lane;
import parallax.link.RelayState;
import parallax.link.StreamId;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.Agreement;
import parallax.wire.fields.ConfigurationFields;
import parallax.wire.fields.KeysIn;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.KeptOpened;
import parallax.wire.proto.KeptPair;
import parallax.wire.proto.KeptSetAside;
import parallax.wire.proto.KeptStreams;

/** The streams of a node as {@code parallax.v1.KeptStreams} messages. */
final class StreamsFields {
  private StreamsFields() {}

  static KeptStreams toProto(StreamsState s) {
    KeptStreams.Builder b =
        KeptStreams.newBuilder()
            .addAllOpen(codes(s.open()))
            .addAllOpenedWith(TermsFields.keys(s.openedWith()))
            .addAllAnnounced(TermsFields.keys(s.learned().announced()))
            .addAllRevoked(TermsFields.keys(s.learned().revoked()));
    s.pairs().forEach((partner, p) -> b.addPairs(pair(partner, p)));
    s.relays().values().forEach(r -> b.addRelays(WireFields.bytes(LinkStateCodec.encode(r))));
    s.receiptKeys().forEach((n, k) -> b.addReceiptKeys(ConfigurationFields.key(n, k)));
    s.setAsides()
        .forEach(
            (stream, all) ->
                all.forEach(
                    c ->
                        b.addSetAsides(
                            KeptSetAside.newBuilder()
                                .setStream(stream.toString())
                                .setSeq(c.seq())
                                .setWallNs(c.wallNs()))));
    s.opened()
        .ifPresent(
            o ->
                b.setOpened(
                    KeptOpened.newBuilder()
                        .setSelf(o.self().code())
                        .setChannel(WireFields.channel(o.channel()))
                        .addAllRelays(codes(o.onward().relays()))));
    return b.build();
  }

  static StreamsState fromProto(KeptStreams m, KeysIn keys) {
    SortedMap<Nation, StreamsState.Pair> pairs = new TreeMap<>();
    m.getPairsList().forEach(p -> pairs.put(new Nation(p.getPartner()), pair(p, keys)));
    SortedMap<StreamId, RelayState> relays = new TreeMap<>();
    for (ByteString bytes : m.getRelaysList()) {
      RelayState r = LinkStateCodec.decodeRelay(bytes.toByteArray(), keys);
      relays.put(r.terms().stream(), r);
    }
    SortedMap<StreamId, List<StreamsState.Came>> setAsides = new TreeMap<>();
    for (KeptSetAside k : m.getSetAsidesList()) {
      setAsides
          .computeIfAbsent(StreamId.parse(k.getStream()), x -> new ArrayList<>())
          .add(new StreamsState.Came(k.getSeq(), k.getWallNs()));
    }
    return new StreamsState(
        pairs,
        relays,
        nations(m.getOpenList()),
        TermsFields.keys(m.getOpenedWithList(), keys),
        ConfigurationFields.keys(m.getReceiptKeysList(), keys),
        new StreamsState.Keys(
            TermsFields.keysInOrder(m.getAnnouncedList(), keys),
            TermsFields.keys(m.getRevokedList(), keys)),
        setAsides,
        m.hasOpened() ? Optional.of(opened(m.getOpened())) : Optional.empty());
  }

  private static List<String> codes(SortedSet<Nation> nations) {
    return nations.stream().map(Nation::code).toList();
  }

  private static SortedSet<Nation> nations(List<String> codes) {
    SortedSet<Nation> out = new TreeSet<>();
    codes.forEach(c -> out.add(new Nation(c)));
    return out;
  }

  private static StreamsState.Opened opened(KeptOpened o) {
    return new StreamsState.Opened(
        new Nation(o.getSelf()),
        WireFields.channel(o.getChannel()),
        new Agreement.OnwardRelease(nations(o.getRelaysList())));
  }

  private static KeptPair pair(Nation partner, StreamsState.Pair p) {
    KeptPair.Builder b =
        KeptPair.newBuilder()
            .setPartner(partner.code())
            .setOut(WireFields.bytes(LinkStateCodec.encode(p.out())));
    p.in().values().forEach(s -> b.addIn(WireFields.bytes(LinkStateCodec.encode(s))));
    return b.build();
  }

  private static StreamsState.Pair pair(KeptPair p, KeysIn keys) {
    Lane[] lanes = Lane.values();
    if (p.getInCount() != lanes.length) {
      throw new InvalidValueException(
          "lanes from " + p.getPartner(), p.getInCount(), String.valueOf(lanes.length));
    }
    SortedMap<Lane, InboundState> in = new TreeMap<>();
    for (int i = 0; i < lanes.length; i++) {
      in.put(lanes[i], LinkStateCodec.decodeInbound(p.getIn(i).toByteArray(), keys));
    }
    return new StreamsState.Pair(LinkStateCodec.decodeOutgoing(p.getOut().toByteArray(), keys), in);
  }
}
