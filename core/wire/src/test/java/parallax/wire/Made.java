package parallax.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.NoticeProgress;
import parallax.engine.Order;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.link.LinkState;
import parallax.link.Pulse;
import parallax.link.StreamId;
import parallax.link.ViolationCode;
import parallax.link.Wire;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchFailure;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Report;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.DefaultFiles;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/** Valid values of every kind from one seed. */
final class Made {
  private static final List<Nation> NATIONS = List.of(Nation.JPN, Nation.KOR, Nation.USA);
  private final SplittableRandom random;

  Made(long seed) {
    random = new SplittableRandom(seed);
  }

  SplittableRandom random() {
    return random;
  }

  <E> E one(List<E> values) {
    return values.get(random.nextInt(values.size()));
  }

  <E> E one(E[] values) {
    return one(List.of(values));
  }

  UtcTime time() {
    return new UtcTime(random.nextLong(1_400_000_000_000_000_000L, 2_000_000_000_000_000_000L));
  }

  Geodetic place() {
    return Geodetic.ofDegrees(
        random.nextDouble(-90, 90), random.nextDouble(-180, 180), random.nextDouble(-100, 1e6));
  }

  byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  /** A + A' A, made symmetric: positive definite. */
  Covariance covariance(int n) {
    double[] a = new double[n * n];
    for (int i = 0; i < a.length; i++) {
      a[i] = random.nextDouble(-100, 100);
    }
    double[] m = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double s = i == j ? 10 : 0;
        for (int k = 0; k < n; k++) {
          s += a[i * n + k] * a[j * n + k];
        }
        m[i * n + j] = s;
        m[j * n + i] = s;
      }
    }
    return Covariance.of(n, m);
  }

  LaunchPointEstimate launch() {
    return new LaunchPointEstimate(place(), covariance(2), time(), random.nextDouble(0.1, 30));
  }

  TrackEstimate estimate() {
    UtcTime t = time();
    return new TrackEstimate(
        new StateVector(
            t,
            Wgs84.toEcef(place()),
            new Vector3(
                random.nextDouble(-5e3, 5e3),
                random.nextDouble(-5e3, 5e3),
                random.nextDouble(-5e3, 5e3)),
            covariance(6)),
        one(FlightPhase.values()),
        one(TrackStatus.values()),
        one(ThreatClass.values()),
        t.plusSeconds(-random.nextDouble(0, 100)),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new LaunchFailure(
                    one(LaunchFailure.Kind.values()), random.nextDouble(0.8, 1), time())));
  }

  ImpactPointPrediction impact() {
    return prediction()
        .withDropAreas(IntStream.range(0, random.nextInt(3)).mapToObj(i -> drop()).toList());
  }

  private DropArea drop() {
    UtcTime separated = time();
    return new DropArea(
        separated,
        place(),
        covariance(2),
        separated.plusSeconds(random.nextDouble(10, 900)),
        random.nextDouble(0.1, 30));
  }

  private ImpactPointPrediction prediction() {
    return switch (random.nextInt(4)) {
      case 0 -> fan();
      case 3 ->
          new ImpactPointPrediction.Predicted(
              time(), place(), covariance(2), time(), random.nextDouble(0.1, 30));
      case 1 -> new ImpactPointPrediction.CannotTellYet(time(), "the motor burns; 燃焼中 연소 중");
      default -> new ImpactPointPrediction.NoImpactExpected(time());
    };
  }

  private ImpactPointPrediction fan() {
    UtcTime from = time();
    return new ImpactPointPrediction.ThreatFan(
        from,
        IntStream.range(0, random.nextInt(4))
            .mapToObj(
                i ->
                    new ImpactPointPrediction.Branch(
                        random.nextDouble(0.01, 0.2),
                        from.plusSeconds(5 * i),
                        place(),
                        covariance(2),
                        time(),
                        random.nextDouble(0.1, 30)))
            .toList(),
        random.nextDouble(0, 0.2));
  }

  ConfidentialityLabel label(Nation originator) {
    TreeSet<Nation> to = new TreeSet<>(List.of(originator, one(NATIONS)));
    return new ConfidentialityLabel(
        "PARALLAX",
        one(ConfidentialityLabel.Classification.values()),
        random.nextBoolean() ? new TreeSet<>() : to,
        to,
        random.nextBoolean() ? List.of() : List.of(Caveat.ORCON, new Caveat("EXERCISE")),
        time());
  }

  TrackId track() {
    return new TrackId(one(NATIONS), random.nextLong(1, Long.MAX_VALUE));
  }

  private Report.Header header(TrackId track, Channel channel) {
    return new Report.Header(track, channel, time(), label(track.originator()));
  }

  Report report() {
    TrackId track = track();
    Channel channel = one(Channel.values());
    Report.Header header = header(track, channel);
    return switch (random.nextInt(6)) {
      case 0 -> new Report.Recall(header, listedClass(), time(), one(Report.RecallReason.values()));
      case 1 -> new Report.Correction(header, saying(header(track, channel)));
      case 2 -> new Report.Relabel(header, label(track.originator()), time());
      default -> saying(header);
    };
  }

  private Optional<Report.DataClass> listedClass() {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(
            one(
                List.of(
                    Report.DataClass.LAUNCH_POINT,
                    Report.DataClass.FLIGHT_PATH,
                    Report.DataClass.IMPACT_POINT)));
  }

  /** A report that is no notice. */
  private Report saying(Report.Header header) {
    return switch (random.nextInt(3)) {
      case 0 -> new Report.LaunchReport(header, launch());
      case 1 -> new Report.TrackReport(header, estimate());
      default -> new Report.ImpactReport(header, impact());
    };
  }

  StreamId stream() {
    Nation originator = one(NATIONS);
    Nation recipient = one(NATIONS.stream().filter(n -> !n.equals(originator)).toList());
    return new StreamId(originator, recipient, one(Lane.values()));
  }

  Wire wire() {
    return new Wire(one(NATIONS), stream());
  }

  VerificationKey key() {
    return SigningKey.fromSeed(bytes(SigningKey.SEED_LENGTH)).key();
  }

  private Cursor cursor() {
    return new Cursor(random.nextLong(1, Long.MAX_VALUE), Digest.of(bytes(32)));
  }

  private Entry entry(long seq) {
    return switch (random.nextInt(5)) {
      case 0 -> new Entry.Folded(Digest.of(bytes(32)), seq + random.nextInt(1, 9));
      case 1 -> new Entry.NewKey(key());
      default -> new Entry.Whole(bytes(random.nextInt(0, 400)));
    };
  }

  Frame frame() {
    return switch (random.nextInt(9)) {
      case 0 -> {
        int oldest = random.nextInt(1, 1000);
        yield new Frame.Hello(
            oldest,
            oldest + random.nextInt(3),
            stream(),
            one(Channel.values()),
            Digest.of(bytes(32)),
            random.nextLong());
      }
      case 1 -> new Frame.Welcome(random.nextInt(1, 9), cursor(), bytes(64));
      case 2 -> {
        long first = random.nextLong(1, 1L << 60);
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
          entries.add(entry(first + entries.size()));
        }
        yield new Frame.Batch(first, entries, Digest.of(bytes(32)), bytes(64), 5);
      }
      case 3 ->
          new Frame.Ack(
              cursor(), bytes(64), random.nextLong(), random.nextLong(), random.nextBoolean());
      case 4 -> new Frame.Heartbeat(random.nextLong(0, Long.MAX_VALUE), random.nextLong());
      case 5 -> {
        long from = random.nextLong(1, 1L << 60);
        yield new Frame.Gap(
            from,
            from + random.nextInt(9),
            one(GapReason.values()),
            Digest.of(bytes(32)),
            bytes(64));
      }
      case 7 ->
          new Frame.SetAside(
              random.nextLong(2, 1L << 60),
              List.of(
                  new Frame.SetAside.Item(random.nextLong(1, 1L << 60), "scope.window: too late"),
                  new Frame.SetAside.Item((1L << 60) + 1, "")),
              bytes(64));
      case 6 -> new Frame.Suspension(random.nextBoolean(), "exercise is over");
      default -> new Frame.Refusal(one(ViolationCode.values()), "batch begins at 7; expected 5");
    };
  }

  Order order() {
    return switch (random.nextInt(13)) {
      case 0 -> new Order.Suspend(one(NATIONS), one(Order.Direction.values()), "演習 reason");
      case 1 -> {
        Order.Backfill b = one(Order.Backfill.values());
        yield new Order.Resume(
            one(NATIONS), b, b == Order.Backfill.SINCE ? Optional.of(time()) : Optional.empty());
      }
      case 2 -> new Order.Recall(track(), listedClass(), one(Report.RecallReason.values()));
      case 3 -> {
        TrackId t = track();
        yield new Order.Correct(saying(header(t, one(Channel.values()))));
      }
      case 4 -> {
        TrackId t = track();
        yield new Order.Relabel(t, label(t.originator()));
      }
      case 5 -> new Order.RotateKey(key());
      case 6 -> new Order.TrustKey(one(NATIONS), key());
      case 7 -> new Order.Decide(random.nextLong(1, 1L << 60), one(Order.Answer.values()));
      case 8 -> new Order.PutPolicy("name: \u00e9\n" + random.nextInt());
      case 9 -> new Order.RevertPolicy();
      case 10 -> new Order.StartOver(one(NATIONS), key());
      case 11 ->
          new Order.DecideAll(
              random.nextBoolean() ? Optional.of(track()) : Optional.empty(),
              random.nextBoolean() ? Optional.of(one(NATIONS)) : Optional.empty(),
              Optional.of("ask first"),
              one(Order.Answer.values()));
      default -> new Order.RevokeKey(one(NATIONS), key());
    };
  }

  FiledTrack filed() {
    boolean l = random.nextBoolean();
    boolean e = random.nextBoolean();
    return new FiledTrack(
        random.nextLong(1, 1_000_000_000_000L),
        l ? Optional.of(launch()) : Optional.empty(),
        e ? Optional.of(estimate()) : Optional.empty(),
        random.nextBoolean() || !(l || e) ? Optional.of(impact()) : Optional.empty());
  }

  LinkHealth health() {
    SortedMap<Nation, LinkHealth.PathHealth> paths = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      boolean measured = random.nextBoolean();
      paths.put(
          one(NATIONS),
          new LinkHealth.PathHealth(
              one(LinkState.values()),
              maybe(random.nextBoolean()),
              maybe(measured),
              maybe(measured)));
    }
    return new LinkHealth(
        stream(),
        paths,
        random.nextLong(0, Long.MAX_VALUE),
        random.nextLong(0, Long.MAX_VALUE),
        random.nextLong(0, Long.MAX_VALUE),
        random.nextBoolean(),
        random.nextBoolean(),
        new LinkHealth.Counts(1, 2, 3, 4, 5, 6, 7, 8, random.nextLong(0, Long.MAX_VALUE)),
        random.nextBoolean()
            ? LinkHealth.NotUsed.NONE
            : new LinkHealth.NotUsed(9, 7, "it is ahead of this node's clock"));
  }

  /** Zero is a measurement like any other. */
  private OptionalLong maybe(boolean there) {
    return there
        ? OptionalLong.of(random.nextBoolean() ? 0 : random.nextLong())
        : OptionalLong.empty();
  }

  OrderCodec.Answer answer() {
    List<LinkHealth> streams = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      streams.add(health());
    }
    PartnerLog log =
        new PartnerLog(
            one(NATIONS),
            "SAME",
            true,
            "parallax/KOR/TEST/heads/1",
            random.nextLong(1, 1L << 60),
            random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
            1,
            2,
            "");
    return new OrderCodec.Answer(
        random.nextBoolean(),
        "AUS is no partner",
        streams,
        List.of(),
        List.of(log),
        List.of(new FeedStatus("佐渡", random.nextLong(1L << 60), 3, "no such sensor")),
        List.of(
            new NoticeProgress(
                one(NATIONS), track(), 4, one(NoticeProgress.State.values()), "too late")),
        random.nextLong());
  }

  NodeConfiguration configuration() {
    SortedMap<Nation, VerificationKey> agreementKeys = new TreeMap<>();
    SortedMap<Nation, VerificationKey> linkKeys = new TreeMap<>();
    List<AgreementSignature> signatures = new ArrayList<>();
    byte[] agreement = DefaultFiles.agreement();
    for (Nation n : NATIONS) {
      SigningKey k = SigningKey.fromSeed(bytes(SigningKey.SEED_LENGTH));
      agreementKeys.put(n, k.key());
      linkKeys.put(n, key());
      signatures.add(AgreementSigning.sign(agreement, "agreement", n, k, Set.of(Channel.EXERCISE)));
    }
    return new NodeConfiguration(
        Nation.KOR,
        Channel.EXERCISE,
        new SignedAgreement(agreement, "agreement", signatures),
        agreementKeys,
        key(),
        linkKeys,
        "name: 政策",
        List.of(
            new Sensor.Radar(
                new SensorId(Nation.KOR, "radar"), place(), 1, 0.9, 3e6, 0, 50, 5e-4, 5e-4, 0),
            new Sensor.InfraredSatellite(
                new SensorId(Nation.KOR, "satellite"), place(), 1, 0.9, 5e-5)));
  }

  Plot plot() {
    SensorId sensor = new SensorId(one(NATIONS), "レーダー 1");
    if (random.nextBoolean()) {
      double[] v = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
      return new Plot.InfraredPlot(sensor, time(), new Vector3(v[0], v[1], v[2]).unit());
    }
    return new Plot.RadarPlot(
        sensor,
        time(),
        random.nextDouble(1, 1e7),
        random.nextDouble(0, 6),
        random.nextDouble(-1.5, 1.5),
        random.nextBoolean()
            ? OptionalDouble.empty()
            : OptionalDouble.of(random.nextDouble(-9e3, 9e3)));
  }

  Input.Stamped input() {
    Input input =
        switch (random.nextInt(11)) {
          case 0 -> new Input.PlotReceived("feed", random.nextLong(1, 1L << 60), plot());
          case 1 -> new Input.PlotRefused("feed", 7, "range (m) is NaN; expected more");
          case 2 -> new Input.LinkChanged(wire(), random.nextBoolean());
          case 3 -> new Input.FrameReceived(wire(), frame());
          case 4 -> new Input.FrameRefused(wire(), "no frame");
          case 5 -> new Input.TrackFiled("feed", random.nextLong(1, 1L << 60), filed());
          case 6 -> new Input.Ordered("オペレーター", order());
          case 7 -> new Input.Flush();
          case 9 ->
              new Input.RecordsDeleted(
                  "agreement, retentionDays 30",
                  random.nextLong(),
                  random.nextLong(1, 1L << 60),
                  random.nextLong(1, 1L << 60),
                  random.nextLong(1, 1L << 60));
          case 8 ->
              new Input.CheckpointJudged(
                  one(NATIONS),
                  "FORK",
                  random.nextBoolean(),
                  "parallax/KOR/TEST/heads/1",
                  random.nextLong(1, 1L << 60),
                  "two roots",
                  "ab".repeat(32));
          default -> new Input.Tick();
        };
    UtcTime time = time();
    long wallNs = random.nextLong();
    return new Input.Stamped(
        time,
        wallNs,
        switch (random.nextInt(20)) {
          case 0 -> new Input.ClockCorrected(time(), random.nextLong(), time, wallNs);
          case 1 ->
              new Input.Quiet(
                  random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
                  Stream.generate(this::pulse).limit(random.nextInt(4)).toList());
          default -> input;
        });
  }

  private Pulse pulse() {
    return new Pulse(
        wire(),
        random.nextLong(),
        perhaps(),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new Pulse.Sending(
                    random.nextLong(),
                    random.nextLong(1L << 60),
                    random.nextLong(1, 1L << 60),
                    perhaps(),
                    perhaps())));
  }

  private OptionalLong perhaps() {
    return random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong());
  }
}
