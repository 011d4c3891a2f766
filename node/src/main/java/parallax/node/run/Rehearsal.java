package parallax.node.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.LaunchTable;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.SensorTable;
import parallax.formats.EventCodec;
import parallax.formats.FrameCodec;
import parallax.formats.InputCodec;
import parallax.formats.ProtoReportCodec;
import parallax.formats.cap.CapWriter;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.DefaultFiles;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;
import parallax.warning.AreaCatalogue;

/**
 * Flies a launch past two throw-away engines before a new node opens its ports, so that the first
 * real launch finds compiled code: it saves its first partner some hundred milliseconds. Everything
 * is made up, with keys of its own on channel TEST, and forgotten; nothing of it touches the node.
 */
final class Rehearsal {
  private static final String LAUNCH = "L44";
  private static final double LAST_S = 230;
  private static final List<Nation> PARTIES = List.of(Nation.JPN, Nation.KOR, Nation.USA);

  private final AreaCatalogue areas;
  private final SortedMap<Nation, Engine> engines = new TreeMap<>();
  private final Deque<Sent> wire = new ArrayDeque<>();
  private long wallNs = 1_000_000_000L;

  private record Sent(Nation from, Effect.SendFrame frame) {}

  private Rehearsal(AreaCatalogue areas) {
    this.areas = areas;
  }

  /** Rehearses. */
  static void run(AreaCatalogue areas) {
    for (PublishedLaunch launch : LaunchTable.bundled().launches()) {
      if (launch.id().equals(LAUNCH) && FlightPlanner.plan(launch) instanceof FlightPlan.Flown f) {
        new Rehearsal(areas).fly(f.flight());
      }
    }
  }

  private void fly(Flight flight) {
    List<Sensor> sensors = SensorTable.bundled().sensors();
    UtcTime start = flight.launchTime();
    engines.put(Nation.JPN, engine(Nation.JPN));
    engines.put(Nation.USA, engine(Nation.USA));
    engines.forEach((n, e) -> step(n, start, new Input.Configured(configuration(n, sensors))));
    connect(Nation.JPN, Nation.USA, start);
    connect(Nation.USA, Nation.JPN, start);
    SortedMap<Nation, Long> seq = new TreeMap<>();
    double next = 0;
    for (Plot p : PlotGenerator.plots(flight, sensors, 1)) {
      double t = p.timeOfValidity().secondsSince(start);
      if (t > LAST_S) {
        break;
      }
      Nation n = p.sensor().owner();
      if (engines.containsKey(n)) {
        step(
            n,
            p.timeOfValidity(),
            new Input.PlotReceived("rehearsal", seq.merge(n, 1L, Long::sum), p));
      }
      if (t >= next) {
        next = t + 1;
        settle(p.timeOfValidity());
      }
    }
  }

  private void settle(UtcTime now) {
    wallNs += 1_000_000_000L;
    for (Nation n : List.copyOf(engines.keySet())) {
      step(n, now, new Input.Flush());
      step(n, now, new Input.Tick());
    }
    while (!wire.isEmpty()) {
      Sent s = wire.removeFirst();
      Wire here = s.frame().wire();
      if (engines.containsKey(here.peer())) {
        step(
            here.peer(),
            now,
            new Input.FrameReceived(
                new Wire(s.from(), here.stream()),
                FrameCodec.decode(FrameCodec.encode(s.frame().frame()))));
      }
    }
  }

  private void connect(Nation from, Nation to, UtcTime now) {
    for (Lane lane : Lane.values()) {
      StreamId stream = new StreamId(from, to, lane);
      step(to, now, new Input.LinkChanged(new Wire(from, stream), true));
      step(from, now, new Input.LinkChanged(new Wire(to, stream), true));
    }
    settle(now);
  }

  private void step(Nation n, UtcTime now, Input input) {
    Engine engine = engines.get(n);
    if (engine == null) {
      return;
    }
    Input.Stamped in = InputCodec.decode(InputCodec.encode(new Input.Stamped(now, wallNs, input)));
    for (Effect e : engine.step(in)) {
      EventCodec.encode(1, now, wallNs, wallNs, e)
          .ifPresent(b -> EventCodec.decode(b, code -> areas.area(code).orElseThrow()));
      if (e instanceof Effect.SendFrame f) {
        wire.add(new Sent(n, f));
      } else if (e instanceof Effect.AlertRaised a) {
        CapWriter.write(a.action().alert());
      }
    }
  }

  private Engine engine(Nation n) {
    return new Engine(Keyring.of(key(n, 1)), new ProtoReportCodec(), areas);
  }

  private static SigningKey key(Nation n, int purpose) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) (16 * purpose + PARTIES.indexOf(n)));
    return SigningKey.fromSeed(seed);
  }

  private static NodeConfiguration configuration(Nation nation, List<Sensor> sensors) {
    byte[] agreement = DefaultFiles.agreement();
    List<AgreementSignature> signatures = new ArrayList<>();
    SortedMap<Nation, VerificationKey> agreementKeys = new TreeMap<>();
    SortedMap<Nation, VerificationKey> linkKeys = new TreeMap<>();
    for (Nation p : PARTIES) {
      signatures.add(
          AgreementSigning.sign(agreement, "rehearsal", p, key(p, 2), Set.of(Channel.TEST)));
      agreementKeys.put(p, key(p, 2).key());
      if (!p.equals(nation)) {
        linkKeys.put(p, key(p, 1).key());
      }
    }
    return new NodeConfiguration(
        nation,
        Channel.TEST,
        new SignedAgreement(agreement, "rehearsal", signatures),
        agreementKeys,
        key(nation, 1).key(),
        linkKeys,
        new String(DefaultFiles.policy(nation), java.nio.charset.StandardCharsets.UTF_8),
        sensors.stream().filter(s -> s.id().owner().equals(nation)).toList());
  }
}
