package parallax.formats;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeSet;
import parallax.engine.Input;
import parallax.link.Digest;
import parallax.link.Frame;
import parallax.link.ViolationCode;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Report;
import parallax.model.SensorId;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;

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
        t.plusSeconds(-random.nextDouble(0, 100)));
  }

  ImpactPointPrediction impact() {
    return switch (random.nextInt(3)) {
      case 0 ->
          new ImpactPointPrediction.Predicted(
              time(), place(), covariance(2), time(), random.nextDouble(0.1, 30));
      case 1 -> new ImpactPointPrediction.CannotTellYet(time(), "the motor burns; 燃焼中 연소 중");
      default -> new ImpactPointPrediction.NoImpactExpected(time());
    };
  }

  Report report() {
    Nation originator = one(NATIONS);
    TreeSet<Nation> to = new TreeSet<>(List.of(originator, one(NATIONS)));
    Report.Header header =
        new Report.Header(
            new TrackId(originator, random.nextLong(1, Long.MAX_VALUE)),
            one(Channel.values()),
            time(),
            new ConfidentialityLabel(
                "PARALLAX",
                one(ConfidentialityLabel.Classification.values()),
                to,
                random.nextBoolean() ? List.of() : List.of("ORCON", "EXERCISE"),
                time()));
    return switch (random.nextInt(3)) {
      case 0 -> new Report.LaunchReport(header, launch());
      case 1 -> new Report.TrackReport(header, estimate());
      default -> new Report.ImpactReport(header, impact());
    };
  }

  Frame frame() {
    return switch (random.nextInt(6)) {
      case 0 ->
          new Frame.Hello(
              random.nextInt(0, 1000),
              Nation.KOR,
              Nation.JPN,
              one(Channel.values()),
              Digest.of(bytes(32)),
              random.nextLong());
      case 1 -> new Frame.Welcome(random.nextLong(1, Long.MAX_VALUE), Digest.of(bytes(32)));
      case 2 -> {
        List<byte[]> records = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
          records.add(bytes(random.nextInt(0, 400)));
        }
        yield new Frame.Batch(
            random.nextLong(1, 1L << 60), records, Digest.of(bytes(32)), bytes(64), 5);
      }
      case 3 -> new Frame.Ack(random.nextLong(1, Long.MAX_VALUE), random.nextLong());
      case 4 ->
          new Frame.Heartbeat(
              random.nextLong(0, Long.MAX_VALUE), random.nextLong(), random.nextLong());
      default -> new Frame.Refusal(one(ViolationCode.values()), "batch begins at 7; expected 5");
    };
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
    Input.Direction direction = one(Input.Direction.values());
    Input input =
        switch (random.nextInt(6)) {
          case 0 -> new Input.PlotReceived("feed", random.nextLong(1, 1L << 60), plot());
          case 1 -> new Input.PlotRefused("feed", 7, "range (m) is NaN; expected more");
          case 2 -> new Input.LinkChanged(one(NATIONS), direction, random.nextBoolean());
          case 3 -> new Input.FrameReceived(one(NATIONS), direction, frame());
          case 4 -> new Input.FrameRefused(one(NATIONS), direction, "no frame");
          default -> new Input.Tick();
        };
    return new Input.Stamped(time(), random.nextLong(), input);
  }
}
