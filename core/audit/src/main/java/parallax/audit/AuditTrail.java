package parallax.audit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.audit.LogEntry.Kind;
import parallax.engine.Effect;
import parallax.engine.FaultReason;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.Order;
import parallax.engine.ReportCodec;
import parallax.formats.cap.CapWriter;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.StreamId;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;
import parallax.warning.Alert;
import parallax.wire.InputCodec;

/**
 * Turns what happened to a node and what followed into entries of its log. The same inputs and
 * effects, from the first on, always give the same entries. Not for use by several threads at once.
 */
public final class AuditTrail {
  private static final int LONGEST_TEXT = 1000;

  private final Nation nation;
  private final Channel channel;
  private final ReportCodec codec;
  private final MerkleHasher hasher = new MerkleHasher();
  private final PartnerReceipts receipts;
  private Optional<Configured> before = Optional.empty();
  private UtcTime speltTime = new UtcTime(0);
  private String spelling = speltTime.toString();

  /**
   * What entries say of a configuration.
   *
   * @param agreement its digest
   * @param signedBy who has signed it, in order
   * @param policy its digest
   * @param agreementKeys who may sign agreements
   * @param streamKeys who may sign streams
   */
  private record Configured(
      String agreement,
      String signedBy,
      String policy,
      SortedMap<Nation, VerificationKey> agreementKeys,
      SortedMap<Nation, VerificationKey> streamKeys) {}

  /**
   * The trail of a node.
   *
   * @param codec reads records of partners, for the tracks they are about
   */
  public AuditTrail(Nation nation, Channel channel, ReportCodec codec) {
    this.nation = nation;
    this.channel = channel;
    this.codec = codec;
    this.receipts = new PartnerReceipts(nation, channel);
  }

  /**
   * The first entry of a log.
   *
   * @param origin the log's name
   * @param time when it begins, the node's time
   * @param reason why it begins
   * @param from the journal's position from which on it speaks of inputs
   */
  public static LogEntry begun(
      Nation nation, Channel channel, String origin, UtcTime time, String reason, long from) {
    return LogEntry.of(Kind.BEGUN, time)
        .with("nation", nation.code())
        .with("channel", channel.name())
        .with("origin", origin)
        .with("reason", shortened(reason))
        .with("input", from)
        .build();
  }

  /**
   * The entries of one input.
   *
   * @param position the input's in the journal
   * @param in the input
   * @param effects what followed from it, in order
   */
  public List<LogEntry> entries(long position, Input.Stamped in, List<Effect> effects) {
    if (in.input() instanceof Input.Tick && effects.isEmpty()) {
      return List.of(); // may never become durable: it must not change anything
    }
    Step step = new Step(position, in);
    step.guarded("the input", () -> takeInput(step, in));
    Optional<Effect.DecisionRecorded> decided = Optional.empty();
    for (Effect e : effects) {
      Optional<Effect.DecisionRecorded> by = decided;
      step.guarded("an effect of the input", () -> takeEffect(step, e, by));
      decided =
          e instanceof Effect.DecisionRecorded d && d.released()
              ? Optional.of(d)
              : Optional.empty();
    }
    step.guarded("receipts", () -> receipts.on(in, effects).forEach(step::receipt));
    return step.out;
  }

  /** What it remembers, as names and texts. */
  public SortedMap<String, String> remembered() {
    SortedMap<String, String> to = new TreeMap<>();
    receipts.remember(to);
    before.ifPresent(
        b -> {
          to.put("agreement", b.agreement());
          to.put("signedBy", b.signedBy());
          to.put("policy", b.policy());
          b.agreementKeys().forEach((n, k) -> to.put("agreementKey " + n, k.toHex()));
          b.streamKeys().forEach((n, k) -> to.put("streamKey " + n, k.toHex()));
        });
    return to;
  }

  /**
   * Goes on from what it remembered.
   *
   * @throws InvalidValueException when that cannot be read
   */
  public void recall(SortedMap<String, String> from) {
    receipts.recall(from);
    String agreement = from.get("agreement");
    before =
        agreement == null
            ? Optional.empty()
            : Optional.of(
                new Configured(
                    agreement,
                    from.getOrDefault("signedBy", ""),
                    from.getOrDefault("policy", ""),
                    keys("agreementKey ", from),
                    keys("streamKey ", from)));
  }

  private static SortedMap<Nation, VerificationKey> keys(
      String prefix, SortedMap<String, String> from) {
    SortedMap<Nation, VerificationKey> out = new TreeMap<>();
    from.forEach(
        (name, text) -> {
          if (name.startsWith(prefix)) {
            out.put(new Nation(name.substring(prefix.length())), VerificationKey.fromHex(text));
          }
        });
    return out;
  }

  /** A time as entries spell it; a batch of inputs has one. */
  private String spelt(UtcTime time) {
    if (!time.equals(speltTime)) {
      speltTime = time;
      spelling = time.toString();
    }
    return spelling;
  }

  private static void takeInput(Step step, Input.Stamped in) {
    if (in.input() instanceof Input.Configured c) {
      step.configured(c.configuration());
    } else if (in.input() instanceof Input.CheckpointJudged c) {
      step.checkpoint(c);
    } else if (in.input() instanceof Input.RecordsDeleted d) {
      step.deleted(d);
    }
  }

  /**
   * Makes the entry of one effect.
   *
   * @param decided the release decision just before it
   */
  private static void takeEffect(Step step, Effect e, Optional<Effect.DecisionRecorded> decided) {
    if (e instanceof Effect.DecisionRecorded d && step.first.isEmpty()) {
      step.first = Optional.of(d);
    }
    if (e instanceof Effect.OutboxAppended o) {
      step.released(o, decided);
    } else {
      step.effect(e);
    }
  }

  private static String shortened(String text) {
    StringBuilder b = new StringBuilder(text);
    if (b.length() > LONGEST_TEXT) {
      b.setLength(LONGEST_TEXT);
    }
    for (int i = 0; i < b.length(); i++) {
      if (Character.isSurrogate(b.charAt(i))) {
        b.setCharAt(i, '?');
      }
    }
    return b.toString();
  }

  /** The entries of one input in the making. */
  private final class Step {
    private final long position;
    private final Input.Stamped in;
    private final List<LogEntry> out = new ArrayList<>();

    /** The first decision that follows from the input: an answer of the desk is about it. */
    private Optional<Effect.DecisionRecorded> first = Optional.empty();

    Step(long position, Input.Stamped in) {
      this.position = position;
      this.in = in;
    }

    private LogEntry.Builder entry(Kind kind) {
      return LogEntry.of(kind, spelt(in.time()))
          .with("nation", nation.code())
          .with("channel", channel.name())
          .with("input", position);
    }

    private void add(LogEntry.Builder b) {
      out.add(b.build());
    }

    void configured(NodeConfiguration c) {
      Configured now =
          new Configured(
              hasher.plain(c.agreement().bytes()).toString(),
              String.join(",", signatures(c)),
              hasher.plain(c.policy().getBytes(StandardCharsets.UTF_8)).toString(),
              c.agreementKeys(),
              AuditTrail.streamKeys(c));
      add(
          entry(Kind.START)
              .with("agreement", now.agreement())
              .with("policy", now.policy())
              .with("key", c.ownKey().toHex())
              .with("record", hasher.plain(InputCodec.encode(in))));
      if (before
          .filter(b -> b.agreement().equals(now.agreement()) && b.signedBy().equals(now.signedBy()))
          .isEmpty()) {
        add(entry(Kind.AGREEMENT).with("record", now.agreement()).with("signedBy", now.signedBy()));
      }
      if (before.filter(b -> b.policy().equals(now.policy())).isEmpty()) {
        add(entry(Kind.POLICY).with("record", now.policy()));
      }
      keys(
          "agreement",
          before.map(Configured::agreementKeys).orElse(new TreeMap<>()),
          now.agreementKeys());
      keys("stream", before.map(Configured::streamKeys).orElse(new TreeMap<>()), now.streamKeys());
      before = Optional.of(now);
    }

    void deleted(Input.RecordsDeleted d) {
      add(
          entry(Kind.DELETED)
              .with("clause", shortened(d.clause()))
              .with("until", new UtcTime(d.untilWallNs()).toString())
              .with("through", d.through())
              .with("records", d.records()));
    }

    void checkpoint(Input.CheckpointJudged c) {
      LogEntry.Builder b =
          entry(Kind.CHECKPOINT)
              .with("partner", c.partner().code())
              .with("verdict", c.verdict())
              .with("origin", shortened(c.origin()))
              .with("size", c.size())
              .with("detail", shortened(c.detail()));
      if (!c.evidence().isEmpty()) {
        b.with("record", c.evidence());
      }
      add(b);
    }

    private void keys(
        String signs,
        SortedMap<Nation, VerificationKey> old,
        SortedMap<Nation, VerificationKey> now) {
      now.forEach(
          (n, k) -> {
            if (!k.equals(old.get(n))) {
              add(key("configured", n).with("signs", signs).with("key", k.toHex()));
            }
          });
      old.keySet().stream()
          .filter(n -> !now.containsKey(n))
          .forEach(n -> add(key("removed", n).with("signs", signs)));
    }

    /** Does one part of the work. A fault of ours in it is told, and the log goes on. */
    void guarded(String part, Runnable work) {
      try {
        work.run();
      } catch (RuntimeException e) {
        add(
            entry(Kind.NOTICE)
                .with("notice", Effect.NoticeKind.INTERNAL_FAULT.name())
                .with(
                    "detail",
                    shortened(
                        "audit: the entry of "
                            + part
                            + " is missing here because of a fault in this software: "
                            + FaultReason.of(e))));
      }
    }

    private LogEntry.Builder key(String action, Nation whose) {
      return entry(Kind.KEY).with("action", action).with("partner", whose.code());
    }

    void released(Effect.OutboxAppended o, Optional<Effect.DecisionRecorded> decided) {
      LogEntry.Builder b =
          entry(Kind.RELEASE)
              .with("partner", o.stream().recipient().code())
              .with("stream", o.stream().toString())
              .with("seq", o.seq())
              .with("record", hasher.plain(o.record()));
      decided.ifPresent(
          d ->
              b.with("track", d.track().toString())
                  .with("class", d.dataClass().name())
                  .with("clause", d.clause()));
      add(b);
    }

    void effect(Effect effect) {
      switch (effect) {
        case Effect.DecisionRecorded d ->
            add(
                entry(Kind.DECISION)
                    .with("partner", d.partner().code())
                    .with("track", d.track().toString())
                    .with("class", d.dataClass().name())
                    .with("released", d.released())
                    .with("rule", shortened(d.rule()))
                    .with("clause", shortened(d.clause()))
                    .with("reason", shortened(d.reason())));
        case Effect.RecordsTaken t -> taken(t);
        case Effect.GapRecorded g ->
            add(
                stream(Kind.GAP, g.stream())
                    .with("from", g.from())
                    .with("to", g.to())
                    .with("reason", g.reason().name()));
        case Effect.RecordFolded f ->
            add(stream(Kind.FOLDED, f.stream()).with("seq", f.seq()).with("into", f.into()));
        case Effect.Relayed r ->
            add(stream(Kind.RELAYED, r.stream()).with("from", r.from()).with("to", r.to()));
        case Effect.NoticeApplied a ->
            add(
                entry(Kind.APPLIED)
                    .with("partner", a.partner().code())
                    .with("track", a.track().toString())
                    .with("seq", a.seq()));
        case Effect.AlertRaised a -> alert(a.action().alert());
        case Effect.OrderAnswered o -> order(o);
        case Effect.NoticeRaised n -> notice(n);
        case Effect.OutboxAppended o -> released(o, Optional.empty());
        case Effect.CursorMoved c -> {}
        case Effect.SendFrame s -> {}
        case Effect.CloseLink c -> {}
        case Effect.CutLink c -> {}
        case Effect.DialLink d -> {}
        case Effect.PlotsAcknowledged p -> {}
        case Effect.PlotNotUsed p -> {} // a notice says it too
        case Effect.PictureChanged p -> {}
      }
    }

    private LogEntry.Builder stream(Kind kind, StreamId s) {
      Nation partner = s.originator().equals(nation) ? s.recipient() : s.originator();
      return entry(kind).with("partner", partner.code()).with("stream", s.toString());
    }

    /** The records lie in the batch that is the input: they are taken in as they come. */
    private void taken(Effect.RecordsTaken t) {
      if (!(in.input() instanceof Input.FrameReceived f)
          || !(f.frame() instanceof Frame.Batch b)
          || t.firstSeq() < b.firstSeq()
          || t.firstSeq() + t.count() - 1 > b.lastSeq()) {
        throw new IllegalStateException("records taken in without their batch: " + t);
      }
      for (long seq = t.firstSeq(); seq < t.firstSeq() + t.count(); seq++) {
        if (b.entries().get((int) (seq - b.firstSeq())) instanceof Entry.Whole w) {
          LogEntry.Builder e =
              stream(Kind.TAKEN, t.stream())
                  .with("seq", seq)
                  .with("record", hasher.plain(w.bytes()));
          about(w.bytes())
              .ifPresent(
                  r ->
                      e.with("track", r.header().track().toString())
                          .with("class", r.dataClass().name()));
          add(e);
        }
      }
    }

    private Optional<Report> about(byte[] record) {
      try {
        return Optional.of(codec.decode(record));
      } catch (InvalidValueException e) {
        return Optional.empty(); // the engine quarantines it and says why
      }
    }

    private void alert(Alert a) {
      add(
          entry(Kind.ALERT)
              .with("identifier", a.identifier())
              .with("type", a.messageType().name())
              .with("event", a.eventKey())
              .with(
                  "areas", String.join(",", a.areas().stream().map(x -> x.area().code()).toList()))
              .with("record", hasher.plain(CapWriter.write(a))));
    }

    private void order(Effect.OrderAnswered o) {
      Kind kind =
          switch (o.order()) {
            case Order.Suspend s -> Kind.SUSPENSION;
            case Order.Resume r -> Kind.SUSPENSION;
            case Order.Recall r -> Kind.ORDER;
            case Order.Correct c -> Kind.ORDER;
            case Order.Relabel r -> Kind.ORDER;
            case Order.Decide d -> Kind.RELEASE_DESK;
            case Order.DecideAll d -> Kind.RELEASE_DESK;
            case Order.PutPolicy p -> Kind.POLICY;
            case Order.RevertPolicy r -> Kind.POLICY;
            case Order.RotateKey r -> Kind.KEY;
            case Order.TrustKey t -> Kind.KEY;
            case Order.RevokeKey r -> Kind.KEY;
            case Order.StartOver s -> Kind.KEY;
          };
      LogEntry.Builder b =
          entry(kind)
              .with("action", o.order().getClass().getSimpleName().toLowerCase(Locale.ROOT))
              .with("by", shortened(o.by()))
              .with("done", o.done())
              .with("detail", shortened(o.detail()))
              .with("record", hasher.plain(InputCodec.encode(in)));
      partner(o.order()).ifPresent(n -> b.with("partner", n.code()));
      track(o.order()).ifPresent(t -> b.with("track", t.toString()));
      if (o.order() instanceof Order.Decide d) {
        b.with("held", d.held()).with("answer", d.answer().name());
        first.ifPresent(
            f ->
                b.with("partner", f.partner().code())
                    .with("track", f.track().toString())
                    .with("class", f.dataClass().name()));
      } else if (o.order() instanceof Order.DecideAll d) {
        b.with("answer", d.answer().name());
        d.rule().ifPresent(r -> b.with("rule", shortened(r)));
      }
      if (o.order() instanceof Order.PutPolicy p) {
        b.with("policy", hasher.plain(p.yaml().getBytes(StandardCharsets.UTF_8)));
      }
      add(b);
    }

    private void notice(Effect.NoticeRaised n) {
      String detail = shortened(n.detail());
      switch (n.kind()) {
        case SUSPENSION ->
            add(entry(Kind.SUSPENSION).with("action", "told").with("detail", detail));
        case KEY -> add(entry(Kind.KEY).with("action", "announced").with("detail", detail));
        case PARTNER_LOG, RECORDS_DELETED -> {} // the input has an entry of its own
        case REPORT_HELD -> {} // the decision has an entry of its own
        case RECORD_QUARANTINED -> add(entry(Kind.QUARANTINE).with("detail", detail));
        case CONFIGURATION_REFUSED,
            PLOT_REFUSED,
            SENSOR_CLOCK,
            SET_ASIDE_BY_PARTNER,
            NOTICE_TAKEN,
            NOTICE_NOT_APPLIED,
            TRACK_DOUBTED,
            LINK_VIOLATION,
            INTERNAL_FAULT,
            CLOCK_CORRECTED,
            LINK_STATE ->
            add(entry(Kind.NOTICE).with("notice", n.kind().name()).with("detail", detail));
      }
    }

    void receipt(PartnerReceipts.HeldReceipt h) {
      add(
          stream(Kind.RECEIPT, h.stream())
              .with("holdsBefore", h.cursor().next())
              .with("chain", h.cursor().chainHash().toString())
              .with("signature", HexFormat.of().formatHex(h.signature())));
    }
  }

  private static List<String> signatures(NodeConfiguration c) {
    return c.agreement().signatures().keySet().stream().map(Nation::code).toList();
  }

  private static SortedMap<Nation, VerificationKey> streamKeys(NodeConfiguration c) {
    SortedMap<Nation, VerificationKey> all = new TreeMap<>(c.linkKeys());
    all.put(c.nation(), c.ownKey());
    return all;
  }

  private static Optional<Nation> partner(Order order) {
    return switch (order) {
      case Order.Suspend s -> Optional.of(s.partner());
      case Order.Resume r -> Optional.of(r.partner());
      case Order.TrustKey t -> Optional.of(t.partner());
      case Order.RevokeKey r -> Optional.of(r.partner());
      case Order.StartOver s -> Optional.of(s.partner());
      case Order.Recall r -> Optional.empty();
      case Order.Correct c -> Optional.empty();
      case Order.Relabel r -> Optional.empty();
      case Order.Decide d -> Optional.empty();
      case Order.DecideAll d -> d.partner();
      case Order.PutPolicy p -> Optional.empty();
      case Order.RevertPolicy r -> Optional.empty();
      case Order.RotateKey r -> Optional.empty();
    };
  }

  private static Optional<TrackId> track(Order order) {
    return switch (order) {
      case Order.Recall r -> Optional.of(r.track());
      case Order.Correct c -> Optional.of(c.corrected().header().track());
      case Order.Relabel r -> Optional.of(r.track());
      case Order.Suspend s -> Optional.empty();
      case Order.Resume r -> Optional.empty();
      case Order.TrustKey t -> Optional.empty();
      case Order.RevokeKey r -> Optional.empty();
      case Order.StartOver s -> Optional.empty();
      case Order.Decide d -> Optional.empty();
      case Order.DecideAll d -> d.track();
      case Order.PutPolicy p -> Optional.empty();
      case Order.RevertPolicy r -> Optional.empty();
      case Order.RotateKey r -> Optional.empty();
    };
  }
}
