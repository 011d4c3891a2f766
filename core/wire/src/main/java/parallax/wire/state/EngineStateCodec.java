package parallax.wire.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.EngineState;
import parallax.engine.KnowledgeState;
import parallax.model.InvalidValueException;
import parallax.signing.Sha256;
import parallax.wire.fields.KeysIn;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.KeptEngine;
import parallax.wire.proto.KeptFault;
import parallax.wire.proto.KeptFeed;

/**
 * All that an engine remembers as {@code parallax.v1.KeptEngine} messages. Equal states give equal
 * bytes.
 */
public final class EngineStateCodec {
  /** The newest format that is known: states are written in it, and in no newer one are read. */
  public static final int VERSION = 1;

  private EngineStateCodec() {}

  /** Encodes a state. */
  public static byte[] encode(EngineState state) {
    return toProto(state).toByteArray();
  }

  /** Writes an encoded state; the stream stays open. */
  public static void writeTo(EngineState state, OutputStream out) throws IOException {
    toProto(state).writeTo(out);
  }

  /**
   * Decodes a state.
   *
   * @throws InvalidValueException when the bytes are none, or are in a format that is not known
   */
  public static EngineState decode(byte[] bytes) {
    return fromProto(WireFields.parse(KeptEngine.parser(), "kept state of the engine", bytes));
  }

  /**
   * Reads a stream to its end and decodes what it held.
   *
   * @throws InvalidValueException when that is no state, or is in a format that is not known
   */
  public static EngineState readFrom(InputStream in) throws IOException {
    return decode(in.readAllBytes());
  }

  /**
   * The SHA-256 of what lasts of a state: without what follows from connections alone, and without
   * the times of mere ticks.
   */
  public static byte[] lastingDigest(EngineState state) {
    return Sha256.of(encode(state.lasting()));
  }

  private static KeptEngine toProto(EngineState s) {
    KeptEngine.Builder b = KeptEngine.newBuilder().setVersion(VERSION);
    PoolsOut pools = new PoolsOut(b);
    b.setTerms(TermsFields.toProto(s.terms()))
        .setOwn(OwnTracksFields.toProto(s.own(), pools))
        .setCommon(KnowledgeFields.toProto(s.knowledge().common(), pools))
        .setCombined(KnowledgeFields.toProto(s.knowledge().combined(), pools))
        .setReleases(ReleasesFields.toProto(s.releases(), pools))
        .setStreams(StreamsFields.toProto(s.streams()))
        .addAllDoubted(TracksFields.toProto(s.doubted(), (t, why) -> t.setText(why)));
    s.feeds().forEach((feed, last) -> b.addFeeds(feed(feed, last)));
    for (EngineState.ToldFault f : s.faults()) {
      b.addFaults(KeptFault.newBuilder().setPart(f.part()).setReason(f.reason()));
    }
    s.alerts().ifPresent(a -> b.setAlerts(WarningStateCodec.toProto(a)));
    pools.finish();
    return b.build();
  }

  private static KeptFeed feed(String feed, long last) {
    return KeptFeed.newBuilder().setFeed(feed).setLast(last).build();
  }

  private static EngineState fromProto(KeptEngine m) {
    if (m.getVersion() < 1 || m.getVersion() > VERSION) {
      throw new InvalidValueException(
          "format version of the kept state",
          Integer.toUnsignedString(m.getVersion()),
          "1 to "
              + VERSION
              + ": a newer version of this software wrote it, or it is no state; start that"
              + " version, or let this one replay the journal");
    }
    PoolsIn pools = new PoolsIn(m);
    KeysIn keys = new KeysIn();
    SortedMap<String, Long> feeds = new TreeMap<>();
    m.getFeedsList().forEach(f -> feeds.put(f.getFeed(), f.getLast()));
    List<EngineState.ToldFault> faults = new ArrayList<>();
    m.getFaultsList()
        .forEach(f -> faults.add(new EngineState.ToldFault(f.getPart(), f.getReason())));
    return new EngineState(
        TermsFields.fromProto(m.getTerms(), keys),
        feeds,
        faults,
        OwnTracksFields.fromProto(m.getOwn(), pools),
        new KnowledgeState(
            KnowledgeFields.fromProto(m.getCommon(), pools),
            KnowledgeFields.fromProto(m.getCombined(), pools)),
        ReleasesFields.fromProto(m.getReleases(), pools),
        StreamsFields.fromProto(m.getStreams(), keys),
        TracksFields.fromProto(m.getDoubtedList(), t -> t.getText()),
        m.hasAlerts() ? Optional.of(WarningStateCodec.fromProto(m.getAlerts())) : Optional.empty());
  }
}
