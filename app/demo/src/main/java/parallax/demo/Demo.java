package parallax.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.client.NodeWatcher;
import parallax.client.PlotFeeder;
import parallax.credentials.CertificateAuthority;
import parallax.demo.DemoResult.LinkResult;
import parallax.demo.DemoResult.NodeProcessId;
import parallax.engine.Picture;
import parallax.evaluation.ExerciseParties;
import parallax.evaluation.NationResult;
import parallax.evaluation.Scoreboard;
import parallax.evaluation.Sighting;
import parallax.exercise.Flight;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.exercise.PublishedLaunch;
import parallax.exercise.Salvo;
import parallax.host.NodeClock;
import parallax.link.Lane;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;
import parallax.wire.NodeEvent;

/**
 * Runs three node processes through one flight and measures what each nation knew, alone and
 * shared.
 */
public final class Demo {
  private static final double BEFORE_S = 10;
  private static final double AFTER_S = 60;
  private static final long START_MS = 60_000;
  private static final long START_AHEAD_NS = 500_000_000L;
  private static final long QUIET_MS = 20_000;
  private static final long PROGRESS_MS = 10_000;

  /** A line waits so long for what other nodes tell, seconds of the wall clock. */
  private static final double LONGEST_WAIT_S = 3;

  /**
   * What to run.
   *
   * @param launch the published launch
   * @param assumption what was assumed to fly it; empty when nothing was
   * @param flight the flight
   * @param speed exercise seconds a wall second
   * @param seed seed of the sensors' noise
   * @param directory where the nodes live
   */
  public record Plan(
      PublishedLaunch launch,
      Optional<String> assumption,
      Flight flight,
      double speed,
      long seed,
      Path directory) {}

  private final Plan plan;
  private final PrintStream out;
  private final AreaCatalogue areas = AreaCatalogue.bundled();
  private final SortedMap<Nation, Scoreboard> boards = new TreeMap<>();
  private final SortedMap<String, LinkCounts> links = new TreeMap<>();
  private final SortedSet<Nation> heard = new TreeSet<>();
  private final SortedSet<String> linksUp = new TreeSet<>();
  private final Timeline timeline;

  /** A run that prints to {@code out}. */
  public Demo(Plan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
    this.timeline = new Timeline(plan.flight(), LONGEST_WAIT_S * plan.speed(), this::say);
    for (Nation n : ExerciseParties.NATIONS) {
      boards.put(n, new Scoreboard(n, Salvo.of(plan.flight()), areas));
      for (Nation p : ExerciseParties.NATIONS) {
        if (!p.equals(n)) {
          links.put(n + ">" + p, new LinkCounts());
        }
      }
    }
  }

  private void say(String line) {
    synchronized (out) {
      out.println(line);
    }
  }

  /**
   * Runs to the end.
   *
   * @throws IOException when a file, process or port fails
   * @throws GeneralSecurityException when keys cannot be made
   */
  public DemoResult run() throws IOException, GeneralSecurityException, InterruptedException {
    DemoDirectories dirs = DemoDirectories.prepare(plan.directory());
    writeClock(dirs, NodeClock.Setting.NOT_YET);
    List<Sensor> sensors = NotionalSensors.table().sensors();
    List<Plot> plots = PlotGenerator.plots(plan.flight(), sensors, plan.seed());
    List<AutoCloseable> open = new ArrayList<>();
    SortedMap<Nation, NodeProcess> processes = new TreeMap<>();
    try {
      for (Nation n : ExerciseParties.NATIONS) {
        NodeProcess p = new NodeProcess(n, dirs.node(n).root(), this::say);
        processes.put(n, p);
        open.add(p);
        say(n + " node: process " + p.pid() + ", " + dirs.node(n).root());
        NodeWatcher w =
            new NodeWatcher(
                n,
                dirs.settings(n).nationalAddress(),
                dirs.clients(n),
                authority(dirs, n),
                areas,
                this::take);
        open.add(w);
        w.start();
      }
      awaitLinks(processes);
      NodeClock.Setting clock = writeClock(dirs, NodeClock.wallNs() + START_AHEAD_NS);
      List<PlotFeeder> feeders = new ArrayList<>();
      for (Nation n : ExerciseParties.NATIONS) {
        List<Plot> own = plots.stream().filter(p -> p.sensor().owner().equals(n)).toList();
        PlotFeeder f =
            new PlotFeeder(
                n,
                dirs.settings(n).nationalAddress(),
                dirs.clients(n),
                authority(dirs, n),
                own,
                t -> clock.wallNsAt(t) - NodeClock.wallNs());
        feeders.add(f);
        open.add(f);
        f.start();
      }
      awaitEnd(clock);
      awaitQuiet(feeders);
      timeline.end();
      return result(processes, plots);
    } finally {
      for (int i = open.size() - 1; i >= 0; i--) {
        close(open.get(i));
      }
    }
  }

  static void close(AutoCloseable c) throws IOException {
    try {
      c.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  private static List<X509Certificate> authority(DemoDirectories dirs, Nation n)
      throws IOException, GeneralSecurityException {
    return CertificateAuthority.readCertificates(dirs.node(n).keys().resolve("ca.pem"));
  }

  private synchronized void take(Nation nation, NodeEvent e) {
    heard.add(nation);
    Scoreboard board = boards.get(nation);
    if (board == null) {
      return;
    }
    board.take(e);
    timeline.take(nation, e);
    switch (e.body()) {
      case NodeEvent.ReportReleased r ->
          link(nation, r.stream().recipient()).released(r.stream().lane(), r.seq());
      case NodeEvent.RecordsTaken r ->
          link(r.stream().originator(), nation)
              .taken(
                  r.stream().lane(),
                  r.firstSeq(),
                  r.count(),
                  e.doneWallNs() == 0 ? -1 : e.doneWallNs() - r.sentAtWallNs());
      case NodeEvent.Noticed n -> {
        if (n.kind().equals("LINK_STATE") && n.detail().endsWith(" is UP")) {
          linksUp.add(nation + " " + n.detail());
        }
        if (n.kind().equals("CONFIGURATION_REFUSED")) {
          say(nation + " releases nothing: " + n.detail());
        }
      }
      case NodeEvent.PictureDrawn p -> {}
      case NodeEvent.AlertSent a -> {}
      case NodeEvent.Decided d -> {}
      case NodeEvent.Folded f -> link(f.stream().originator(), nation).folded();
      case NodeEvent.GapSeen g -> {}
      case NodeEvent.Passed p -> {}
      case NodeEvent.OrderGiven o -> {}
      case NodeEvent.NoticeHeld n -> {}
    }
    notifyAll();
  }

  private LinkCounts link(Nation from, Nation to) {
    return links.computeIfAbsent(from + ">" + to, k -> new LinkCounts());
  }

  private synchronized void awaitLinks(Map<Nation, NodeProcess> processes)
      throws InterruptedException, IOException {
    long end = System.nanoTime() + START_MS * 1_000_000;
    int wanted = 2 * Lane.values().length * links.size(); // each lane's stream, at both ends
    while (linksUp.size() < wanted) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        List<String> dead = new ArrayList<>();
        processes.forEach((n, p) -> dead.add(n + (p.alive() ? " runs" : " is dead")));
        throw new IOException(
            "after "
                + START_MS / 1000
                + " s "
                + linksUp.size()
                + " of "
                + wanted
                + " stream ends are up ("
                + String.join(", ", dead)
                + "); each node says why in its node.log under "
                + plan.directory());
      }
      wait(Math.min(left, 200));
    }
    say("three nodes are up, each linked to both others over mutual TLS");
  }

  private NodeClock.Setting writeClock(DemoDirectories dirs, long wallStartNs) throws IOException {
    UtcTime launch = plan.flight().launchTime();
    NodeClock.Setting clock =
        new NodeClock.Setting(
            launch.plusSeconds(-BEFORE_S),
            wallStartNs,
            plan.speed(),
            launch.plusSeconds(plan.flight().durationS() + AFTER_S));
    for (Nation n : ExerciseParties.NATIONS) {
      clock.write(dirs.node(n).root());
    }
    return clock;
  }

  private void awaitEnd(NodeClock.Setting clock) throws InterruptedException {
    boolean terminal = Boolean.getBoolean("parallax.terminal");
    long lastLine = System.nanoTime();
    double total = plan.flight().durationS() + AFTER_S;
    while (true) {
      UtcTime now = clock.at(NodeClock.wallNs());
      double t = now.secondsSince(plan.flight().launchTime());
      if (!now.isBefore(clock.end())) {
        break;
      }
      double leftS = (total - t) / plan.speed();
      boolean due = System.nanoTime() - lastLine > PROGRESS_MS * 1_000_000;
      if (terminal) {
        synchronized (out) {
          out.printf(Locale.ROOT, "\rT%+.0f s of %.0f s, %.0f s left   \r", t, total, leftS);
          out.flush();
        }
      } else if (due) {
        lastLine = System.nanoTime();
        timeline.note(
            t,
            String.format(
                Locale.ROOT,
                "... T%+.0f s of %.0f s at speed %.0f, %.0f s left",
                t,
                total,
                plan.speed(),
                leftS));
      }
      Thread.sleep(100);
    }
  }

  /** Waits until every plot is durable, every record delivered and every picture the same. */
  private void awaitQuiet(List<PlotFeeder> feeders) throws InterruptedException {
    long end = System.nanoTime() + QUIET_MS * 1_000_000;
    int same = 0;
    while (System.nanoTime() < end && same < 10) {
      Thread.sleep(100);
      same = feeders.stream().allMatch(PlotFeeder::done) && isQuiet() ? same + 1 : 0;
    }
  }

  private synchronized boolean isQuiet() {
    return links.values().stream().allMatch(LinkCounts::complete) && pictureDigest().isPresent();
  }

  /** Empty when the common pictures differ, and when a nation that knows something shares none. */
  private Optional<String> pictureDigest() {
    if (boards.values().stream().anyMatch(b -> b.common().isEmpty() && !b.combined().isEmpty())) {
      return Optional.empty();
    }
    SortedSet<String> digests = new TreeSet<>();
    boards.values().forEach(b -> digests.add(b.digest()));
    return digests.size() == 1 ? Optional.of(digests.first()) : Optional.empty();
  }

  private synchronized DemoResult result(Map<Nation, NodeProcess> processes, List<Plot> plots) {
    List<NodeProcessId> nodes = new ArrayList<>();
    processes.forEach((n, p) -> nodes.add(new NodeProcessId(n, p.pid(), p.restarts())));
    SortedMap<Nation, NationResult> nations = new TreeMap<>();
    boards.forEach(
        (n, b) ->
            nations.put(
                n,
                new NationResult(
                    b.measures(Picture.View.NATIONAL),
                    b.measures(Picture.View.COMBINED),
                    List.copyOf(b.history(Picture.View.NATIONAL)),
                    List.copyOf(b.history(Picture.View.COMBINED)),
                    List.copyOf(b.alerts()),
                    b.truth(),
                    Sighting.of(n, plots, plan.flight().launchTime()),
                    b.withheldTracks())));
    List<LinkResult> results = new ArrayList<>();
    for (Nation from : ExerciseParties.NATIONS) {
      for (Nation to : ExerciseParties.NATIONS) {
        if (!from.equals(to)) {
          results.add(link(from, to).result(from, to));
        }
      }
    }
    return new DemoResult(
        plan.launch(),
        plan.assumption(),
        plan.flight(),
        plan.seed(),
        plan.speed(),
        nodes,
        nations,
        results,
        pictureDigest(),
        boards.values().stream()
            .flatMap(b -> b.deleteBy().stream())
            .min(Comparator.naturalOrder()));
  }

  /** Removes a demo's folder. */
  public static void delete(Path directory) throws IOException {
    try (var walk = Files.walk(directory)) {
      for (Path p : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }
}
