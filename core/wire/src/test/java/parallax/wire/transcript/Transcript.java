package parallax.wire.transcript;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.model.Report;
import parallax.wire.FrameCodec;
import parallax.wire.ProtoReportCodec;

/**
 * The text of one transcript. An event begins at the margin with its time; what belongs to it is
 * indented: a name, and a value from column 24 on, hexadecimal in lines of 32 bytes.
 */
final class Transcript {
  private static final int BYTES_A_LINE = 32;
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> seen = new TreeMap<>();

  /** A heading and what it is about. */
  void heading(String title, String words) {
    seen.clear();
    text.append(text.isEmpty() ? "" : "\n").append(title).append("\n\n").append(words);
  }

  /** Between the head and the events. */
  void blank() {
    text.append("\n");
  }

  void field(String name, Object value) {
    String line = String.format(Locale.ROOT, "    %-18s %s", name, value);
    text.append(line.stripTrailing()).append("\n");
  }

  void hex(String name, byte[] bytes) {
    for (int i = 0; i < bytes.length; i += BYTES_A_LINE) {
      int end = Math.min(bytes.length, i + BYTES_A_LINE);
      field(i == 0 ? name : "", HEX.formatHex(bytes, i, end));
    }
  }

  void hex(String name, Digest digest) {
    hex(name, digest.bytes());
  }

  void event(long atNs, String what) {
    text.append(seconds(atNs)).append("  ").append(what).append("\n");
  }

  static String seconds(long ns) {
    return String.format(Locale.ROOT, "%d.%09d", ns / 1_000_000_000, ns % 1_000_000_000);
  }

  /** A frame on its way: in words, its fields, its bytes. */
  void frame(long atNs, String parties, Lane lane, Frame frame) {
    byte[] bytes = FrameCodec.encode(frame);
    String way = parties + "  " + lane;
    event(atNs, way + "  " + name(frame) + ", " + bytes.length + " bytes");
    String as = seen.putIfAbsent(lane + HEX.formatHex(bytes), way + " at " + seconds(atNs));
    if (as != null) {
      field("frame", "the same bytes as " + as);
      return;
    }
    fields(frame);
    hex("frame", bytes);
  }

  static String name(Frame frame) {
    return switch (frame) {
      case Frame.Hello h -> "Hello";
      case Frame.Welcome w -> "Welcome, wants " + w.cursor().next();
      case Frame.Batch b -> "Batch " + b.firstSeq() + " to " + b.lastSeq();
      case Frame.Gap g -> "Gap " + g.from() + " to " + g.to();
      case Frame.Heartbeat h -> "Heartbeat";
      case Frame.Ack a -> "Ack, wants " + a.cursor().next();
      case Frame.SetAside s -> "SetAside, " + s.total() + " in all";
      case Frame.Suspension s -> "Suspension, " + (s.suspended() ? "begins" : "ends");
      case Frame.Refusal r -> "Refusal " + r.code();
    };
  }

  private void fields(Frame frame) {
    switch (frame) {
      case Frame.Hello h -> {
        field("versions", h.oldestVersion() + " to " + h.newestVersion());
        field("stream", h.stream());
        field("channel", h.channel());
        hex("agreement_digest", h.agreementDigest());
        field("session_id", h.sessionId());
      }
      case Frame.Welcome w -> {
        field("version", w.version());
        receipt(w.cursor(), w.signature());
      }
      case Frame.Batch b -> {
        field("first_seq", b.firstSeq());
        for (int i = 0; i < b.entries().size(); i++) {
          entry(b.firstSeq() + i, b.entries().get(i));
        }
        hex("chain_hash", b.chainHash());
        hex("signature", b.signature());
        field("sent_at_ns", b.sentAtNs());
      }
      case Frame.Gap g -> {
        field("from, to", g.from() + ", " + g.to());
        field("reason", g.reason().wire() + " " + g.reason());
        hex("chain_hash", g.chainHash());
        hex("signature", g.signature());
      }
      case Frame.Heartbeat h -> {
        field("high_water_mark", h.highWaterMark());
        field("sent_at_ns", h.sentAtNs());
      }
      case Frame.Ack a -> {
        receipt(a.cursor(), a.signature());
        field("sent_at_ns", a.sentAtNs());
        field("echo_sent_at_ns", a.echoSentAtNs());
        field("answers_heartbeat", a.answersHeartbeat());
      }
      case Frame.SetAside s -> {
        field("total", s.total());
        s.newest().forEach(i -> field(i.seq() + " not used", i.reason()));
        hex("signature", s.signature());
      }
      case Frame.Suspension s -> {
        field("suspended", s.suspended());
        field("reason", s.reason());
      }
      case Frame.Refusal r -> {
        field("code", r.code().wire() + " " + r.code());
        field("detail", r.detail());
      }
    }
  }

  private void receipt(Cursor cursor, byte[] signature) {
    field("next_seq", cursor.next());
    hex("chain_hash", cursor.chainHash());
    hex("signature", signature);
  }

  private void entry(long seq, Entry entry) {
    switch (entry) {
      case Entry.Whole r -> field(seq + " record", record(r.bytes()));
      case Entry.Folded f -> hex(seq + " folded into " + f.into(), f.recordDigest());
      case Entry.Deleted d -> hex(seq + " deleted", d.recordDigest());
      case Entry.NewKey k -> hex(seq + " new key", k.key().bytes());
    }
  }

  /** A record in words. */
  static String record(byte[] bytes) {
    Report report = new ProtoReportCodec().decode(bytes);
    String kind = report.dataClass().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return kind + " of " + report.header().track() + ", " + bytes.length + " bytes";
  }

  /** How many of a list of frames lost, in words. */
  static String names(List<Frame> frames) {
    List<String> names = new ArrayList<>();
    frames.forEach(f -> names.add(name(f)));
    return names.isEmpty() ? "nothing" : String.join("; ", names);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
