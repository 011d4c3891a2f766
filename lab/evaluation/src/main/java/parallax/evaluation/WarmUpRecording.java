package parallax.evaluation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.TrialParties;
import parallax.exercise.Flight;
import parallax.exercise.FlightPlan;
import parallax.exercise.FlightPlanner;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.FrameCodec;
import parallax.wire.InputCodec;
import parallax.wire.ProtoReportCodec;

/**
 * Makes the record that a node replays before it opens its ports (see the node's own {@code
 * WarmUp}): the inputs of one nation's engine while a published launch is flown past it and a
 * partner. All keys are made up and all of it is on channel TEST.
 *
 * <p>The record is a resource of module host, so that no node needs exercise code. It is made again
 * with {@code build/warm-up.sh} when inputs are written in a form that newer nodes cannot read.
 */
public final class WarmUpRecording {
  private static final String LAUNCH = "L39";
  private static final Nation RECORDED = Nation.JPN;
  private static final double LAST_S = 230;
  private static final List<Nation> PARTIES = List.of(Nation.JPN, Nation.KOR, Nation.USA);

  private final AreaCatalogue areas;
  private final SortedMap<Nation, Engine> engines = new TreeMap<>();
  private final Deque<Sent> wire = new ArrayDeque<>();
  private long wallNs = 1_000_000_000L;

  private final ByteArrayOutputStream record = new ByteArrayOutputStream();

  private record Sent(Nation from, Effect.SendFrame frame) {}

  private WarmUpRecording(AreaCatalogue areas) {
    this.areas = areas;
  }

  /** Makes the record: each input as its length in four bytes and its bytes, all of it gzipped. */
  public static byte[] make() {
    for (PublishedLaunch launch : LaunchTable.bundled().launches()) {
      if (launch.id().equals(LAUNCH) && FlightPlanner.plan(launch) instanceof FlightPlan.Flown f) {
        WarmUpRecording made = new WarmUpRecording(AreaCatalogue.bundled());
        made.fly(f.flight());
        return gzipped(made.record.toByteArray());
      }
    }
    throw new IllegalStateException(
        "launch " + LAUNCH + " is not in the table, or cannot be flown");
  }

  private static byte[] gzipped(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Writes the record to a file.
   *
   * @param args the file
   * @throws IOException when it cannot be written
   */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of(args[0]), make());
  }

  private void fly(Flight flight) {
    List<Sensor> sensors = NotionalSensors.table().sensors();
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
            new Input.PlotReceived("warm-up", seq.merge(n, 1L, Long::sum), p));
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
    byte[] bytes = InputCodec.encode(new Input.Stamped(now, wallNs, input));
    if (n.equals(RECORDED)) {
      record.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      record.writeBytes(bytes);
    }
    for (Effect e : engine.step(InputCodec.decode(bytes))) {
      if (e instanceof Effect.SendFrame f) {
        wire.add(new Sent(n, f));
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
    return new TrialParties(PARTIES, Channel.TEST, "warm-up", n -> key(n, 2), n -> key(n, 1))
        .configuration(
            nation, sensors.stream().filter(s -> s.id().owner().equals(nation)).toList());
  }
}
