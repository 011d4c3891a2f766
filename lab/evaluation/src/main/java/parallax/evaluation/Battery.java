package parallax.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import parallax.engine.Picture;
import parallax.evaluation.LaunchScore.Sides;
import parallax.exercise.LaunchTable;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.Salvo;
import parallax.exercise.SalvoPlan;
import parallax.model.Nation;
import parallax.model.Plot;

/** Flies a table of launches with several seeds, each nation alone and all sharing. */
public final class Battery {
  private final LaunchTable table;
  private final String name;
  private final int seeds;
  private final int threads;
  private final Progress progress;

  /** One run of one launch: both ways, with the same plots. */
  private record Run(
      SortedMap<Nation, RunScore> alone,
      SortedMap<Nation, RunScore> shared,
      SortedMap<Nation, NationResult> drawn,
      SortedSet<String> problems) {}

  /** A launch to fly. */
  private record Task(PublishedLaunch launch, Optional<String> assumption, Salvo salvo) {}

  /**
   * A battery.
   *
   * @param table the launches
   * @param name the table's name, for the report
   * @param seeds how many seeds; they are 1 to this
   * @param threads how many runs at a time
   * @param progress is told of every run that is done
   */
  public Battery(LaunchTable table, String name, int seeds, int threads, Progress progress) {
    this.table = table;
    this.name = name;
    this.seeds = seeds;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Flies all; the result depends on the table and the number of seeds alone.
   *
   * @param made what to name in the report: versions
   */
  public BatteryResult run(SortedMap<String, String> made) throws InterruptedException {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            r -> {
              Thread t = new Thread(r, "battery");
              t.setDaemon(true);
              return t;
            });
    try {
      List<BatteryResult.NotFlown> notFlown = new ArrayList<>();
      List<Task> tasks = plan(pool, notFlown);
      List<LaunchScore> launches = new ArrayList<>();
      progress.start(
          tasks.stream().mapToDouble(t -> t.salvo.durationS() * t.salvo.size() * seeds).sum());
      List<List<Future<Run>>> runs = new ArrayList<>();
      for (Task t : tasks) {
        List<Future<Run>> of = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
          long s = seed;
          of.add(pool.submit(() -> one(t, s)));
        }
        runs.add(of);
      }
      for (int i = 0; i < tasks.size(); i++) {
        List<Run> of = new ArrayList<>();
        for (Future<Run> r : runs.get(i)) {
          of.add(result(r, tasks.get(i).launch.id()));
        }
        launches.add(score(tasks.get(i), of));
      }
      return new BatteryResult(name, seeds, made, launches, notFlown, table.errors());
    } finally {
      pool.shutdownNow();
      progress.end();
    }
  }

  private List<Task> plan(ExecutorService pool, List<BatteryResult.NotFlown> notFlown)
      throws InterruptedException {
    List<Future<FlownSalvo>> plans = new ArrayList<>();
    for (PublishedLaunch l : table.launches()) {
      plans.add(pool.submit(() -> FlownSalvo.of(l)));
    }
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      PublishedLaunch l = table.launches().get(i);
      FlownSalvo f = result(plans.get(i), l.id());
      switch (f.plan()) {
        case SalvoPlan.Flown flown ->
            tasks.add(new Task(l, f.assumption(), new Salvo(flown.flights())));
        case SalvoPlan.NotFlown n -> notFlown.add(new BatteryResult.NotFlown(l.id(), n.reason()));
      }
    }
    return tasks;
  }

  private static <T> T result(Future<T> future, String launch) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("launch " + launch + ": " + e.getCause(), e.getCause());
    }
  }

  private Run one(Task task, long seed) {
    Salvo salvo = Fleet.onDay(task.salvo, seed);
    List<Plot> plots = Fleet.plots(salvo, seed);
    Fleet.Outcome alone = Fleet.run(salvo, plots, Fleet.Mode.ALONE);
    Fleet.Outcome shared = Fleet.run(salvo, plots, Fleet.Mode.SHARED);
    TimeGrid grid = TimeGrid.of(task.salvo);
    SortedSet<String> problems = new TreeSet<>();
    alone.problems().forEach(p -> problems.add("seed " + seed + ", alone: " + p));
    shared.problems().forEach(p -> problems.add("seed " + seed + ", shared: " + p));
    SortedSet<String> digests = new TreeSet<>();
    shared.boards().values().forEach(b -> digests.add(b.digest()));
    if (digests.size() > 1) {
      problems.add("seed " + seed + ": the final common pictures differ");
    }
    Run run =
        new Run(
            scores(alone, grid),
            scores(shared, grid),
            seed == 1 ? drawn(alone, shared, plots) : new TreeMap<>(),
            problems);
    progress.done(salvo.durationS() * salvo.size());
    return run;
  }

  private static SortedMap<Nation, RunScore> scores(Fleet.Outcome o, TimeGrid grid) {
    SortedMap<Nation, RunScore> out = new TreeMap<>();
    for (Nation n : ExerciseParties.NATIONS) {
      Scoreboard b = o.board(n);
      List<Drawing> history = b.history(Picture.View.COMBINED);
      out.put(
          n,
          new RunScore(
              b.measures(Picture.View.COMBINED),
              b.lostS(Picture.View.COMBINED),
              grid.sampled(history, Drawing::positionErrorM),
              grid.sampled(history, Drawing::impactErrorM),
              o.tally(n)));
    }
    return out;
  }

  private static SortedMap<Nation, NationResult> drawn(
      Fleet.Outcome alone, Fleet.Outcome shared, List<Plot> plots) {
    SortedMap<Nation, NationResult> out = new TreeMap<>();
    for (Nation n : ExerciseParties.NATIONS) {
      Scoreboard a = alone.board(n);
      Scoreboard s = shared.board(n);
      out.put(
          n,
          new NationResult(
              a.measures(Picture.View.COMBINED),
              s.measures(Picture.View.COMBINED),
              List.copyOf(a.history(Picture.View.COMBINED)),
              List.copyOf(s.history(Picture.View.COMBINED)),
              s.alerts(),
              s.truth(),
              Sighting.of(n, plots, alone.salvo().launchTime()),
              s.withheldTracks()));
    }
    return out;
  }

  private static LaunchScore score(Task t, List<Run> runs) {
    SortedMap<Nation, Sides> nations = new TreeMap<>();
    for (Nation n : ExerciseParties.NATIONS) {
      nations.put(
          n,
          new Sides(
              new PictureScore(runs.stream().map(r -> of(r.alone, n)).toList()),
              new PictureScore(runs.stream().map(r -> of(r.shared, n)).toList())));
    }
    SortedSet<String> problems = new TreeSet<>();
    runs.forEach(r -> problems.addAll(r.problems));
    return new LaunchScore(
        t.launch,
        t.assumption,
        t.salvo,
        TimeGrid.of(t.salvo),
        nations,
        runs.getFirst().drawn,
        problems);
  }

  private static RunScore of(SortedMap<Nation, RunScore> scores, Nation n) {
    return Optional.ofNullable(scores.get(n)).orElseThrow();
  }
}
