package parallax.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.TrialParties;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.Salvo;
import parallax.exercise.TruePlot;
import parallax.link.Frame;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.FrameCodec;
import parallax.wire.NodeEvent;
import parallax.wire.ProtoReportCodec;

/**
 * Three engines with real codecs, keys, agreement, policies and notional sensors, stepped through
 * the flights of one launch in virtual time: joined in memory, or each alone.
 */
public final class Fleet {
  /** Between two ticks, seconds. */
  static final double STEP_S = 0.2;

  private static final double BEFORE_S = 5;
  private static final double AFTER_S = 60;

  /** How long the links go on after the exercise clock has come to its end, seconds. */
  private static final double STILL_S = 5;

  private static final String AGREEMENT = "agreement.yaml";
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();

  /** What one node was given and gave. */
  record Recording(List<Input.Stamped> inputs, List<List<Effect>> effects) {}

  /**
   * One run.
   *
   * @param salvo the truth
   * @param boards what each nation knew
   * @param tallies how well each nation's combined picture knew its own uncertainty
   * @param recordings what went in and out of each engine; empty lists unless recorded
   * @param problems notices that must not come in a sound run
   */
  record Outcome(
      Salvo salvo,
      SortedMap<Nation, Scoreboard> boards,
      SortedMap<Nation, Consistency> tallies,
      SortedMap<Nation, Recording> recordings,
      SortedSet<String> problems) {
    Scoreboard board(Nation n) {
      return of(boards, n);
    }

    Recording recording(Nation n) {
      return of(recordings, n);
    }

    Consistency tally(Nation n) {
      return of(tallies, n);
    }
  }

  /**
   * How the engines are run.
   *
   * @param linked whether they are joined; else each is alone
   * @param delayS how long a frame is on its way, seconds
   * @param records whether what goes in and out is kept
   */
  record Mode(boolean linked, double delayS, boolean records) {
    /** Every nation alone. */
    static final Mode ALONE = new Mode(false, 0, false);

    /** All joined, 30 ms apart. */
    static final Mode SHARED = new Mode(true, 0.03, false);
  }

  private record Carried(UtcTime due, long order, Nation to, Input input) {}

  private final Salvo salvo;
  private final Mode mode;
  private final SortedMap<Nation, Engine> engines = new TreeMap<>();
  private final SortedMap<Nation, Scoreboard> boards = new TreeMap<>();
  private final SortedMap<Nation, Consistency> tallies = new TreeMap<>();
  private final SortedMap<Nation, Recording> recordings = new TreeMap<>();
  private final SortedSet<String> problems = new TreeSet<>();
  private final PriorityQueue<Carried> carried =
      new PriorityQueue<>(Comparator.comparing(Carried::due).thenComparingLong(Carried::order));
  private long order;

  private Fleet(Salvo salvo, Mode mode) {
    this.salvo = salvo;
    this.mode = mode;
    for (Nation n : ExerciseParties.NATIONS) {
      engines.put(n, engine(n));
      boards.put(n, new Scoreboard(n, salvo, AREAS));
      tallies.put(n, new Consistency(salvo));
      recordings.put(n, new Recording(new ArrayList<>(), new ArrayList<>()));
    }
  }

  /** An engine of a nation that knows nothing yet. */
  static Engine engine(Nation n) {
    return new Engine(Keyring.of(key(n, 1)), new ProtoReportCodec(), AREAS);
  }

  /** Steps the engines through what their sensors report of a launch. */
  static Outcome run(Salvo salvo, List<Plot> plots, Mode mode) {
    return new Fleet(salvo, mode).run(plots);
  }

  /** What the notional sensors report of a launch. */
  public static List<Plot> plots(Salvo salvo, long seed) {
    return PlotGenerator.plots(salvo.flights(), NotionalSensors.table().sensors(), salvo.seed(seed))
        .stream()
        .map(TruePlot::plot)
        .toList();
  }

  /** The launch through the weather of a seed. */
  public static Salvo onDay(Salvo salvo, long seed) {
    return salvo.onDay(salvo.seed(seed));
  }

  private static SigningKey key(Nation n, int purpose) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    byte[] name = n.code().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, seed, 0, name.length);
    seed[31] = (byte) purpose;
    return SigningKey.fromSeed(seed);
  }

  private static NodeConfiguration configuration(Nation n) {
    return new TrialParties(
            ExerciseParties.NATIONS,
            ExerciseParties.CHANNEL,
            AGREEMENT,
            p -> key(p, 2),
            p -> key(p, 1))
        .configuration(n, NotionalSensors.table().of(n));
  }

  private static <T> T of(SortedMap<Nation, T> map, Nation n) {
    T value = map.get(n);
    if (value == null) {
      throw new IllegalArgumentException(n + " takes no part");
    }
    return value;
  }

  private Outcome run(List<Plot> plots) {
    UtcTime start = salvo.launchTime().plusSeconds(-BEFORE_S);
    for (Nation n : engines.keySet()) {
      step(n, start, start, new Input.Configured(configuration(n)));
    }
    if (mode.linked) {
      join(start);
    }
    deliverPlots(plots);
    int steps = (int) Math.ceil((BEFORE_S + salvo.durationS() + AFTER_S) / STEP_S);
    int still = mode.linked ? (int) Math.ceil(STILL_S / STEP_S) : 0;
    for (int i = 1; i <= steps + still; i++) {
      UtcTime wall = start.plusSeconds(i * STEP_S);
      UtcTime now = start.plusSeconds(Math.min(i, steps) * STEP_S);
      SortedSet<Nation> busy = new TreeSet<>();
      for (Carried c = carried.peek(); c != null && !c.due.isAfter(wall); c = carried.peek()) {
        carried.remove();
        step(c.to, now, wall, c.input);
        busy.add(c.to);
      }
      for (Nation n : engines.keySet()) {
        if (busy.contains(n)) {
          step(n, now, wall, new Input.Flush());
        }
        step(n, now, wall, new Input.Tick());
      }
    }
    return new Outcome(salvo, boards, tallies, recordings, problems);
  }

  private void join(UtcTime start) {
    for (Nation n : engines.keySet()) {
      for (Nation p : engines.keySet()) {
        if (!p.equals(n)) {
          for (Lane lane : Lane.values()) {
            Wire in = new Wire(p, new StreamId(p, n, lane));
            Wire out = new Wire(p, new StreamId(n, p, lane));
            step(n, start, start, new Input.LinkChanged(in, true));
            step(n, start, start, new Input.LinkChanged(out, true));
          }
        }
      }
    }
  }

  private void deliverPlots(List<Plot> plots) {
    SortedMap<Nation, Long> last = new TreeMap<>();
    List<Plot> inTime = new ArrayList<>(plots);
    inTime.sort(Comparator.comparing(Plot::timeOfValidity));
    for (Plot p : inTime) {
      long seq = last.merge(p.sensor().owner(), 1L, Long::sum);
      carry(p.timeOfValidity(), p.sensor().owner(), new Input.PlotReceived("exercise", seq, p));
    }
  }

  private void carry(UtcTime due, Nation to, Input input) {
    carried.add(new Carried(due, order++, to, input));
  }

  private void step(Nation n, UtcTime now, UtcTime wall, Input input) {
    Input.Stamped in = new Input.Stamped(now, wall.nanos(), input);
    List<Effect> effects = of(engines, n).step(in);
    if (mode.records) {
      of(recordings, n).inputs.add(in);
      of(recordings, n).effects.add(List.copyOf(effects));
    }
    for (Effect e : effects) {
      carryOut(n, now, wall, e);
    }
  }

  private void carryOut(Nation n, UtcTime now, UtcTime wall, Effect effect) {
    switch (effect) {
      case Effect.SendFrame s -> {
        Frame frame = FrameCodec.decode(FrameCodec.encode(s.frame()));
        carry(
            wall.plusSeconds(mode.delayS),
            s.wire().peer(),
            new Input.FrameReceived(new Wire(n, s.wire().stream()), frame));
      }
      case Effect.CloseLink c -> problems.add(n + " closes " + c);
      case Effect.CutLink c -> problems.add(n + " cuts " + c);
      case Effect.DialLink d -> problems.add(n + " dials " + d);
      case Effect.GapRecorded g -> problems.add(n + " has a gap " + g);
      case Effect.RecordFolded f -> problems.add(n + " misses a record " + f);
      case Effect.Relayed r -> problems.add(n + " relays " + r);
      case Effect.OrderAnswered o -> problems.add(n + " was given an order " + o);
      case Effect.NoticeApplied a -> problems.add(n + " sent a notice " + a);
      case Effect.PictureChanged p -> {
        of(boards, n)
            .take(
                new NodeEvent(
                    1,
                    now,
                    wall.nanos(),
                    0,
                    new NodeEvent.PictureDrawn(p.picture(), p.deleteBy())));
        of(tallies, n).take(p.picture());
      }
      case Effect.NoticeRaised r -> {
        if (r.kind() != Effect.NoticeKind.LINK_STATE) {
          problems.add(n + " " + r.kind() + " " + r.detail());
        }
      }
      case Effect.AlertRaised a -> {}
      case Effect.DecisionRecorded d -> {}
      case Effect.RecordsTaken r -> {}
      case Effect.OutboxAppended o -> {}
      case Effect.CursorMoved c -> {}
      case Effect.PlotsAcknowledged p -> {}
      case Effect.PlotNotUsed p -> {}
    }
  }
}
