package parallax.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import parallax.engine.EngineState;
import parallax.engine.HeldReport;
import parallax.engine.KnowledgeState;
import parallax.engine.KnownTrack;
import parallax.engine.NodeConfiguration;
import parallax.engine.NoticeProgress;
import parallax.engine.OwnTrack;
import parallax.engine.OwnTracksState;
import parallax.engine.ReleasesState;
import parallax.engine.StreamsState;
import parallax.engine.TermsState;
import parallax.engine.TracksState;
import parallax.link.InboundState;
import parallax.link.InboundStream;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.Outgoing;
import parallax.link.RelayState;
import parallax.link.RelayStream;
import parallax.link.StreamId;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Channel;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.Report;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.Agreement;
import parallax.release.ReleaseContext;
import parallax.signing.VerificationKey;
import parallax.tracking.NationalTracker;
import parallax.tracking.ReportedTrack;
import parallax.tracking.SensorRegistry;
import parallax.tracking.TrackerSettings;
import parallax.warning.Alert;
import parallax.warning.AlertBookState;
import parallax.warning.AlertReference;
import parallax.warning.AreaAtRisk;
import parallax.warning.Evidence;

/** States of engines with a little of everything in them, from one seed. */
final class MadeState {
  private final Made made;
  private final NodeConfiguration configuration;
  private final List<VerificationKey> someKeys = new ArrayList<>();

  MadeState(long seed) {
    made = new Made(seed);
    configuration = made.configuration();
    for (int i = 0; i < 4; i++) {
      someKeys.add(made.key());
    }
  }

  private <E> List<E> some(Supplier<E> one) {
    List<E> out = new ArrayList<>();
    for (int n = made.random().nextInt(1, 4); n > 0; n--) {
      out.add(one.get());
    }
    return out;
  }

  private <E> Optional<E> maybe(Supplier<E> one) {
    return made.random().nextInt(4) == 0 ? Optional.empty() : Optional.of(one.get());
  }

  private Nation nation() {
    return made.one(List.of(Nation.JPN, Nation.KOR, Nation.USA));
  }

  private <E> SortedMap<Nation, E> byNation(Supplier<E> one) {
    SortedMap<Nation, E> out = new TreeMap<>();
    some(this::nation).forEach(n -> out.put(n, one.get()));
    return out;
  }

  private <E> SortedMap<TrackId, E> byTrack(Supplier<E> one) {
    SortedMap<TrackId, E> out = new TreeMap<>();
    some(made::track).forEach(t -> out.put(t, one.get()));
    return out;
  }

  private <V> TracksState<V> tracks(Supplier<V> one) {
    SortedMap<Nation, TracksState.Of<V>> out = new TreeMap<>();
    for (Nation n : some(this::nation)) {
      List<TrackId> ids =
          some(() -> new TrackId(n, made.random().nextLong(1, Long.MAX_VALUE))).stream()
              .distinct()
              .toList();
      out.put(n, new TracksState.Of<>(ids, ids.stream().map(t -> one.get()).toList()));
    }
    return new TracksState<>(out);
  }

  private SortedSet<TrackId> trackSet() {
    return new TreeSet<>(some(made::track));
  }

  private Set<Report.DataClass> classes() {
    return Collections.unmodifiableSet(
        EnumSet.copyOf(some(() -> made.one(Report.DataClass.values()))));
  }

  private SortedMap<Report.DataClass, UtcTime> moments() {
    SortedMap<Report.DataClass, UtcTime> out = new TreeMap<>();
    classes().forEach(c -> out.put(c, made.time()));
    return out;
  }

  private SortedMap<Report.DataClass, Report> reports() {
    SortedMap<Report.DataClass, Report> out = new TreeMap<>();
    some(made::report).forEach(r -> out.put(r.dataClass(), r));
    return out;
  }

  private SortedSet<VerificationKey> keys() {
    return new TreeSet<>(some(() -> made.one(someKeys)));
  }

  private ReportedTrack reported() {
    return new ReportedTrack(
        made.track(), maybe(made::launch), maybe(made::estimate), maybe(made::impact));
  }

  private KnownTrack known() {
    SortedMap<Report.DataClass, KnownTrack.Handling> handling = new TreeMap<>();
    classes()
        .forEach(
            c ->
                handling.put(
                    c,
                    new KnownTrack.Handling(
                        made.label(nation()),
                        made.random().nextBoolean()
                            ? OptionalLong.empty()
                            : OptionalLong.of(made.random().nextLong()))));
    return new KnownTrack(reported(), handling);
  }

  private ReleaseContext context() {
    Optional<TrackEstimate> estimate = maybe(made::estimate);
    return new ReleaseContext(
        maybe(made::launch),
        maybe(made::time),
        made.random().nextBoolean(),
        estimate.map(TrackEstimate::status),
        estimate);
  }

  /** A state; two from one seed are equal. */
  EngineState state() {
    return new EngineState(
        terms(),
        new TreeMap<>(java.util.Map.of("feed", 7L, "フィード", 9L)),
        some(() -> new EngineState.ToldFault("part " + made.random().nextInt(), "reason")),
        own(),
        new KnowledgeState(drawings(), drawings()),
        releases(),
        streams(),
        tracks(() -> "it cannot be true"),
        Optional.of(alerts()));
  }

  private TermsState terms() {
    return new TermsState(
        Optional.of(configuration),
        Optional.of("policy"),
        Optional.of(made.time()),
        Optional.of(configuration.agreement()),
        "nothing is wrong",
        List.of("policy", "other policy"),
        Optional.of(made.one(someKeys)),
        byNation(this::keys));
  }

  private OwnTracksState own() {
    return new OwnTracksState(
        new OwnTracksState.Numbers(List.of(new int[] {5, 3, 1 << 30}, new int[] {8}), 1),
        tracks(
            () ->
                new OwnTrack(
                    reported(),
                    some(
                        () ->
                            new PathPoint(
                                made.time(), made.place(), made.random().nextDouble(1, 9))),
                    classes())),
        tracks(this::reports),
        tracks(() -> made.label(nation())),
        trackSet(),
        Optional.of(
            new OwnTracksState.Watching(
                configuration.sensors(),
                new NationalTracker(
                        Nation.KOR, new SensorRegistry(List.of()), TrackerSettings.defaults())
                    .state(),
                tracks(made::track),
                tracks(this::reported),
                tracks(this::reported))));
  }

  private KnowledgeState.Drawings drawings() {
    return new KnowledgeState.Drawings(
        new KnowledgeState.Tracks(
            tracks(this::known),
            tracks(this::reports),
            tracks(this::moments),
            tracks(() -> new KnowledgeState.Relabelled(made.label(nation()), made.time())),
            tracks(this::moments)),
        new KnowledgeState.Names(tracks(made::time), tracks(made::track)),
        trackSet(),
        byTrack(this::drawing),
        byTrack(this::drawing),
        trackSet(),
        true);
  }

  private KnowledgeState.Drawing drawing() {
    return new KnowledgeState.Drawing(
        made.time(), made.random().nextLong(), some(this::known), true, true);
  }

  private ReleasesState releases() {
    return new ReleasesState(
        some(this::pending),
        9,
        made.random().nextLong(),
        byNation(() -> tracks(this::moments)),
        byNation(() -> some(() -> new ReleasesState.Missed(made.report(), context()))),
        some(() -> new ReleasesState.Unconfirmed(nation(), 3, notice())),
        some(
            () ->
                new NoticeProgress(
                    nation(), made.track(), 4, made.one(NoticeProgress.State.values()), "why")),
        new ReleasesState.TakenBack(tracks(() -> true), tracks(this::moments)),
        byNation(() -> tracks(made::impact)),
        byNation(() -> tracks(this::classes)));
  }

  private Report.Notice notice() {
    while (true) {
      if (made.report() instanceof Report.Notice n) {
        return n;
      }
    }
  }

  private ReleasesState.Pending pending() {
    long id = made.random().nextLong(1, 1_000_000);
    Nation partner = nation();
    Report report = made.report();
    ReleaseContext context = context();
    UtcTime at = made.time();
    Optional<HeldReport> held =
        maybe(
            () ->
                new HeldReport(
                    id,
                    partner,
                    report,
                    "rule",
                    at,
                    true,
                    new TreeSet<>(List.of("kim", "sato")),
                    made.time(),
                    context.launch().map(LaunchPointEstimate::point),
                    context.impactTime()));
    return new ReleasesState.Pending(
        id,
        held.isPresent() ? ReleasesState.For.PERSON : ReleasesState.For.TURN,
        partner,
        report,
        context,
        "rule",
        "clause",
        at,
        held);
  }

  private StreamsState streams() {
    StreamId stream = LinkFixtures.TERMS.stream();
    SortedMap<Lane, InboundState> in = new TreeMap<>();
    for (Lane lane : Lane.values()) {
      in.put(
          lane,
          new InboundStream(
                  LinkFixtures.TERMS,
                  keys(),
                  new Keyring(List.of(LinkFixtures.JPN_EXERCISE)),
                  LinkFixtures.JPN_EXERCISE.key(),
                  LinkConfig.standard())
              .state());
    }
    Outgoing out =
        new Outgoing(
            LinkFixtures.TERMS,
            new Keyring(List.of(LinkFixtures.KOR_EXERCISE)),
            LinkFixtures.KOR_EXERCISE.key(),
            keys(),
            r -> new byte[0],
            LinkConfig.standard());
    SortedMap<StreamId, RelayState> relays = new TreeMap<>();
    relays.put(stream, new RelayStream(LinkFixtures.TERMS, keys(), r -> Optional.empty()).state());
    return new StreamsState(
        new TreeMap<>(java.util.Map.of(Nation.KOR, new StreamsState.Pair(out.state(), in))),
        relays,
        new TreeSet<>(some(this::nation)),
        byNation(this::keys),
        byNation(() -> made.one(someKeys)),
        new StreamsState.Keys(byNation(() -> List.copyOf(keys())), byNation(this::keys)),
        new TreeMap<>(java.util.Map.of(stream, List.of(new StreamsState.Came(7, 8)))),
        Optional.of(
            new StreamsState.Opened(
                Nation.JPN,
                Channel.EXERCISE,
                new Agreement.OnwardRelease(new TreeSet<>(List.of(Nation.USA))))));
  }

  AlertBookState alerts() {
    SortedMap<String, AlertBookState.OfEvent> warnings = new TreeMap<>();
    for (String event : List.of("JPN-1", "KOR-7")) {
      SortedMap<String, AlertBookState.History> histories = new TreeMap<>();
      for (String code : List.of("JP-01", "JP-02")) {
        histories.put(
            code, new AlertBookState.History(risk(code), 3, made.time(), 2, made.time(), true));
      }
      warnings.put(
          event,
          new AlertBookState.OfEvent(
              histories,
              some(this::reference),
              Optional.of(
                  new AlertBookState.Standing(
                      "parallax-1",
                      made.one(Alert.MessageType.values()),
                      made.time(),
                      List.of(risk("JP-01")),
                      some(this::reference),
                      new Evidence(some(made::track)))),
              4,
              true,
              true,
              made.time(),
              new UtcTime(Long.MIN_VALUE),
              -5));
    }
    return new AlertBookState(warnings, new TreeSet<>(List.of("KOR-7")));
  }

  private AlertReference reference() {
    return new AlertReference(nation(), "parallax-0", made.time());
  }

  private AlertBookState.Risk risk(String code) {
    return new AlertBookState.Risk(
        code,
        made.one(AreaAtRisk.Kind.values()),
        made.random().nextDouble(),
        made.time(),
        made.time());
  }
}
