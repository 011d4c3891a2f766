package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import parallax.link.Frame;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.link.LinkHealth;
import parallax.link.Verifier;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.signing.VerificationKey;
import parallax.warning.AlertAction;
import parallax.warning.AlertBookState;
import parallax.warning.AreaCatalogue;

/**
 * A nation's node without its sockets, clocks and files: inputs in, effects out. Not for use by
 * several threads at once. Each input goes to the part whose job it is.
 *
 * <p>Plots and frames are taken in and what is new is released at once; it leaves at the next
 * {@link Input.Flush}, everything since the last one under one signature. Pictures, predictions of
 * the combined track, areas and alerts, which cost more, are drawn at the next {@link Input.Tick},
 * so that no partner waits for them.
 *
 * <p>What waits for a delay, its turn or a person is looked at on a {@link Input.Tick} alone.
 * Otherwise a partner could tell, by the moment at which it is told something, that there was
 * another input.
 */
public final class Engine {
  /**
   * The version of the engine's behaviour. It rises with every change by which the same inputs give
   * other effects, so that a replay knows whether it may decide anew what is stored as decided.
   */
  public static final int BEHAVIOUR = 1;

  private final Faults faults;
  private final Feeds feeds;
  private final Knowledge knowledge;
  private final Streams streams;
  private final Releases releases;
  private final CurrentTerms terms;
  private final OwnTracks own;
  private final PartnerRecords partners;
  private final Orders orders;
  private final Pictures pictures;
  private final ConfigurationChange configuring;
  private final ClockCorrection clock;
  private final QuietRule quietRule;
  private boolean quiet;

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
    this(EngineState.empty(), keyring, codec, catalogue, links, verifier);
  }

  private Engine(
      EngineState state,
      Keyring keyring,
      ReportCodec codec,
      AreaCatalogue catalogue,
      LinkConfig links,
      Verifier verifier) {
    faults = new Faults(state.faults());
    feeds = new Feeds(state.feeds());
    knowledge = new Knowledge(state.knowledge());
    streams = new Streams(state.streams(), codec, keyring, links, verifier, faults);
    releases = new Releases(state.releases(), streams, faults);
    terms = new CurrentTerms(state.terms(), streams);
    own = new OwnTracks(state.own(), terms, knowledge, releases, faults);
    partners = new PartnerRecords(terms, knowledge, codec, faults);
    orders = new Orders(terms, own, knowledge, releases, streams, faults);
    pictures = new Pictures(state, terms, own, knowledge, faults, catalogue);
    configuring = new ConfigurationChange(terms, own, pictures, streams, faults);
    clock = new ClockCorrection(terms, own, knowledge, releases, pictures, streams, configuring);
    quietRule = new QuietRule(own, knowledge, releases, pictures, streams, faults);
  }

  /**
   * An engine that goes on exactly as the one that a state was taken from. Who sees what is about
   * to be decided ({@link #showOffers}) is no part of the state.
   *
   * @param state all that the other one remembered
   * @param keyring signs streams and receipts, with the nation's keys of the node's channel
   * @param codec the wire format of records
   * @param catalogue administrative areas
   * @param links times and limits of its links
   * @param verifier verifies the signatures on its links
   * @throws parallax.release.AgreementException when the agreement that was in force cannot be put
   *     in force
   * @throws parallax.release.MalformedFileException when the agreement or the policy cannot be read
   * @throws parallax.model.InvalidValueException when the parts of the state do not fit each other
   */
  public static Engine restored(
      EngineState state,
      Keyring keyring,
      ReportCodec codec,
      AreaCatalogue catalogue,
      LinkConfig links,
      Verifier verifier) {
    return new Engine(state, keyring, codec, catalogue, links, verifier);
  }

  /** All that it remembers; cheap to take, and never changed by what follows. */
  public EngineState state() {
    return new EngineState(
        terms.state(),
        feeds.state(),
        faults.state(),
        own.state(),
        knowledge.state(),
        releases.state(),
        streams.state(),
        pictures.doubted(),
        pictures.alerts());
  }

  /** How the streams to and from each partner are. */
  public List<LinkHealth> health() {
    return streams.health();
  }

  /** Why nothing is shared with any partner; empty when an agreement and a policy are in force. */
  public Optional<String> sharesNothingBecause() {
    return terms.sharesNothingBecause();
  }

  /** What waits for one of the nation's people to release it, oldest first. */
  public List<HeldReport> held() {
    return releases.held();
  }

  /** The newest recalls, corrections and changes of label, and what each partner made of them. */
  public List<NoticeProgress> notices() {
    return releases.notices();
  }

  /** The key that this nation's streams are signed with, once the engine is configured. */
  public VerificationKey streamKey() {
    return terms.keys().own();
  }

  /** What the engine goes by: the newest configuration it took; empty before the first. */
  public Optional<NodeConfiguration> configuration() {
    return terms.configuration();
  }

  /**
   * The policy that the newest {@link Input.Configured} brought; another than that of {@link
   * #configuration} when an order put another in its place since. Empty before the first.
   */
  public Optional<String> configuredPolicy() {
    return terms.configuredPolicy();
  }

  /**
   * How long the newest agreement that was in force lets a receiver keep; empty before the first.
   */
  public Optional<RetentionClause> retention() {
    return terms.retention();
  }

  /** The number of the last report of each feed that was taken in. */
  public SortedMap<String, Long> feeds() {
    return feeds.state();
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
    own.showOffers(to);
  }

  /**
   * Uses a numbered report of a feed if it is the next one. It is acknowledged last, so that a feed
   * whose last report is acknowledged has heard of every one that was not used.
   */
  private void take(String feed, long seq, List<Effect> out, Runnable use) {
    List<Effect> answer = new ArrayList<>();
    if (feeds.take(feed, seq, answer)) {
      use.run();
    }
    out.addAll(answer);
  }

  /**
   * Whether nothing lasting came of the input that was stepped last. It may stay out of the journal
   * if {@link #quietSoFar}, with its stamp, stands there before the next one that may not.
   */
  public boolean wasQuiet() {
    return quiet;
  }

  /** What inputs that may stay out of the journal have left behind so far. */
  public Input.Quiet quietSoFar() {
    return new Input.Quiet(own.tickedNs(), streams.pulses());
  }

  /** What follows from one input. */
  public List<Effect> step(Input.Stamped stamped) {
    List<Effect> out = new ArrayList<>();
    quiet = false;
    quietRule.before(stamped);
    step(stamped, out);
    quiet = quietRule.after(out);
    return out;
  }

  private void step(Input.Stamped stamped, List<Effect> out) {
    UtcTime now = stamped.time();
    long wallNs = stamped.wallNs();
    switch (stamped.input()) {
      case Input.Configured c -> configuring.to(c.configuration(), stamped, out);
      case Input.PlotReceived p -> take(p.feed(), p.seq(), out, () -> own.onPlot(p, now, out));
      case Input.PlotRefused p ->
          take(
              p.feed(),
              p.seq(),
              out,
              () -> {
                String what = "feed " + p.feed() + " " + p.seq() + ": " + p.reason();
                out.add(new Effect.PlotNotUsed(p.feed(), p.seq(), p.reason()));
                out.add(notice(Effect.NoticeKind.PLOT_REFUSED, what));
              });
      case Input.TrackFiled f -> take(f.feed(), f.seq(), out, () -> own.onFiled(f, now, out));
      case Input.LinkChanged c -> onLink(streams.onLinkChanged(c, wallNs), stamped, out);
      case Input.FrameReceived f -> onLink(streams.onFrame(f, wallNs), stamped, out);
      case Input.FrameRefused f -> onLink(streams.onFrameRefused(f, wallNs), stamped, out);
      case Input.Ordered o -> orders.onOrder(o, stamped, out);
      case Input.CheckpointJudged c -> onCheckpoint(c, out);
      case Input.RecordsDeleted d -> forget(d, now, wallNs, out);
      case Input.ClockCorrected c -> clock.corrected(c, stamped, out);
      case Input.Flush f -> streams.flush(wallNs, out);
      case Input.Tick t -> onTick(now, wallNs, out);
      case Input.Quiet q -> {
        own.goOnTo(q.tickedNs(), out);
        streams.take(q.pulses());
      }
    }
  }

  /**
   * The same in a replay of what was decided by another version, or differently: what followed from
   * the input stays as it is stored. What this engine would tell, decide or warn of is dropped, and
   * what is stored is taken over in its place.
   *
   * @param facts the effects that are stored with the input
   * @return these, and the pictures as this engine draws them
   */
  public List<Effect> follow(Input.Stamped stamped, List<Effect> facts) {
    Optional<AlertBookState> alerts = pictures.alerts();
    List<Effect> effects;
    streams.follow(true);
    try {
      effects = step(stamped);
    } finally {
      streams.follow(false);
    }
    pictures.follow(alerts, alertsOf(effects), alertsOf(facts));
    takeOver(facts);
    List<Effect> out = new ArrayList<>(facts);
    effects.stream().filter(e -> e instanceof Effect.PictureChanged).forEach(out::add);
    return out;
  }

  /**
   * Takes over what followed from an input that this engine cannot digest, without the input.
   *
   * @param facts the effects that are stored with it
   */
  public void adopt(List<Effect> facts) {
    pictures.follow(pictures.alerts(), List.of(), alertsOf(facts));
    takeOver(facts);
  }

  private void takeOver(List<Effect> facts) {
    for (Effect e : facts) {
      if (e instanceof Effect.OutboxAppended o) {
        releases.adopt(o);
      } else if (e instanceof Effect.CursorMoved c) {
        streams.adopt(c);
      } else if (e instanceof Effect.PlotsAcknowledged p) {
        feeds.adopt(p.feed(), p.seq());
      }
    }
  }

  private static List<AlertAction> alertsOf(List<Effect> effects) {
    List<AlertAction> out = new ArrayList<>();
    for (Effect e : effects) {
      if (e instanceof Effect.AlertRaised a) {
        out.add(a.action());
      }
    }
    return out;
  }

  private static Effect notice(Effect.NoticeKind kind, String detail) {
    return new Effect.NoticeRaised(kind, detail);
  }

  /** Nothing that is told or drawn depends on it: the nation's people decide what follows. */
  private static void onCheckpoint(Input.CheckpointJudged c, List<Effect> out) {
    if (!c.good()) {
      out.add(
          notice(
              Effect.NoticeKind.PARTNER_LOG,
              "log of " + c.partner() + ": " + c.verdict() + ": " + c.detail()));
    }
  }

  private void onLink(Streams.Outcome outcome, Input.Stamped stamped, List<Effect> out) {
    for (Streams.Delivered d : outcome.delivered()) {
      List<Frame.SetAside.Item> notUsed = partners.take(d, stamped, out);
      // Before the receipt that covers them.
      out.addAll(streams.setAside(d.stream(), notUsed, stamped.wallNs()));
    }
    out.addAll(outcome.effects());
    releases.settleNotices(terms.releaser(), stamped.time(), out);
  }

  /** When the oldest came of what partners told and is remembered; empty when there is none. */
  public Optional<UtcTime> oldestOfPartners() {
    return knowledge.oldestOfPartners();
  }

  /**
   * Forgets what rests on what partners told before a moment. The nation's own stays, its alerts
   * too. Pictures are drawn at once, so that none is left that shows what is forgotten, but for a
   * launch that was drawn less than a period ago.
   */
  private void forget(Input.RecordsDeleted d, UtcTime now, long wallNs, List<Effect> out) {
    out.add(
        notice(
            Effect.NoticeKind.RECORDS_DELETED,
            (d.records() > 0
                    ? d.records() + " records of partners were"
                    : "what partners told before " + new UtcTime(d.untilWallNs()) + " is")
                + " deleted under "
                + d.clause()));
    if (terms.configuration().isEmpty()) {
      return; // nothing was taken in yet
    }
    knowledge.forgetBefore(terms.nation(), d.untilWallNs(), wallNs);
    streams.forgetBefore(d.untilWallNs(), wallNs);
    faults.forget();
    pictures.onTick(now, wallNs, out);
    pictures.forgetUnknown();
  }

  private void onTick(UtcTime now, long wallNs, List<Effect> out) {
    releases.tellDue(terms.releaser(), now, out);
    own.onTick(now, out);
    pictures.onTick(now, wallNs, out);
    streams.onTick(wallNs, out);
  }
}
