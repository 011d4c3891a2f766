package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.link.LinkConfig;
import parallax.link.OutboxFullException;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.InboundDecision;
import parallax.release.Labels;
import parallax.release.ReleaseContext;
import parallax.release.ReleaseDecision;
import parallax.signing.Signer;
import parallax.tracking.NationalTrack;
import parallax.warning.AreaCatalogue;

/**
 * A nation's node without its sockets, clocks and files: inputs in, effects out. Not for use by
 * several threads at once.
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
  private final Feeds feeds = new Feeds();
  private final CombinedPicture combined = new CombinedPicture();
  private final CombinedPicture common = new CombinedPicture();
  private final SortedMap<TrackId, Surveillance.Finding> undrawn = new TreeMap<>();
  private @Nullable InForce inForce;
  private @Nullable Surveillance surveillance;
  private @Nullable Warnings warnings;
  private @Nullable NodeConfiguration configuration;

  /**
   * An engine that knows nothing yet; its first input must be {@link Input.Configured}.
   *
   * @param signer signs the streams to partners, with the nation's key of the node's channel
   * @param codec the wire format of records
   * @param catalogue administrative areas
   */
  public Engine(Signer signer, ReportCodec codec, AreaCatalogue catalogue) {
    this(signer, codec, catalogue, LinkConfig.standard());
  }

  /** The same with other times and limits of its links. */
  Engine(Signer signer, ReportCodec codec, AreaCatalogue catalogue, LinkConfig links) {
    this.codec = codec;
    this.catalogue = catalogue;
    this.exchange = new Exchange(codec, signer, links);
  }

  /** What the engine goes by: the newest configuration it took; empty before the first. */
  public Optional<NodeConfiguration> configuration() {
    return Optional.ofNullable(configuration);
  }

  /** The number of the last report of a feed that was taken in. */
  public long lastOfFeed(String feed) {
    return feeds.last(feed);
  }

  /** What follows from one input. */
  public List<Effect> step(Input.Stamped stamped) {
    List<Effect> out = new ArrayList<>();
    UtcTime now = stamped.time();
    switch (stamped.input()) {
      case Input.Configured c -> configure(c.configuration(), stamped, out);
      case Input.PlotReceived p -> onPlot(p, now, out);
      case Input.PlotRefused p -> onPlotRefused(p, out);
      case Input.LinkChanged c -> onLink(exchange.onLinkChanged(c, stamped.wallNs()), now, out);
      case Input.FrameReceived f -> onLink(exchange.onFrame(f, stamped.wallNs()), now, out);
      case Input.FrameRefused f -> onLink(exchange.onFrameRefused(f, stamped.wallNs()), now, out);
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
      surveillance = new Surveillance(c.nation(), c.sensors());
    }
    if (warnings == null) {
      warnings = new Warnings(c.nation(), c.channel(), catalogue);
    }
    configuration = c;
    exchange.closeAll(stamped.wallNs());
    try {
      inForce = InForce.of(c, stamped.time());
      inForce.open(exchange);
    } catch (RuntimeException e) {
      inForce = null;
      out.add(refused(String.valueOf(e.getMessage())));
    }
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

  private void onTick(UtcTime now, long wallNs, List<Effect> out) {
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
      undrawn.put(f.id(), f);
      for (Report r : reports(f, now)) {
        Optional<Report> told = offer(r, f, now, out);
        combined.take(told.orElse(r));
        told.ifPresent(common::take);
      }
    }
  }

  private void drawNational(UtcTime now, List<Effect> out) {
    List<Surveillance.Finding> findings = List.copyOf(undrawn.values());
    undrawn.clear();
    for (Surveillance.Finding f : findings) {
      out.add(new Effect.PictureChanged(nationalPicture(f, now)));
    }
  }

  private Picture nationalPicture(Surveillance.Finding f, UtcTime now) {
    ImpactPointPrediction impact =
        f.track()
            .map(NationalTrack::impact)
            .orElseGet(
                () -> new ImpactPointPrediction.CannotTellYet(now, "launch seen, not tracked yet"));
    var path = f.track().map(NationalTrack::path).orElse(List.of());
    return new Picture(
        Picture.View.NATIONAL,
        f.id(),
        now,
        List.of(f.id()),
        f.launch(),
        f.track().map(t -> t.track().estimate()),
        impact,
        path,
        warnings == null ? List.of() : warnings.areas(impact, path));
  }

  private List<Report> reports(Surveillance.Finding f, UtcTime now) {
    InForce terms = inForce;
    NodeConfiguration c = configuration;
    if (c == null) {
      return List.of();
    }
    ConfidentialityLabel label =
        terms == null
            ? InForce.ownUseOnly(c.nation(), now)
            : Labels.forReport(terms.agreement(), c.nation(), now);
    Report.Header header = new Report.Header(f.id(), c.channel(), now, label);
    List<Report> out = new ArrayList<>();
    if (f.newLaunch()) {
      f.launch().ifPresent(l -> out.add(new Report.LaunchReport(header, l)));
    }
    f.track()
        .ifPresent(
            t -> {
              if (f.newTrack()) {
                out.add(new Report.TrackReport(header, t.track().estimate()));
              }
              if (f.newImpact()) {
                out.add(new Report.ImpactReport(header, t.impact()));
              }
            });
    return out;
  }

  /** Offers a report to each partner; returns it as told when every partner was told. */
  private Optional<Report> offer(
      Report report, Surveillance.Finding f, UtcTime now, List<Effect> out) {
    InForce terms = inForce;
    if (terms == null) {
      return Optional.empty();
    }
    ReleaseContext context =
        new ReleaseContext(
            f.launch(),
            f.impactTime(),
            f.ended(),
            f.track().map(t -> t.track().estimate().status()));
    Optional<Report> told = Optional.empty();
    boolean toAll = true;
    for (Nation partner : exchange.partners()) {
      ReleaseDecision decision = terms.releaser().decide(report, context, partner, now);
      TrackId track = report.header().track();
      switch (decision) {
        case ReleaseDecision.Release r -> {
          told = Optional.of(r.released().value());
          toAll &= release(r, report, partner, now, out);
        }
        case ReleaseDecision.Withhold w -> {
          toAll = false;
          out.add(
              new Effect.DecisionRecorded(
                  now,
                  partner,
                  track,
                  report.dataClass(),
                  false,
                  w.rule(),
                  w.clause(),
                  w.reason()));
        }
      }
    }
    return toAll ? told : Optional.empty();
  }

  /**
   * Numbers a released report; one that finds no room in the outbox is withheld, and said so.
   * Returns whether it is on its way.
   */
  private boolean release(
      ReleaseDecision.Release r, Report report, Nation partner, UtcTime now, List<Effect> out) {
    Effect appended = null;
    String reason = "";
    try {
      appended = exchange.enqueue(partner, r.released());
    } catch (OutboxFullException e) {
      reason = String.valueOf(e.getMessage());
    }
    TrackId track = report.header().track();
    out.add(
        new Effect.DecisionRecorded(
            now,
            partner,
            track,
            report.dataClass(),
            appended != null,
            r.rule(),
            r.clause(),
            reason));
    if (appended != null) {
      out.add(appended);
    } else {
      out.add(
          new Effect.NoticeRaised(
              Effect.NoticeKind.OUTBOX_FULL,
              report.dataClass() + " of " + track + " withheld: " + reason));
    }
    return appended != null;
  }

  private void onLink(Exchange.Outcome outcome, UtcTime now, List<Effect> out) {
    for (Exchange.Delivered d : outcome.delivered()) {
      for (int i = 0; i < d.records().size(); i++) {
        takeRecord(d.partner(), d.firstSeq() + i, d.records().get(i), now, out);
      }
      out.add(new Effect.RecordsTaken(d.partner(), d.firstSeq(), d.records().size(), d.sentAtNs()));
    }
    out.addAll(outcome.effects());
  }

  /** Judges one record of a partner; only what the agreement permits enters the picture. */
  private void takeRecord(Nation partner, long seq, byte[] record, UtcTime now, List<Effect> out) {
    String problem;
    try {
      Report report = codec.decode(record);
      InForce terms = inForce;
      if (terms == null) {
        problem = "no agreement in force";
      } else {
        switch (terms.inbound().check(report, partner, now, contextOf(report))) {
          case InboundDecision.Accept a -> {
            combined.take(report);
            common.take(report);
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
              w.areas(c.impact(), c.path()));
      out.add(new Effect.PictureChanged(p));
      w.onPicture(p, now).forEach(a -> out.add(new Effect.AlertRaised(a)));
    }
    withdraw(Picture.View.COMBINED, drawing, now, out);
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
              List.of());
      out.add(new Effect.PictureChanged(p));
    }
    withdraw(Picture.View.COMMON, drawing, now, out);
  }

  private static void withdraw(
      Picture.View view, CombinedPicture.Drawing drawing, UtcTime now, List<Effect> out) {
    for (CombinedPicture.Withdrawal w : drawing.withdrawn()) {
      out.add(new Effect.PictureChanged(Picture.withdrawal(view, w.event(), now, w.partOf())));
    }
  }
}
