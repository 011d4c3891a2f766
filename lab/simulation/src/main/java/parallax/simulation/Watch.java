package parallax.simulation;

import static parallax.simulation.Promises.broken;
import static parallax.simulation.Promises.require;
import static parallax.simulation.Promises.requirePositive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.Order;
import parallax.engine.Picture;
import parallax.formats.cap.CapWriter;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.runtime.Runner;
import parallax.signing.VerificationKey;
import parallax.simulation.AgreementWords.Answer;
import parallax.simulation.StreamLedger.Fate;
import parallax.warning.Alert;
import parallax.wire.ProtoReportCodec;

/**
 * Looks at everything that becomes durable, leaves and arrives, and holds it against the promises:
 * nothing lost, nothing leaked, nothing false, nothing hidden. Knows what it knows from the inputs
 * that nodes have journalled and the bytes on the wires; of the effects it believes nothing that
 * does not follow from these.
 */
final class Watch {
  private final World world;
  private final Channel channel;
  private final ProtoReportCodec codec = new ProtoReportCodec();
  private final SortedMap<StreamId, StreamLedger> streams = new TreeMap<>();
  private final SortedMap<Nation, NationLedger> nations = new TreeMap<>();
  private final SortedMap<String, AgreementWords> agreements = new TreeMap<>();

  Watch(World world, Channel channel, Topology topology, Optional<Nation> hostile) {
    this.world = world;
    this.channel = channel;
    for (Nation a : topology.nations()) {
      nations.put(a, new NationLedger(a));
      for (Nation b : topology.partners(a)) {
        for (Lane lane : Lane.values()) {
          StreamId id = new StreamId(a, b, lane);
          streams.put(id, new StreamLedger(id, channel, hostile.filter(a::equals).isPresent()));
        }
      }
    }
  }

  StreamLedger stream(StreamId id) {
    StreamLedger l = streams.get(id);
    if (l == null) {
      throw broken("streams", "a stream " + id + " that nobody agreed on");
    }
    return l;
  }

  SortedMap<StreamId, StreamLedger> streams() {
    return streams;
  }

  SortedMap<Nation, NationLedger> nations() {
    return nations;
  }

  NationLedger nation(Nation n) {
    NationLedger l = nations.get(n);
    if (l == null) {
      throw new IllegalStateException(n + " takes no part");
    }
    return l;
  }

  // What became durable.

  /** A batch became durable at a node's. */
  void appended(Nation at, List<SimNode.Item> items, List<Runner.Done> done) {
    NationLedger n = nation(at);
    for (int i = 0; i < done.size(); i++) {
      world.countStep();
      Runner.Done d = done.get(i);
      boolean forged = i < items.size() && items.get(i).forged();
      n.record.on(d.input().input(), d.effects());
      if (!world.isJudged()) {
        answered(n, d);
        continue;
      }
      if (forged) {
        requireHarmless(n, d);
      }
      switch (d.input().input()) {
        case Input.Configured c -> configured(n, c.configuration());
        case Input.TrackFiled f -> filed(n, f, d);
        case Input.FrameReceived f -> received(n, f, d, forged);
        case Input.Ordered o -> ordered(n, o, d);
        case Input.PlotReceived p -> {
          var unused = n.takes(p.feed(), p.seq());
          judgeOthers(n, d);
        }
        case Input.Tick t -> judgeOthers(n, d);
        case Input.PlotRefused p -> judgeOthers(n, d);
        case Input.LinkChanged c -> judgeOthers(n, d);
        case Input.FrameRefused f -> judgeOthers(n, d);
        case Input.CheckpointJudged c -> judgeOthers(n, d);
        case Input.RecordsDeleted x -> judgeOthers(n, d);
        case Input.ClockCorrected c -> {
          n.clockCorrected(c);
          judgeOthers(n, d);
        }
        case Input.Flush f -> judgeOthers(n, d);
        case Input.Quiet q -> judgeOthers(n, d);
      }
      general(n, d);
    }
  }

  /**
   * What was forged may break off a connection, and nothing more. A relay may pass it on: it checks
   * who signed, and only the recipient can tell whether the records are those that were signed.
   */
  private static void requireHarmless(NationLedger n, Runner.Done d) {
    for (Effect e : d.effects()) {
      boolean harmless =
          e instanceof Effect.SendFrame
              || e instanceof Effect.CloseLink
              || e instanceof Effect.DialLink
              || e instanceof Effect.Relayed
              || e instanceof Effect.NoticeRaised;
      require(
          harmless,
          "forgery",
          () -> n.nation + " acts on a forged " + d.input().input() + ": " + e);
    }
  }

  private void configured(NationLedger n, NodeConfiguration c) {
    String yaml = new String(c.agreement().bytes(), java.nio.charset.StandardCharsets.UTF_8);
    AgreementWords words = agreements.computeIfAbsent(yaml, AgreementWords::new);
    n.inForce = new Oracle(words, world.policyOf(n.nation));
  }

  private SortedSet<Nation> partners(NationLedger n) {
    SortedSet<Nation> out = new TreeSet<>();
    n.oracle().agreement().parties.forEach(p -> out.add(new Nation(p)));
    out.remove(n.nation);
    return out;
  }

  private void filed(NationLedger n, Input.TrackFiled f, Runner.Done d) {
    if (!n.takes(f.feed(), f.seq())) {
      require(
          d.effects().stream().noneMatch(Effect.OutboxAppended.class::isInstance),
          "once",
          () -> n.nation + ": a number of a feed was used twice: " + f.feed() + " " + f.seq());
      return;
    }
    Oracle.About about = n.filed(f.track());
    TrackId id = n.idOf(f.track());
    UtcTime now = d.input().time();
    Report.Header header = new Report.Header(id, channel, now, label(n, id, now));
    List<Report> reports = new ArrayList<>();
    f.track().launch().ifPresent(l -> reports.add(new Report.LaunchReport(header, l)));
    f.track().estimate().ifPresent(e -> reports.add(new Report.TrackReport(header, e)));
    f.track().impact().ifPresent(i -> reports.add(new Report.ImpactReport(header, asTold(i))));
    SortedMap<Nation, Integer> given = give(n, d, r -> about);
    for (Report r : reports) {
      boolean toAll = true;
      for (Nation p : partners(n)) {
        boolean told = isTold(d, p, r);
        toAll &= told;
        expect(n, p, r, about, now, told);
        given.merge(p, told ? -1 : 0, Integer::sum);
      }
      if (!n.recalled.contains(id)) {
        n.combined.take(r);
        if (toAll) {
          n.common.take(r);
        }
      }
    }
    given.forEach(
        (p, left) ->
            require(
                left == 0, "leak", () -> n.nation + " told " + p + " what nobody filed: " + id));
  }

  private static parallax.model.ImpactPointPrediction asTold(
      parallax.model.ImpactPointPrediction i) {
    return i instanceof parallax.model.ImpactPointPrediction.CannotTellYet c
        ? new parallax.model.ImpactPointPrediction.CannotTellYet(
            c.madeFrom(), "the originator cannot tell yet")
        : i;
  }

  /** The label that the agreement's marking asks for, or the one the track was given anew. */
  private static ConfidentialityLabel label(NationLedger n, TrackId track, UtcTime at) {
    ConfidentialityLabel anew = n.relabelled.get(track);
    return anew != null ? anew : label(n.oracle().agreement(), n.nation, at);
  }

  /** Whether every party may hold what has a label. */
  private static boolean isForAll(NationLedger n, ConfidentialityLabel label) {
    return n.oracle().isMarkedAsAgreed(label)
        && n.oracle().agreement().parties.stream()
            .allMatch(p -> label.releasableTo().contains(new Nation(p)));
  }

  private static ConfidentialityLabel label(AgreementWords a, Nation self, UtcTime at) {
    SortedSet<Nation> readers = new TreeSet<>();
    a.readers.forEach(r -> readers.add(new Nation(r)));
    readers.add(self);
    return new ConfidentialityLabel(
        a.labelPolicy,
        ConfidentialityLabel.Classification.valueOf(a.classification),
        readers,
        a.caveats.stream().map(Caveat::new).toList(),
        at);
  }

  private boolean isTold(Runner.Done d, Nation partner, Report report) {
    for (Effect e : d.effects()) {
      if (e instanceof Effect.OutboxAppended o
          && o.stream().recipient().equals(partner)
          && !isKey(o)
          && codec.decode(o.record()).equals(report)) {
        return true;
      }
    }
    return false;
  }

  /** What must be told is told, and what must not is not. */
  private void expect(
      NationLedger n, Nation p, Report r, Oracle.About about, UtcTime now, boolean told) {
    if (n.mute.contains(p)) {
      require(!told, "suspended", () -> n.nation + " told " + p + " while suspended: " + r);
      n.hold(p, r, about);
      return;
    }
    if (n.recalled.contains(r.header().track())) {
      require(!told, "recalled", () -> n.nation + " told " + p + " of a recalled track: " + r);
      return;
    }
    Oracle.Says says = n.oracle().mayTell(r, about, n.nation, p, channel.name(), now);
    if (says.answer() == Answer.YES) {
      require(told, "withheld", () -> n.nation + " did not tell " + p + " what it may: " + r);
    }
  }

  /** Numbers given by a step, each judged; returns how many each partner got. */
  private SortedMap<Nation, Integer> give(
      NationLedger n, Runner.Done d, java.util.function.Function<Report, Oracle.About> about) {
    SortedMap<Nation, Integer> counts = new TreeMap<>();
    for (Effect e : d.effects()) {
      if (e instanceof Effect.OutboxAppended o) {
        StreamLedger ledger = stream(o.stream());
        Nation partner = o.stream().recipient();
        require(
            o.stream().originator().equals(n.nation),
            "leak",
            () -> n.nation + " gave a number of " + o.stream());
        if (isKey(o)) {
          ledger.give(o.seq(), o.record(), true, new Oracle.Says(Answer.YES, "a key"));
          continue;
        }
        require(
            !n.mute.contains(partner), "suspended", () -> n.nation + " gave a number of " + ledger);
        Report r = codec.decode(o.record());
        requireNewestLabel(n, r);
        ledger.give(
            o.seq(), o.record(), false, judge(n, r, about.apply(r), partner, d.input().time()));
        n.tell(partner, r.header().track());
        counts.merge(partner, 1, Integer::sum);
      }
    }
    return counts;
  }

  /** What is told of a track that was labelled anew has that label, however long it waited. */
  private static void requireNewestLabel(NationLedger n, Report r) {
    ConfidentialityLabel anew = n.relabelled.get(r.header().track());
    Report said = r instanceof Report.Correction c ? c.corrected() : r;
    require(
        anew == null || said instanceof Report.Notice || said.header().label().equals(anew),
        "label",
        () -> n.nation + " tells what has another label now, " + anew + ": " + r);
  }

  private static boolean isKey(Effect.OutboxAppended o) {
    return o.record().length == VerificationKey.LENGTH;
  }

  private Oracle.Says judge(
      NationLedger n, Report r, Oracle.About about, Nation partner, UtcTime now) {
    if (r instanceof Report.Notice notice) {
      return n.wasTold(partner, r.header().track())
          ? n.oracle().mayNotify(notice, n.nation, partner, channel.name(), now)
          : Oracle.Says.no("a notice of a track it was told nothing of");
    }
    return r.header().track().number() < NationLedger.FILED_FROM
        ? n.oracle().mayTellComputed(r, about.launch(), n.nation, partner, channel.name(), now)
        : n.oracle().mayTell(r, about, n.nation, partner, channel.name(), now);
  }

  /**
   * Steps that give numbers to what was computed here: judged by what the reports themselves say.
   */
  private void judgeOthers(NationLedger n, Runner.Done d) {
    boolean gives = d.effects().stream().anyMatch(Effect.OutboxAppended.class::isInstance);
    if (gives) {
      give(n, d, r -> n.computed(r));
    }
  }

  private boolean answered(NationLedger n, Runner.Done d) {
    boolean done =
        d.effects().stream().anyMatch(e -> e instanceof Effect.OrderAnswered a && a.done());
    if (d.input().input() instanceof Input.Ordered o && o.by().equals(Operators.NAME)) {
      world.operators().answered(n.nation, o.order(), done);
    }
    return done;
  }

  private void ordered(NationLedger n, Input.Ordered o, Runner.Done d) {
    boolean done = answered(n, d);
    if (done && o.by().equals(Operators.NAME)) {
      before(n, o.order(), d.input().time());
    }
    SortedMap<Nation, Integer> given = give(n, d, r -> n.orderedAbout(o.order(), r));
    if (done) {
      after(n, o.order(), d, given);
    }
  }

  /** What an order changes before anything follows from it. */
  private void before(NationLedger n, Order order, UtcTime now) {
    switch (order) {
      case Order.Suspend s -> {
        if (s.direction() != Order.Direction.RECEIVE) {
          n.mute.add(s.partner());
          for (Lane lane : Lane.values()) {
            StreamLedger l = stream(new StreamId(n.nation, s.partner(), lane));
            l.markLimit = Math.min(l.markLimit, l.given());
          }
        }
        if (s.direction() != Order.Direction.SEND) {
          n.deaf.add(s.partner());
        }
      }
      case Order.Resume r -> {
        n.mute.remove(r.partner());
        n.deaf.remove(r.partner());
        for (Lane lane : Lane.values()) {
          stream(new StreamId(n.nation, r.partner(), lane)).markLimit = Long.MAX_VALUE;
        }
      }
      case Order.RevokeKey r ->
          n.revoked.computeIfAbsent(r.partner(), p -> new TreeSet<>()).add(r.key());
      case Order.TrustKey t -> {
        SortedSet<VerificationKey> keys = n.revoked.get(t.partner());
        if (keys != null) {
          keys.remove(t.key());
        }
      }
      case Order.Recall r -> {}
      case Order.Correct c -> {}
      case Order.Relabel r -> relabel(n, r, now);
      case Order.RotateKey r -> {}
      case Order.Decide x -> {}
      case Order.DecideAll x -> {}
      case Order.StartOver x -> {}
      case Order.PutPolicy x -> {}
      case Order.RevertPolicy x -> {}
    }
  }

  /** The node puts the agreement's policy and its own time on the label that was ordered. */
  private static void relabel(NationLedger n, Order.Relabel order, UtcTime now) {
    ConfidentialityLabel l = order.label();
    ConfidentialityLabel anew =
        new ConfidentialityLabel(
            n.oracle().agreement().labelPolicy,
            l.classification(),
            l.owners(),
            l.releasableTo(),
            l.caveats(),
            now);
    n.relabelled.put(order.track(), anew);
    n.relabelHeld(order.track(), anew);
  }

  private void after(NationLedger n, Order order, Runner.Done d, SortedMap<Nation, Integer> given) {
    UtcTime now = d.input().time();
    switch (order) {
      case Order.Recall r -> {
        n.combined.recall(r.track(), r.of(), now);
        n.common.recall(r.track(), r.of(), now);
        if (r.of().isEmpty()) {
          n.recalled.add(r.track());
        }
      }
      case Order.Correct c -> correct(n, c, d);
      case Order.Resume r -> n.held.remove(r.partner());
      case Order.Relabel r -> {
        if (!isForAll(n, label(n, r.track(), now))) {
          n.common.recall(r.track(), Optional.empty(), now);
        }
        toldAgain(n, r.track(), d, given);
      }
      case Order.Suspend s -> {}
      case Order.RotateKey r -> {}
      case Order.TrustKey t -> {}
      case Order.RevokeKey r -> {}
      case Order.Decide x -> {}
      case Order.DecideAll x -> {}
      case Order.StartOver x -> {}
      case Order.PutPolicy x -> {}
      case Order.RevertPolicy x -> {}
    }
  }

  /**
   * What a nation holds of its own track is told again under its new label, and nothing else is.
   */
  private void toldAgain(
      NationLedger n, TrackId track, Runner.Done d, SortedMap<Nation, Integer> given) {
    UtcTime now = d.input().time();
    Report.Header h = new Report.Header(track, channel, now, label(n, track, now));
    Map<Report.DataClass, Report> held = n.combined.known().getOrDefault(track, Map.of());
    for (Report before : List.copyOf(held.values())) {
      Report again = withHeader(before, h);
      boolean toAll = true;
      for (Nation p : partners(n)) {
        boolean told = isTold(d, p, again);
        toAll &= told;
        expect(n, p, again, n.about(track), now, told);
        given.merge(p, told ? -1 : 0, Integer::sum);
      }
      n.combined.take(again);
      if (toAll) {
        n.common.take(again);
      }
    }
    given.forEach(
        (p, left) ->
            require(
                left <= 1,
                "leak",
                () -> n.nation + " told " + p + " more than it held of " + track));
  }

  static Report withHeader(Report report, Report.Header h) {
    return switch (report) {
      case Report.LaunchReport r -> new Report.LaunchReport(h, r.launch());
      case Report.TrackReport r -> new Report.TrackReport(h, r.estimate());
      case Report.ImpactReport r -> new Report.ImpactReport(h, r.impact());
      case Report.Notice r -> throw new IllegalStateException("a notice was put in its place");
    };
  }

  private void correct(NationLedger n, Order.Correct c, Runner.Done d) {
    UtcTime now = d.input().time();
    TrackId track = c.corrected().header().track();
    Optional<Report.DataClass> of = Optional.of(c.corrected().dataClass());
    UtcTime until = new UtcTime(now.nanos() - 1);
    n.combined.recall(track, of, until);
    n.common.recall(track, of, until);
    Report.Header h = new Report.Header(track, channel, now, label(n, track, now));
    Report corrected = withHeader(c.corrected(), h);
    n.combined.take(corrected);
    long told = d.effects().stream().filter(Effect.OutboxAppended.class::isInstance).count();
    if (told == partners(n).size() && isForAll(n, h.label())) {
      n.common.take(corrected);
    }
  }

  private void received(NationLedger n, Input.FrameReceived f, Runner.Done d, boolean forged) {
    StreamId id = f.wire().stream();
    if (!id.recipient().equals(n.nation)) {
      judgeOthers(n, d);
      return;
    }
    StreamLedger ledger = stream(id);
    long last = ledger.taken();
    for (Effect e : d.effects()) {
      if (e instanceof Effect.CursorMoved c && c.stream().equals(id)) {
        long next = c.nextSeq();
        last = next - 1;
        require(!forged, "forgery", () -> n.nation + " took a forged frame of " + id);
        require(
            !n.deaf.contains(id.originator()),
            "suspended",
            () -> n.nation + " took in what a suspended partner sent: " + id);
        require(next > ledger.taken(), "cursor", () -> id + ": cursor went back to " + next);
        if (!ledger.hostile) {
          require(
              next - 1 <= ledger.given(),
              "cursor",
              () -> id + ": cursor at " + next + " past the last number given, " + ledger.given());
          require(
              Arrays.equals(c.chainHash(), ledger.hash(next - 1)),
              "chain",
              () -> id + ": the chain hash before " + next + " is another than the originator's");
        }
        requireTrusted(n, id, f.frame());
      }
    }
    SortedSet<Long> quarantined = quarantined(d);
    SortedMap<Long, Integer> taken = taken(d, id);
    if (f.frame() instanceof Frame.Batch b) {
      for (long seq = ledger.taken() + 1; seq <= last; seq++) {
        take(n, ledger, b, seq, taken, quarantined, d);
      }
    } else if (f.frame() instanceof Frame.Gap g) {
      for (long seq = ledger.taken() + 1; seq <= last; seq++) {
        pass(ledger, g, seq, d);
      }
    }
    if (ledger.taken() != last) {
      throw broken(
          "cursor",
          id + ": all up to " + last + " taken after " + f.frame() + "; known " + ledger.taken());
    }
    taken.forEach(
        (seq, times) ->
            require(times == 0, "once", () -> id + ": number " + seq + " was delivered again"));
  }

  private static void pass(StreamLedger ledger, Frame.Gap g, long seq, Runner.Done d) {
    StreamId id = ledger.id;
    require(
        isGap(d, id, seq),
        "hidden gap",
        () -> id + ": number " + seq + " was passed over silently");
    require(seq <= g.to(), "gap", () -> id + ": gap to " + g.to() + " took " + seq);
    ledger.became(seq, Fate.GAP, 0);
  }

  private void requireTrusted(NationLedger n, StreamId id, Frame frame) {
    SortedSet<VerificationKey> revoked = n.revoked().get(id.originator());
    if (revoked != null && frame instanceof Frame.Batch b) {
      byte[] message = StreamSignatures.batch(id, b.firstSeq(), b.entries(), b.chainHash());
      for (VerificationKey k : revoked) {
        require(
            !k.verify(StreamSignatures.batchDomain(channel), message, b.signature()),
            "revoked key",
            () -> n.nation + " took what was signed with a revoked key: " + id);
      }
    }
  }

  /** The numbers a step says were delivered, each with how often. */
  private static SortedMap<Long, Integer> taken(Runner.Done d, StreamId id) {
    SortedMap<Long, Integer> out = new TreeMap<>();
    for (Effect e : d.effects()) {
      if (e instanceof Effect.RecordsTaken t && t.stream().equals(id)) {
        for (long s = t.firstSeq(); s < t.firstSeq() + t.count(); s++) {
          out.merge(s, 1, Integer::sum);
        }
      }
    }
    return out;
  }

  private static SortedSet<Long> quarantined(Runner.Done d) {
    SortedSet<Long> out = new TreeSet<>();
    for (Effect e : d.effects()) {
      if (e instanceof Effect.NoticeRaised r
          && r.kind() == Effect.NoticeKind.RECORD_QUARANTINED
          && r.detail().startsWith("record ")) {
        out.add(Long.parseLong(r.detail().substring(7, r.detail().indexOf(' ', 7))));
      }
    }
    return out;
  }

  private static boolean isGap(Runner.Done d, StreamId id, long seq) {
    return d.effects().stream()
        .anyMatch(
            e ->
                e instanceof Effect.GapRecorded g
                    && g.stream().equals(id)
                    && g.from() <= seq
                    && seq <= g.to());
  }

  private void take(
      NationLedger n,
      StreamLedger ledger,
      Frame.Batch b,
      long seq,
      SortedMap<Long, Integer> taken,
      SortedSet<Long> quarantined,
      Runner.Done d) {
    StreamId id = ledger.id;
    require(
        b.firstSeq() <= seq && seq <= b.lastSeq(),
        "hidden gap",
        () -> id + ": number " + seq + " was passed over silently by " + b);
    switch (b.entries().get((int) (seq - b.firstSeq()))) {
      case Entry.Whole w -> {
        require(
            taken.merge(seq, -1, Integer::sum) == 0,
            "once",
            () -> id + ": number " + seq + " was not delivered once");
        ledger.became(seq, Fate.DELIVERED, 0);
        require(
            ledger.hostile || ledger.isAt(seq, w.bytes()),
            "content",
            () -> id + ": number " + seq + " holds another record than the originator's journal");
        if (!quarantined.contains(seq)) {
          accept(n, id.originator(), w.bytes());
        }
      }
      case Entry.Deleted x ->
          throw new BrokenInvariant("content", id + ": number " + seq + " came as deleted");
      case Entry.Folded f -> {
        require(
            d.effects().stream()
                .anyMatch(
                    e ->
                        e instanceof Effect.RecordFolded r
                            && r.stream().equals(id)
                            && r.seq() == seq),
            "hidden folding",
            () -> id + ": number " + seq + " was folded silently");
        requireFoldable(ledger, seq, f.into());
        ledger.became(seq, Fate.FOLDED, f.into());
      }
      case Entry.NewKey k -> {
        require(
            ledger.hostile || ledger.given(seq).isKey(), "content", () -> id + ": a key at " + seq);
        ledger.became(seq, Fate.KEY, 0);
      }
    }
  }

  private void requireFoldable(StreamLedger ledger, long seq, long into) {
    if (ledger.hostile) {
      return;
    }
    require(
        into > seq && into <= ledger.given(),
        "folding",
        () -> ledger.id + ": " + seq + " folded into " + into);
    Report from = codec.decode(ledger.given(seq).bytes());
    Report to = codec.decode(ledger.given(into).bytes());
    require(
        from.header().track().equals(to.header().track())
            && from.dataClass() == to.dataClass()
            && ledger.id.lane() == Lane.BULK,
        "folding",
        () -> ledger.id + ": " + seq + " folded into " + into + ", which is of something else");
  }

  /** A partner's record was accepted: it must be one that may be shown. */
  private void accept(NationLedger n, Nation from, byte[] record) {
    Report r;
    try {
      r = codec.decode(record);
    } catch (InvalidValueException e) {
      throw broken("false", n.nation + " took bytes of " + from + " that are no record");
    }
    TrackId track = r.header().track();
    Optional<LaunchPointEstimate> launch =
        r instanceof Report.LaunchReport l ? Optional.of(l.launch()) : n.combined.launch(track);
    Oracle.Says says = n.oracle().mayShow(r, launch, from, n.nation, channel.name());
    require(
        says.answer() != Answer.NO,
        "false",
        () -> n.nation + " shows what " + from + " told out of scope: " + says.why() + ": " + r);
    switch (r) {
      case Report.Recall c -> {
        n.combined.recall(track, c.of(), c.madeUntil());
        n.common.recall(track, c.of(), c.madeUntil());
      }
      case Report.Correction c -> {
        Optional<Report.DataClass> of = Optional.of(c.corrected().dataClass());
        UtcTime until = new UtcTime(c.header().createdAt().nanos() - 1);
        n.combined.recall(track, of, until);
        n.common.recall(track, of, until);
        both(n, c.corrected());
      }
      case Report.Relabel c -> {
        if (!c.label().releasableTo().contains(n.nation)
            || !n.oracle().isMarkedAsAgreed(c.label())) {
          n.combined.recall(track, Optional.empty(), c.madeUntil());
          n.common.recall(track, Optional.empty(), c.madeUntil());
        } else if (!isForAll(n, c.label())) {
          n.common.recall(track, Optional.empty(), c.madeUntil());
        }
      }
      case Report.LaunchReport l -> both(n, r);
      case Report.TrackReport t -> both(n, r);
      case Report.ImpactReport i -> both(n, r);
    }
  }

  private static void both(NationLedger n, Report r) {
    n.combined.take(r);
    if (isForAll(n, r.header().label())) {
      n.common.take(r);
    }
  }

  /** What holds of the effects of every step. */
  private void general(NationLedger n, Runner.Done d) {
    for (Effect e : d.effects()) {
      if (e instanceof Effect.NoticeRaised r && r.kind() == Effect.NoticeKind.INTERNAL_FAULT) {
        throw broken("fault", n.nation + ": " + r.detail());
      } else if (e instanceof Effect.NoticeRaised r
          && r.kind() == Effect.NoticeKind.CONFIGURATION_REFUSED) {
        throw broken("fault", n.nation + " refuses its configuration: " + r.detail());
      } else if (e instanceof Effect.GapRecorded g && g.stream().originator().equals(n.nation)) {
        stream(g.stream()).senderGap(g.from(), g.to());
      } else if (e instanceof Effect.PictureChanged p) {
        drawn(n, p.picture());
      } else if (e instanceof Effect.AlertRaised a) {
        alerted(n, a.action().alert());
      }
    }
  }

  /** How many numbers were taken on all streams together. */
  long takenInAll() {
    return streams.values().stream().mapToLong(StreamLedger::taken).sum();
  }

  private void drawn(NationLedger n, Picture p) {
    p.estimate().ifPresent(e -> requirePositive(e.state().covariance()));
    p.launch().ifPresent(l -> requirePositive(l.eastNorthM2()));
    if (p.view() == Picture.View.NATIONAL || p.isWithdrawn()) {
      return;
    }
    PictureModel model = p.view() == Picture.View.COMBINED ? n.combined : n.common;
    for (TrackId t : p.sources()) {
      require(
          model.knows(t)
              || (t.originator().equals(n.nation) && t.number() < NationLedger.FILED_FROM),
          "false",
          () ->
              n.nation
                  + " draws "
                  + t
                  + " into its "
                  + p.view()
                  + " picture, which it does not know");
    }
  }

  private void alerted(NationLedger n, Alert a) {
    require(
        a.channel() == channel && a.sender().equals(n.nation),
        "channel",
        () -> n.nation + " on " + channel + " raises " + a.identifier());
    require(n.alertNames.add(a.identifier()), "once", () -> a.identifier() + " was raised twice");
    String status =
        switch (channel) {
          case REAL -> "Actual";
          case EXERCISE -> "Exercise";
          case TEST -> "Test";
        };
    require(
        CapWriter.toXml(a).contains("<status>" + status + "</status>"),
        "channel",
        () -> a.identifier() + " on " + channel + " is not of status " + status);
  }
}
