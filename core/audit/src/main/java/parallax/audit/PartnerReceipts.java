package parallax.audit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.Order;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/**
 * Which receipts of partners are worth an entry: of each stream the newest, at most one a second by
 * the wall clock, if it says more than the last one and is signed with a key that the partner has.
 * A receipt speaks of everything before a number, so the newest says what the older ones said.
 */
final class PartnerReceipts {
  private static final long AT_MOST_EVERY_NS = 1_000_000_000L;

  private final Nation nation;
  private final Channel channel;
  private final SortedMap<Nation, SortedSet<VerificationKey>> keys = new TreeMap<>();
  private final SortedMap<StreamId, OfStream> streams = new TreeMap<>();

  /** A receipt that is worth an entry. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record HeldReceipt(StreamId stream, Cursor cursor, byte[] signature) {}

  private static final class OfStream {
    private long released;
    private long held;
    private long nextWallNs = Long.MIN_VALUE;
    private List<HeldReceipt> waiting = List.of();
  }

  PartnerReceipts(Nation nation, Channel channel) {
    this.nation = nation;
    this.channel = channel;
  }

  /** Takes notice of an input; returns what is worth an entry now. */
  List<HeldReceipt> on(Input.Stamped in, List<Effect> effects) {
    if (in.input() instanceof Input.Configured c) {
      configured(c.configuration());
    }
    effects.forEach(this::effect);
    if (in.input() instanceof Input.FrameReceived f) {
      frame(f, effects);
    }
    List<HeldReceipt> due = new ArrayList<>();
    streams.values().forEach(s -> settle(s, in.wallNs(), due));
    return due;
  }

  private void configured(NodeConfiguration c) {
    c.linkKeys().forEach(this::trust);
  }

  private void trust(Nation partner, VerificationKey key) {
    keys.computeIfAbsent(partner, n -> new TreeSet<>()).add(key);
  }

  private OfStream of(StreamId stream) {
    return streams.computeIfAbsent(stream, s -> new OfStream());
  }

  private void effect(Effect e) {
    if (e instanceof Effect.OutboxAppended o) {
      of(o.stream()).released = o.seq();
    } else if (e instanceof Effect.OrderAnswered a && a.done()) {
      if (a.order() instanceof Order.TrustKey t) {
        trust(t.partner(), t.key());
      } else if (a.order() instanceof Order.StartOver s) {
        keys.put(s.partner(), new TreeSet<>(Set.of(s.key())));
      } else if (a.order() instanceof Order.RevokeKey r && keys.containsKey(r.partner())) {
        keys.get(r.partner()).remove(r.key());
      }
    }
  }

  private void frame(Input.FrameReceived f, List<Effect> effects) {
    StreamId stream = f.wire().stream();
    switch (f.frame()) {
      case Frame.Ack a -> receipt(stream, a.cursor(), a.signature());
      case Frame.Welcome w -> receipt(stream, w.cursor(), w.signature());
      case Frame.Batch b -> announced(stream, b, effects);
      case Frame.Hello h -> {}
      case Frame.Gap g -> {}
      case Frame.Heartbeat h -> {}
      case Frame.Suspension s -> {}
      case Frame.SetAside s -> {}
      case Frame.Refusal r -> {}
    }
  }

  /** A partner's stream that was taken in told of the partner's next key. */
  private void announced(StreamId stream, Frame.Batch b, List<Effect> effects) {
    boolean takenIn =
        effects.stream()
            .anyMatch(e -> e instanceof Effect.CursorMoved c && c.stream().equals(stream));
    for (Entry e : b.entries()) {
      if (takenIn && e instanceof Entry.NewKey k) {
        trust(stream.originator(), k.key());
      }
    }
  }

  private void receipt(StreamId stream, Cursor cursor, byte[] signature) {
    if (stream.originator().equals(nation)) {
      OfStream s = of(stream);
      if (cursor.next() > s.held && cursor.next() <= s.released + 1 && cursor.next() > 1) {
        s.waiting = List.of(new HeldReceipt(stream, cursor, signature));
      }
    }
  }

  private void settle(OfStream s, long wallNs, List<HeldReceipt> due) {
    if (s.waiting.isEmpty() || wallNs < s.nextWallNs) {
      return;
    }
    HeldReceipt h = s.waiting.getFirst();
    s.waiting = List.of();
    byte[] message = StreamSignatures.receipt(h.stream(), h.cursor());
    for (VerificationKey k : keys.getOrDefault(h.stream().recipient(), new TreeSet<>())) {
      if (k.verify(StreamSignatures.receiptDomain(channel), message, h.signature())) {
        s.held = h.cursor().next();
        s.nextWallNs = wallNs + AT_MOST_EVERY_NS;
        due.add(h);
        return;
      }
    }
  }

  /** What it remembers, as names and texts. */
  void remember(SortedMap<String, String> to) {
    keys.forEach(
        (partner, of) ->
            to.put("keys " + partner, String.join(",", of.stream().map(k -> k.toHex()).toList())));
    streams.forEach(
        (stream, s) -> {
          StringBuilder b = new StringBuilder();
          b.append(s.released).append(' ').append(s.held).append(' ').append(s.nextWallNs);
          for (HeldReceipt w : s.waiting) {
            b.append(' ').append(w.cursor().next());
            b.append(' ').append(w.cursor().chainHash());
            b.append(' ').append(HexFormat.of().formatHex(w.signature()));
          }
          to.put("receipts " + stream, b.toString());
        });
  }

  /** Goes on from what it remembered. */
  void recall(SortedMap<String, String> from) {
    keys.clear();
    streams.clear();
    from.forEach(
        (name, text) -> {
          if (name.startsWith("keys ")) {
            SortedSet<VerificationKey> of = new TreeSet<>();
            for (String k : text.split(",", -1)) {
              if (!k.isEmpty()) {
                of.add(VerificationKey.fromHex(k));
              }
            }
            keys.put(new Nation(name.substring(5)), of);
          } else if (name.startsWith("receipts ")) {
            StreamId stream = StreamId.parse(name.substring(9));
            streams.put(stream, ofStream(stream, text.split(" ")));
          }
        });
  }

  private static OfStream ofStream(StreamId stream, String[] words) {
    if (words.length != 3 && words.length != 6) {
      throw new InvalidValueException(
          "what is remembered of receipts", words.length + " words", "3 or 6");
    }
    OfStream s = new OfStream();
    try {
      s.released = Long.parseLong(words[0]);
      s.held = Long.parseLong(words[1]);
      s.nextWallNs = Long.parseLong(words[2]);
      if (words.length == 6) {
        HexFormat hex = HexFormat.of();
        Cursor at = new Cursor(Long.parseLong(words[3]), Digest.of(hex.parseHex(words[4])));
        s.waiting = List.of(new HeldReceipt(stream, at, hex.parseHex(words[5])));
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(
          "what is remembered of receipts", String.valueOf(e.getMessage()), "numbers and hex");
    }
    return s;
  }
}
