package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.link.Cursor;
import parallax.link.Frame;
import parallax.link.InboundSession;
import parallax.link.LinkConfig;
import parallax.link.LinkEffect;
import parallax.link.LinkTerms;
import parallax.link.OutboundSession;
import parallax.link.OutboxFullException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.Released;
import parallax.signing.Signer;
import parallax.signing.VerificationKey;

/** The streams to and from every partner. */
final class Exchange {
  /** Of every partner there ever was: numbers outlive an agreement. */
  private final SortedMap<Nation, Pair> pairs = new TreeMap<>();

  /** The partners under the agreement in force. */
  private final SortedSet<Nation> open = new TreeSet<>();

  private record Pair(OutboundSession out, InboundSession in) {}

  /** Records of a partner that came in order, to be judged and then shown. */
  record Delivered(Nation partner, long firstSeq, List<byte[]> records, long sentAtNs) {}

  /** What came of an input: effects in order, and records delivered by it. */
  record Outcome(List<Effect> effects, List<Delivered> delivered) {}

  private final ReportCodec codec;
  private final Signer signer;

  private final LinkConfig config;

  Exchange(ReportCodec codec, Signer signer, LinkConfig config) {
    this.codec = codec;
    this.signer = signer;
    this.config = config;
  }

  /**
   * Opens the streams to and from a partner, while they are down. Streams opened before keep their
   * numbers, chains and unacknowledged records, and go on under the terms and key given.
   */
  void open(Nation partner, LinkTerms outbound, LinkTerms inbound, VerificationKey key) {
    Pair pair = pairs.get(partner);
    if (pair == null) {
      pairs.put(
          partner,
          new Pair(
              new OutboundSession(outbound, signer, codec, config),
              new InboundSession(inbound, key, config)));
    } else {
      pair.out().renew(outbound.agreementDigest());
      pair.in().renew(inbound.agreementDigest(), key);
    }
    open.add(partner);
  }

  /** Takes every stream for down and closes them to everybody, until they are opened again. */
  void closeAll(long nowNs) {
    for (Pair p : pairs.values()) {
      p.out().onDisconnected(nowNs);
      p.in().onDisconnected(nowNs);
    }
    open.clear();
  }

  private @Nullable Pair pair(Nation partner) {
    return open.contains(partner) ? pairs.get(partner) : null;
  }

  Iterable<Nation> partners() {
    return open;
  }

  /**
   * Gives a released report its number in the partner's outbox.
   *
   * @throws OutboxFullException when the partner has taken nothing for too long
   */
  Effect enqueue(Nation partner, Released<Report> released) {
    Pair pair = pair(partner);
    if (pair == null) {
      throw new IllegalStateException("no stream to " + partner);
    }
    long seq = pair.out().enqueue(released);
    return new Effect.OutboxAppended(partner, seq, pair.out().record(seq));
  }

  Outcome onLinkChanged(Input.LinkChanged c, long nowNs) {
    Pair pair = pair(c.partner());
    if (pair == null) {
      return c.connected()
          ? unknown(c.partner(), c.direction())
          : new Outcome(List.of(), List.of());
    }
    List<LinkEffect> effects =
        switch (c.direction()) {
          case OUTBOUND ->
              c.connected() ? pair.out().onConnected(nowNs) : pair.out().onDisconnected(nowNs);
          case INBOUND ->
              c.connected() ? pair.in().onConnected(nowNs) : pair.in().onDisconnected(nowNs);
        };
    return outcome(c.partner(), c.direction(), effects, 0);
  }

  Outcome onFrame(Input.FrameReceived f, long nowNs) {
    Pair pair = pair(f.partner());
    if (pair == null) {
      return unknown(f.partner(), f.direction());
    }
    List<LinkEffect> effects =
        switch (f.direction()) {
          case OUTBOUND -> pair.out().onFrame(f.frame(), nowNs);
          case INBOUND -> pair.in().onFrame(f.frame(), nowNs);
        };
    long sentAtNs = f.frame() instanceof Frame.Batch b ? b.sentAtNs() : 0;
    return outcome(f.partner(), f.direction(), effects, sentAtNs);
  }

  Outcome onFrameRefused(Input.FrameRefused f, long nowNs) {
    Pair pair = pair(f.partner());
    if (pair == null) {
      return unknown(f.partner(), f.direction());
    }
    List<LinkEffect> effects =
        switch (f.direction()) {
          case OUTBOUND -> pair.out().onMalformed(f.detail(), nowNs);
          case INBOUND -> pair.in().onMalformed(f.detail(), nowNs);
        };
    return outcome(f.partner(), f.direction(), effects, 0);
  }

  /** Everything released since the last call is sent. */
  List<Effect> flush(long nowNs) {
    List<Effect> out = new ArrayList<>();
    for (var e : pairs.entrySet()) {
      List<LinkEffect> effects = e.getValue().out().flush(nowNs);
      out.addAll(outcome(e.getKey(), Input.Direction.OUTBOUND, effects, 0).effects());
    }
    return out;
  }

  /** Timers, and everything released is sent. */
  List<Effect> onTick(long nowNs) {
    List<Effect> out = flush(nowNs);
    for (var e : pairs.entrySet()) {
      OutboundSession o = e.getValue().out();
      out.addAll(outcome(e.getKey(), Input.Direction.OUTBOUND, o.onTick(nowNs), 0).effects());
      out.addAll(
          outcome(e.getKey(), Input.Direction.INBOUND, e.getValue().in().onTick(nowNs), 0)
              .effects());
    }
    return out;
  }

  private Outcome unknown(Nation partner, Input.Direction direction) {
    return new Outcome(
        List.of(
            new Effect.NoticeRaised(
                Effect.NoticeKind.LINK_VIOLATION,
                partner + " is not a partner under the agreement in force"),
            new Effect.CloseLink(partner, direction, "not a partner")),
        List.of());
  }

  private Outcome outcome(
      Nation partner, Input.Direction direction, List<LinkEffect> effects, long sentAtNs) {
    List<Effect> out = new ArrayList<>();
    List<byte[]> records = new ArrayList<>();
    long firstSeq = 0;
    for (LinkEffect e : effects) {
      switch (e) {
        case LinkEffect.Send s -> out.add(new Effect.SendFrame(partner, direction, s.frame()));
        case LinkEffect.Deliver d -> {
          firstSeq = records.isEmpty() ? d.seq() : firstSeq;
          records.add(d.record());
        }
        case LinkEffect.Close c -> out.add(new Effect.CloseLink(partner, direction, c.reason()));
        case LinkEffect.Violation v ->
            out.add(
                new Effect.NoticeRaised(
                    Effect.NoticeKind.LINK_VIOLATION,
                    stream(partner, direction) + ": " + v.code() + ": " + v.detail()));
        case LinkEffect.StateChanged s ->
            out.add(
                new Effect.NoticeRaised(
                    Effect.NoticeKind.LINK_STATE, stream(partner, direction) + " is " + s.state()));
      }
    }
    if (records.isEmpty()) {
      return new Outcome(out, List.of());
    }
    Pair pair = pair(partner);
    if (pair != null) {
      Cursor cursor = pair.in().cursor();
      out.add(0, new Effect.CursorMoved(partner, cursor.next(), cursor.chainHash().bytes()));
    }
    return new Outcome(out, List.of(new Delivered(partner, firstSeq, records, sentAtNs)));
  }

  private static String stream(Nation partner, Input.Direction direction) {
    return switch (direction) {
      case OUTBOUND -> "stream to " + partner;
      case INBOUND -> "stream from " + partner;
    };
  }
}
