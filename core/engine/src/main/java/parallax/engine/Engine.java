package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.link.LinkHealth;
import parallax.link.Verifier;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.Agreement;
import parallax.release.InboundDecision;
import parallax.release.Labels;
import parallax.release.MalformedFileException;
import parallax.release.ReleaseContext;
import parallax.signing.VerificationKey;
import parallax.warning.AreaCatalogue;

/**
 * A nation's node without its sockets, clocks and files: inputs in, effects out. Not for use by
 * several threads at once.
 *
 * <p>What waits for a delay, its turn or a person is looked at on a {@link Input.Tick} alone: were
 * it at any input, a partner could tell by the moment of what it is told that there was another.
 *
 * <p>Plots and frames are taken in and what is new is released at once; it leaves at the next
 * {@link Input.Flush}, everything since the last one under one signature. Pictures, predictions of
 * the combined track, areas and alerts, which cost more, are drawn at the next {@link Input.Tick},
 * so that no partner waits for them.
 */
public final class Engine {
  private final ReportCodec codec;
  private final AreaCatalogue catalogue;
  private final Exchange exchange;
  private final Sharing sharing;
  private final StreamKeys keys = new StreamKeys();
  private final Feeds feeds = new Feeds();
  private final TrackNumbers trackNumbers = new TrackNumbers();
  private final Policies policies = new Policies();
  private final CombinedPicture common = new CombinedPicture();
  private final CombinedPicture combined = new CombinedPicture(common);
  private final SortedMap<TrackId, String> doubted = new TreeMap<>();
  private final SortedMap<TrackId, Surveillance.Finding> findings = new TreeMap<>();
  private final SortedSet<TrackId> undrawn = new TreeSet<>();

  /** What the nation has to tell of its own tracks, before anything is taken from it. */
  private final NewestReports ownReports = new NewestReports();

  /** The labels of own tracks that were labelled anew. */
  private final SortedMap<TrackId, ConfidentialityLabel> relabelled = new TreeMap<>();

  private Offers offers = (report, context, now, configuration) -> {};
  private @Nullable InForce inForce;
  private @Nullable Agreement newestAgreement;
  private @Nullable Surveillance surveillance;
  private @Nullable Warnings warnings;
  private @Nullable NodeConfiguration configuration;
  private @Nullable String configuredPolicy;

  /**
   * An engine that knows nothing yet; its first input must be {@link Input.Configured}.
   *
   * @param keyring signs streams and receipts, with the nation's keys of the node's channel
   * @param codec the wire format of records
   * @param catalogue administrative areas
   */
  public Engine(Keyring keyring, ReportCodec codec, AreaCatalogue catalogue) {
    this(keyring, codec, catalogue, LinkConfig.standard());
  }

  /** The same with other times and limits of its links. */
  public Engine(Keyring keyring, ReportCodec codec, AreaCatalogue catalogue, LinkConfig links) {
    this(keyring, codec, catalogue, links, Verifier.PLAIN);
  }

  /** The same with a verifier of the signatures on its links. */
  public Engine(
      Keyring keyring,
      ReportCodec codec,
      AreaCatalogue catalogue,
      LinkConfig links,
      Verifier verifier) {
    this.codec = codec;
    this.catalogue = catalogue;
    this.exchange = new Exchange(codec, keyring, links, verifier);
    this.sharing = new Sharing(exchange);
  }

  /** How the streams to and from each partner are. */
  public List<LinkHealth> health() {
    return exchange.health();
  }

  /** What waits for one of the nation's people to release it, oldest first. */
  public List<HeldReport> held() {
    return sharing.held();
  }

  /** The key that this nation's streams are signed with, once the engine is configured. */
  public VerificationKey streamKey() {
    return keys.own();
  }

  /** What the engine goes by: the newest configuration it took; empty before the first. */
  public Optional<NodeConfiguration> configuration() {
    return Optional.ofNullable(configuration);
  }

  /**
   * The policy that the newest {@link Input.Configured} brought; another than that of {@link
   * #configuration} when an order put another in its place since. Empty before the first.
   */
  public Optional<String> configuredPolicy() {
    return Optional.ofNullable(configuredPolicy);
  }

  /**
   * How long the newest agreement that was in force lets a receiver keep; empty before the first.
   */
  public Optional<RetentionClause> retention() {
    return Optional.ofNullable(newestAgreement).map(RetentionClause::of);
  }

  /** The number of the last report of a feed that was taken in. */
  public long lastOfFeed(String feed) {
    return feeds.last(feed);
  }

  /** Sees what is about to be decided, for those who try other policies on a journal. */
  @FunctionalInterface
  public interface Offers {
    /**
     * An own report is about to be decided about for each partner.
     *
     * @param report the report
     * @param context what is known of its track
     * @param now when
     * @param configuration what is in force
     */
    void on(Report report, ReleaseContext context, UtcTime now, NodeConfiguration configuration);
  }

  /** Says who sees what is about to be decided. */
  public void showOffers(Offers to) {
    offers = to;
  }

  /** What follows from one input. */
  public List<Effect> step(Input.Stamped stamped) {
    List<Effect> out = new ArrayList<>();
    UtcTime now = stamped.time();
    switch (stamped.input()) {
      case Input.Configured c -> configure(c.configuration(), stamped, out);
      case Input.PlotReceived p -> onPlot(p, now, out);
      case Input.PlotRefused p -> onPlotRefused(p, out);
      case Input.TrackFiled f -> onFiled(f, now, out);
      case Input.LinkChanged c -> onLink(exchange.onLinkChanged(c, stamped.wallNs()), stamped, out);
      case Input.FrameReceived f -> onLink(exchange.onFrame(f, stamped.wallNs()), stamped, out);
      case Input.FrameRefused f ->
          onLink(exchange.onFrameRefused(f, stamped.wallNs()), stamped, out);
      case Input.Ordered o -> onOrder(o, stamped, out);
      case Input.CheckpointJudged c -> onCheckpoint(c, out);
      case Input.RecordsDeleted d ->
          out.add(
              new Effect.NoticeRaised(
                  Effect.NoticeKind.RECORDS_DELETED,
                  d.records() + " records of partners were deleted under " + d.clause()));
      case Input.Flush f -> out.addAll(exchange.flush(stamped.wallNs()));
      case Input.Tick t -> onTick(now, stamped.wallNs(), out);
    }
    return out;
  }

  private void configure(NodeConfiguration c, Input.Stamped stamped, List<Effect> out) {
    NodeConfiguration before = configuration;
    if (before != null
        && !(before.nation().equals(c.nation()) && before.channel() == c.channel())) {
      out.add(
          refused(
              "journal is of "
                  + before.nation()
                  + " "
                  + before.channel()
                  + ", the configuration of "
                  + c.nation()
                  + " "
                  + c.channel()));
      return;
    }
    if (before == null || surveillance == null || !before.sensors().equals(c.sensors())) {
      surveillance = new Surveillance(c.nation(), c.sensors(), trackNumbers);
    }
    if (warnings == null) {
      warnings = new Warnings(c.nation(), c.channel(), catalogue);
    }
    configuration = c;
    configuredPolicy = c.policy();
    exchange.closeAll(stamped.wallNs());
    try {
      keys.configure(c);
      InForce terms = InForce.of(c, stamped.time());
      requireAmendment(terms.agreement().agreement());
      inForce = terms;
      policies.took(c.policy());
      newestAgreement = terms.agreement().agreement();
      openStreams(terms);
    } catch (RuntimeException e) {
      inForce = null;
      out.add(refused(String.valueOf(e.getMessage())));
    }
  }

  /** What all have signed once stays signed: an older version must not come back in its place. */
  private void requireAmendment(Agreement next) {
    Agreement newest = newestAgreement;
    if (newest != null
        && newest.name().equals(next.name())
        && !newest.digest().equals(next.digest())
        && next.version() <= newest.version()) {
      throw new InvalidValueException(
          "agreement", next, "an amendment with a higher version than " + newest);
    }
  }

  private void openStreams(InForce terms) {
    exchange.open(
        terms.terms(keys), (stream, record) -> terms.forbidsPassing(codec, stream, record));
  }

  private static Effect refused(String why) {
    return new Effect.NoticeRaised(Effect.NoticeKind.CONFIGURATION_REFUSED, why);
  }

  private void onPlot(Input.PlotReceived p, UtcTime now, List<Effect> out) {
    if (!takes(p.feed(), p.seq(), out)) {
      return;
    }
    Surveillance s = surveillance;
    if (s == null) {
      out.add(new Effect.NoticeRaised(Effect.NoticeKind.PLOT_REFUSED, "node has no configuration"));
      return;
    }
    tell(s.onPlot(p.plot()), now, out);
  }

  private void onFiled(Input.TrackFiled f, UtcTime now, List<Effect> out) {
    if (!takes(f.feed(), f.seq(), out)) {
      return;
    }
    Surveillance s = surveillance;
    if (s == null) {
      out.add(new Effect.NoticeRaised(Effect.NoticeKind.PLOT_REFUSED, "node has no configuration"));
      return;
    }
    tell(s.onFiled(f.track()), now, out);
  }

  private void onPlotRefused(Input.PlotRefused p, List<Effect> out) {
    if (takes(p.feed(), p.seq(), out)) {
      out.add(
          new Effect.NoticeRaised(
              Effect.NoticeKind.PLOT_REFUSED,
              "feed " + p.feed() + " " + p.seq() + ": " + p.reason()));
    }
  }

  /** Whether the numbered report is the next one; acknowledges what is durable in any case. */
  private boolean takes(String feed, long seq, List<Effect> out) {
    Feeds.Place place = feeds.place(feed, seq);
    if (place == Feeds.Place.NEXT) {
      feeds.take(feed, seq);
    } else if (place == Feeds.Place.AHEAD) {
      out.add(
          new Effect.NoticeRaised(
              Effect.NoticeKind.PLOT_REFUSED,
              "feed " + feed + ": got " + seq + "; expected " + (feeds.last(feed) + 1)));
    }
    out.add(new Effect.PlotsAcknowledged(feed, feeds.last(feed)));
    return place == Feeds.Place.NEXT;
  }

  /** Nothing that is told or drawn depends on it: the nation's people decide what follows. */
  private static void onCheckpoint(Input.CheckpointJudged c, List<Effect> out) {
    if (!c.good()) {
      out.add(
          new Effect.NoticeRaised(
              Effect.NoticeKind.PARTNER_LOG,
              "log of " + c.partner() + ": " + c.verdict() + ": " + c.detail()));
    }
  }

  private void onTick(UtcTime now, long wallNs, List<Effect> out) {
    sharing.tellDue(Optional.ofNullable(inForce).map(InForce::releaser), now, out);
    Surveillance s = surveillance;
    if (s != null) {
      guarded("own tracks", out, () -> tell(s.onTime(now), now, out));
    }
    guarded("national picture", out, () -> drawNational(now, out));
    guarded("combined picture", out, () -> drawCombined(now, wallNs, out));
    guarded("common picture", out, () -> drawCommon(now, wallNs, out));
    Warnings w = warnings;
    if (w != null) {
      w.onTick(now).forEach(a -> out.add(new Effect.AlertRaised(a)));
    }
    out.addAll(exchange.onTick(wallNs));
  }

  /** A fault of ours in one part is told and must not take the links down with it. */
  private static void guarded(String part, List<Effect> out, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      out.add(new Effect.NoticeRaised(Effect.NoticeKind.INTERNAL_FAULT, part + ": " + e));
    }
  }

  /**
   * National findings: shown in the national picture, offered to each partner, and part of what the
   * nation knows whatever came of the offer.
   */
  private void tell(Surveillance.Outcome outcome, UtcTime now, List<Effect> out) {
    for (String r : outcome.rejections()) {
      out.add(new Effect.NoticeRaised(Effect.NoticeKind.PLOT_REFUSED, r));
    }
    for (Surveillance.Finding f : outcome.findings()) {
      findings.put(f.id(), f);
      undrawn.add(f.id());
      for (Report r : reports(f, now)) {
        tell(r, f, now, out);
      }
    }
  }

  private void tell(Report report, Surveillance.Finding f, UtcTime now, List<Effect> out) {
    Optional<Report> told = offer(report, f, now, out);
    if (!sharing.isRecalled(f.id())) {
      ownReports.take(report);
      combined.take(told.orElse(report));
      told.ifPresent(common::take);
    }
  }

  /** The newest of an own track is told again, and drawn again, under its new label. */
  private void tellAgain(TrackId track, InForce terms, UtcTime now, List<Effect> out) {
    Surveillance.Finding f = findings.get(track);
    if (f == null) {
      return;
    }
    undrawn.add(track);
    Report.Header header =
        new Report.Header(track, terms.configuration().channel(), now, label(track, now));
    for (Report r : ownReports.of(track)) {
      sharing.askNoMore(track, r.dataClass(), now, out);
      tell(Reports.withHeader(r, header), f, now, out);
    }
  }

  /** The label of an own track: the one it was given anew, or as the agreement marks. */
  private ConfidentialityLabel label(TrackId own, UtcTime now) {
    InForce terms = inForce;
    return terms == null
        ? InForce.ownUseOnly(own.originator(), now)
        : relabelled.getOrDefault(own, Labels.forReport(terms.agreement(), own.originator(), now));
  }

  private Optional<Report> offer(
      Report report, Surveillance.Finding f, UtcTime now, List<Effect> out) {
    InForce terms = inForce;
    if (terms == null) {
      return Optional.empty();
    }
    ReleaseContext context =
        new ReleaseContext(f.launch(), f.impactTime(), f.ended(), f.status(), f.estimate());
    offers.on(report, context, now, terms.configuration());
    return sharing.offer(terms.releaser(), report, context, now, out);
  }

  private void onOrder(Input.Ordered o, Input.Stamped stamped, List<Effect> out) {
    String detail;
    boolean done = false;
    try {
      detail = carryOut(o.order(), o.by(), stamped, out);
      done = true;
    } catch (RefusedOrderException | InvalidValueException e) {
      detail = String.valueOf(e.getMessage());
    }
    out.add(new Effect.OrderAnswered(o.by(), o.order(), done, detail));
  }

  private String carryOut(Order order, String by, Input.Stamped stamped, List<Effect> out) {
    InForce terms = inForce;
    if (terms == null) {
      throw new RefusedOrderException("no agreement is in force");
    }
    UtcTime now = stamped.time();
    long wallNs = stamped.wallNs();
    return switch (order) {
      case Order.Suspend s -> {
        requirePartner(s.partner());
        sharing.suspend(s, terms.policy().announcesSuspension(), wallNs, out);
        yield s.partner() + " is suspended: " + s.direction();
      }
      case Order.Resume r -> {
        requirePartner(r.partner());
        sharing.resume(terms.releaser(), r, now, wallNs, out);
        yield r.partner() + " is resumed";
      }
      case Order.Recall r ->
          notify(
              terms,
              new Report.Recall(header(terms, own(r.track()), now), r.of(), now, r.reason()),
              now,
              out);
      case Order.Correct c -> {
        Report.Header header = header(terms, own(c.corrected().header().track()), now);
        Report.Header inner =
            new Report.Header(
                header.track(), header.channel(), header.createdAt(), label(header.track(), now));
        yield notify(
            terms,
            new Report.Correction(header, Reports.withHeader(c.corrected(), inner)),
            now,
            out);
      }
      case Order.Relabel r -> {
        Report.Relabel relabel =
            new Report.Relabel(
                header(terms, own(r.track()), now), terms.ordered(r.label(), now), now);
        relabelled.put(r.track(), relabel.label());
        String done = notify(terms, relabel, now, out);
        tellAgain(r.track(), terms, now, out);
        yield done;
      }
      case Order.Decide d -> sharing.decide(terms.releaser(), d, by, now, out);
      case Order.PutPolicy p -> putPolicy(terms, p.yaml());
      case Order.RevertPolicy r -> putPolicy(terms, policies.before());
      case Order.RotateKey r -> rotate(r.successor(), out);
      case Order.TrustKey t -> {
        requirePartner(t.partner());
        keys.trust(t.partner(), t.key());
        exchange.trust(t.partner(), t.key());
        yield "key " + t.key().fingerprint() + " of " + t.partner() + " is trusted";
      }
      case Order.RevokeKey r -> {
        keys.revoke(r.partner(), r.key());
        out.addAll(exchange.distrust(r.partner(), r.key()));
        yield "key " + r.key().fingerprint() + " of " + r.partner() + " is trusted no longer";
      }
    };
  }

  /** Puts a policy in force; says with which number of each stream it begins to hold. */
  private String putPolicy(InForce terms, String yaml) {
    InForce other;
    try {
      other = terms.withPolicy(yaml);
    } catch (MalformedFileException | InvalidValueException e) {
      throw new RefusedOrderException(String.valueOf(e.getMessage()));
    }
    inForce = other;
    configuration = other.configuration();
    policies.took(yaml);
    List<String> from = new ArrayList<>();
    for (LinkHealth h : exchange.health()) {
      if (h.stream().originator().equals(configuration.nation())) {
        from.add(h.stream() + " " + (h.highWaterMark() + 1));
      }
    }
    return "policy '"
        + other.policy().name()
        + "' version "
        + other.policy().version()
        + " is in force from "
        + String.join(", ", from)
        + " on";
  }

  private void requirePartner(Nation partner) {
    if (!exchange.isOpen(partner)) {
      throw new RefusedOrderException(partner + " is no partner under the agreement in force");
    }
  }

  private TrackId own(TrackId track) {
    NodeConfiguration c = configuration;
    if (c == null || !track.originator().equals(c.nation())) {
      throw new RefusedOrderException("track " + track + " is not this nation's own");
    }
    if (combined.of(track).isEmpty() && !sharing.wasTold(track)) {
      throw new RefusedOrderException("track " + track + " is not known");
    }
    return track;
  }

  private static Report.Header header(InForce terms, TrackId track, UtcTime now) {
    NodeConfiguration c = terms.configuration();
    return new Report.Header(
        track, c.channel(), now, Labels.forReport(terms.agreement(), c.nation(), now));
  }

  private String notify(InForce terms, Report.Notice notice, UtcTime now, List<Effect> out) {
    int told = sharing.notify(terms.releaser(), notice, now, out);
    switch (notice) {
      case Report.Recall r -> ownReports.forget(r.header().track(), r.of());
      case Report.Correction c -> ownReports.take(c.corrected());
      case Report.Relabel r -> {}
    }
    apply(notice, terms, told == exchange.partners().size(), OptionalLong.empty());
    return notice.header().track() + ": " + told + " partners are told";
  }

  /**
   * A notice, own or a partner's, changes what is known.
   *
   * @param toAll whether all partners were told it, as far as is known
   * @param cameWallNs when a partner's came, wall clock, UTC nanoseconds; empty: it is own
   */
  private void apply(Report.Notice notice, InForce terms, boolean toAll, OptionalLong cameWallNs) {
    switch (notice) {
      case Report.Recall r -> recall(r.header().track(), r.of(), r.madeUntil());
      case Report.Correction c -> {
        UtcTime until = new UtcTime(c.header().createdAt().nanos() - 1);
        recall(c.header().track(), Optional.of(c.corrected().dataClass()), until);
        combined.take(c.corrected(), cameWallNs);
        if (toAll && terms.isForAll(c.corrected().header().label())) {
          common.take(c.corrected(), cameWallNs);
        }
      }
      case Report.Relabel r -> {
        TrackId track = r.header().track();
        boolean own = track.originator().equals(terms.configuration().nation());
        if (!own && !terms.mayHold(r.label())) {
          recall(track, Optional.empty(), r.madeUntil());
        } else if (!terms.isForAll(r.label())) {
          common.recall(track, Optional.empty(), r.madeUntil());
        }
        combined.relabel(track, r.label(), r.madeUntil());
        common.relabel(track, r.label(), r.madeUntil());
      }
    }
  }

  private void recall(TrackId track, Optional<Report.DataClass> of, UtcTime until) {
    combined.recall(track, of, until);
    common.recall(track, of, until);
  }

  private String rotate(VerificationKey successor, List<Effect> out) {
    if (successor.equals(keys.own())) {
      throw new RefusedOrderException("key " + successor.fingerprint() + " is in use already");
    }
    Optional<Nation> behind = exchange.behindWithKeys();
    if (behind.isPresent()) {
      throw new RefusedOrderException(
          behind.get() + " does not hold the last change of key yet; try again once it does");
    }
    keys.own(successor);
    out.addAll(exchange.rotate(successor));
    return "streams are signed with " + successor.fingerprint() + " from here on";
  }

  private void drawNational(UtcTime now, List<Effect> out) {
    List<TrackId> tracks = List.copyOf(undrawn);
    undrawn.clear();
    for (TrackId t : tracks) {
      Surveillance.Finding f = findings.get(t);
      if (f != null) {
        out.add(new Effect.PictureChanged(nationalPicture(f, now), Optional.empty()));
      }
    }
  }

  private Picture nationalPicture(Surveillance.Finding f, UtcTime now) {
    ImpactPointPrediction impact =
        f.impact()
            .orElseGet(
                () -> new ImpactPointPrediction.CannotTellYet(now, "launch seen, not tracked yet"));
    return new Picture(
        Picture.View.NATIONAL,
        f.id(),
        now,
        List.of(f.id()),
        f.launch(),
        f.estimate(),
        impact,
        f.path(),
        warnings == null ? List.of() : warnings.areas(impact, f.path()),
        warnings == null ? List.of() : warnings.watched(impact),
        Optional.of(label(f.id(), now)));
  }

  private List<Report> reports(Surveillance.Finding f, UtcTime now) {
    NodeConfiguration c = configuration;
    if (c == null) {
      return List.of();
    }
    Report.Header header = new Report.Header(f.id(), c.channel(), now, label(f.id(), now));
    List<Report> out = new ArrayList<>();
    if (f.newLaunch()) {
      f.launch().ifPresent(l -> out.add(new Report.LaunchReport(header, l)));
    }
    if (f.newTrack()) {
      f.estimate().ifPresent(e -> out.add(new Report.TrackReport(header, e)));
    }
    if (f.newImpact()) {
      f.impact().ifPresent(i -> out.add(new Report.ImpactReport(header, i)));
    }
    return out;
  }

  private void onLink(Exchange.Outcome outcome, Input.Stamped stamped, List<Effect> out) {
    for (Exchange.Delivered d : outcome.delivered()) {
      Nation partner = d.stream().originator();
      for (int i = 0; i < d.records().size(); i++) {
        takeRecord(partner, d.firstSeq() + i, d.records().get(i), stamped, out);
      }
      out.add(new Effect.RecordsTaken(d.stream(), d.firstSeq(), d.records().size(), d.sentAtNs()));
    }
    out.addAll(outcome.effects());
    if (sharing.awaits()) {
      sharing.settle(Optional.ofNullable(inForce).map(InForce::releaser), stamped.time(), out);
    }
  }

  /** Judges one record of a partner; only what the agreement permits enters the picture. */
  private void takeRecord(
      Nation partner, long seq, byte[] record, Input.Stamped stamped, List<Effect> out) {
    OptionalLong came = OptionalLong.of(stamped.wallNs());
    String problem;
    try {
      Report report = codec.decode(record);
      InForce terms = inForce;
      if (terms == null) {
        problem = "no agreement in force";
      } else {
        switch (terms.inbound().check(report, partner, stamped.time(), contextOf(report))) {
          case InboundDecision.Accept a -> {
            if (report instanceof Report.Notice n) {
              apply(n, terms, true, came);
            } else {
              combined.take(report, came);
              if (terms.isForAll(report.header().label())) {
                common.take(report, came);
              }
            }
            return;
          }
          case InboundDecision.Quarantine q -> problem = q.clause() + ": " + q.reason();
        }
      }
    } catch (InvalidValueException e) {
      problem = String.valueOf(e.getMessage());
    }
    out.add(
        new Effect.NoticeRaised(
            Effect.NoticeKind.RECORD_QUARANTINED,
            "record " + seq + " of " + partner + ": " + problem));
  }

  private ReleaseContext contextOf(Report report) {
    Optional<KnownTrack> known = combined.of(report.header().track());
    return new ReleaseContext(
        known.flatMap(KnownTrack::launch),
        known
            .flatMap(KnownTrack::impact)
            .flatMap(
                i ->
                    i instanceof ImpactPointPrediction.Predicted p
                        ? Optional.of(p.time())
                        : Optional.empty()),
        false,
        known.flatMap(KnownTrack::estimate).map(e -> e.status()));
  }

  private void drawCombined(UtcTime now, long wallNs, List<Effect> out) {
    Warnings w = warnings;
    if (w == null) {
      return;
    }
    CombinedPicture.Drawing drawing = combined.draw(now, wallNs);
    for (CombinedPicture.Withdrawal d : drawing.withdrawn()) {
      d.partOf()
          .map(whole -> w.onJoined(d.event(), whole, now))
          .orElseGet(() -> w.onRecalled(d.event(), now))
          .forEach(a -> out.add(new Effect.AlertRaised(a)));
    }
    for (CombinedPicture.Combination c : drawing.drawn()) {
      Picture p =
          new Picture(
              Picture.View.COMBINED,
              c.event(),
              now,
              c.sources(),
              c.launch(),
              c.estimate(),
              c.impact(),
              c.path(),
              w.areas(c.impact(), c.path()),
              w.watched(c.impact()),
              Optional.of(label(c.handling(), now)));
      out.add(new Effect.PictureChanged(p, deleteBy(c.handling())));
      w.onPicture(p, now).forEach(a -> out.add(new Effect.AlertRaised(a)));
      tellDoubts(c, out);
    }
    withdraw(Picture.View.COMBINED, drawing, now, out);
  }

  /** Tells once what is doubted of a track, and again when it was not for a while. */
  private void tellDoubts(CombinedPicture.Combination c, List<Effect> out) {
    for (TrackId t : c.sources()) {
      String doubt = c.doubts().get(t);
      if (doubt == null) {
        doubted.remove(t);
      } else if (doubted.put(t, doubt) == null) {
        out.add(new Effect.NoticeRaised(Effect.NoticeKind.TRACK_DOUBTED, t + ": " + doubt));
      }
    }
  }

  private void drawCommon(UtcTime now, long wallNs, List<Effect> out) {
    CombinedPicture.Drawing drawing = common.draw(now, wallNs, combined);
    for (CombinedPicture.Combination c : drawing.drawn()) {
      Picture p =
          new Picture(
              Picture.View.COMMON,
              c.event(),
              now,
              c.sources(),
              c.launch(),
              c.estimate(),
              c.impact(),
              List.of(),
              List.of(),
              List.of(),
              Optional.of(label(c.handling(), now)));
      out.add(new Effect.PictureChanged(p, deleteBy(c.handling())));
    }
    withdraw(Picture.View.COMMON, drawing, now, out);
  }

  /**
   * The label of what rests on reports with these. What came under another agreement may have had
   * another labelling policy; together such reports are for the nation's own use.
   */
  private ConfidentialityLabel label(List<KnownTrack.Handling> handling, UtcTime now) {
    NodeConfiguration c = configuration;
    if (c == null) {
      throw new IllegalStateException("a picture is drawn without a configuration");
    }
    List<ConfidentialityLabel> labels = handling.stream().map(KnownTrack.Handling::label).toList();
    boolean onePolicy = labels.stream().map(ConfidentialityLabel::policy).distinct().count() == 1;
    return onePolicy
        ? ConfidentialityLabel.combined(labels, c.nation())
        : InForce.ownUseOnly(c.nation(), now);
  }

  /** When what rests on reports must be deleted: as soon as one of a partner's must be. */
  private Optional<UtcTime> deleteBy(List<KnownTrack.Handling> handling) {
    OptionalLong first = handling.stream().flatMapToLong(h -> h.cameWallNs().stream()).min();
    return first.isEmpty()
        ? Optional.empty()
        : retention().map(clause -> new UtcTime(clause.dueAt(first.getAsLong())));
  }

  private static void withdraw(
      Picture.View view, CombinedPicture.Drawing drawing, UtcTime now, List<Effect> out) {
    for (CombinedPicture.Withdrawal w : drawing.withdrawn()) {
      Picture none = Picture.withdrawal(view, w.event(), now, w.partOf());
      out.add(new Effect.PictureChanged(none, Optional.empty()));
    }
  }
}
