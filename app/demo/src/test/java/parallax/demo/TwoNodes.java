package parallax.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.client.NodeWatcher;
import parallax.client.PlotFeeder;
import parallax.credentials.CertificateAuthority;
import parallax.evaluation.FlownLaunch;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.host.Node;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.NodeSettings;
import parallax.link.Lane;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;
import parallax.wire.NodeEvent;

/**
 * The Japanese and the Korean node in this process, over real ports, with their sensors; counts
 * what one releases and the other takes.
 */
public final class TwoNodes implements AutoCloseable {
  private static final String LAUNCH = "L48";
  private static final double SPEED = 20;
  private static final double SPEED_IN_FLIGHT = 1;
  private static final double LAST_PLOT_S = 300;
  private static final double GOES_ON_S = 25;

  /** How long before the launch the clock begins, seconds. */
  private static final double LEAD_S = 5;

  private static final List<Nation> NATIONS = List.of(Nation.JPN, Nation.KOR);

  /** Where a nation is to dial its partner whose port is at an address. */
  public interface Route {
    InetSocketAddress route(Nation from, Nation to, InetSocketAddress address) throws IOException;
  }

  private final DemoDirectories dirs;
  private final AreaCatalogue areas = AreaCatalogue.bundled();
  private final SortedMap<Nation, NodeLog> logs = new TreeMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final SortedMap<Nation, Node> nodes = new TreeMap<>();
  private final SortedMap<Nation, LinkCounts> toNation = new TreeMap<>();
  private final SortedMap<Nation, DemoResult.LinkResult> settled = new TreeMap<>();
  private final SortedSet<String> up = new TreeSet<>();
  private final List<PlotFeeder> feeders = new ArrayList<>();
  private final Flight flight;
  private final OptionalLong startedNs;
  private final double speed;
  private final double lastPlotS;

  /** Puts into directories what nodes kept of an earlier time. */
  @FunctionalInterface
  interface Kept {
    void put(DemoDirectories dirs) throws Exception;
  }

  public TwoNodes(Path folder, Route route, PrintStream said) throws Exception {
    this(folder, route, said, LAUNCH);
  }

  /** The same with another launch of the table. */
  TwoNodes(Path folder, Route route, PrintStream said, String launch) throws Exception {
    this(folder, route, said, launch, dirs -> {}, OptionalDouble.empty());
  }

  /**
   * The same with nodes that go on from what they kept of the same launch.
   *
   * @param flownS how many seconds after the launch they go on; empty: before it
   */
  TwoNodes(
      Path folder, Route route, PrintStream said, String launch, Kept kept, OptionalDouble flownS)
      throws Exception {
    flight =
        LaunchTable.bundled().launches().stream()
            .filter(l -> l.id().equals(launch))
            .findFirst()
            .flatMap(l -> FlownLaunch.of(l).flight())
            .orElseThrow();
    dirs = DemoDirectories.prepare(folder);
    kept.put(dirs);
    speed = flownS.isEmpty() ? SPEED : SPEED_IN_FLIGHT;
    lastPlotS = flownS.isEmpty() ? LAST_PLOT_S : flownS.getAsDouble() + GOES_ON_S;
    startedNs =
        flownS.isEmpty()
            ? OptionalLong.empty()
            : OptionalLong.of(
                NodeClock.wallNs() - Math.round((flownS.getAsDouble() + LEAD_S) / speed * 1e9));
    writeClock(startedNs.orElse(NodeClock.Setting.NOT_YET));
    for (Nation n : NATIONS) {
      toNation.put(n, new LinkCounts());
      Nation other = other(n);
      NodeSettings s = dirs.settings(n);
      NodeSettings routed =
          new NodeSettings(
              n,
              s.channel(),
              s.linkAddress(),
              s.nationalAddress(),
              new TreeMap<>(
                  java.util.Map.of(
                      other, route.route(n, other, dirs.settings(other).linkAddress()))),
              new TreeMap<>(),
              s.exerciseClock(),
              s.durability());
      Files.writeString(
          dirs.node(n).root().resolve(NodeSettings.FILE), routed.format(), StandardCharsets.UTF_8);
      logs.put(n, new NodeLog(said, n.code()));
    }
    try {
      for (Nation n : NATIONS) {
        Node node = Node.start(dirs.node(n).root(), log(n));
        nodes.put(n, node);
        open.add(node);
        NodeWatcher w =
            new NodeWatcher(
                n,
                dirs.settings(n).nationalAddress(),
                dirs.clients(n),
                CertificateAuthority.readCertificates(dirs.node(n).keys().resolve("ca.pem")),
                areas,
                this::take);
        open.add(w);
        w.start();
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** The ends that came up since the links were forgotten. */
  synchronized SortedSet<String> ups() {
    return new TreeSet<>(up);
  }

  /** Forgets who was linked. */
  synchronized void forgetLinks() {
    up.clear();
  }

  public static Nation other(Nation n) {
    return n.equals(Nation.JPN) ? Nation.KOR : Nation.JPN;
  }

  /** The directory of a nation's node. */
  public Path directory(Nation n) {
    return dirs.node(n).root();
  }

  DemoDirectories dirs() {
    return dirs;
  }

  NodeLog log(Nation n) {
    return java.util.Objects.requireNonNull(logs.get(n));
  }

  Node node(Nation n) {
    return java.util.Objects.requireNonNull(nodes.get(n));
  }

  private synchronized void take(Nation nation, NodeEvent e) {
    if (e.body() instanceof NodeEvent.ReportReleased r && NATIONS.contains(recipient(r))) {
      to(recipient(r)).released(r.stream().lane(), r.seq());
    } else if (e.body() instanceof NodeEvent.RecordsTaken r) {
      to(nation).taken(r.stream().lane(), r.firstSeq(), r.count(), -1);
    } else if (e.body() instanceof NodeEvent.Folded f && f.stream().recipient().equals(nation)) {
      to(nation).folded();
    } else if (e.body() instanceof NodeEvent.Noticed n
        && n.kind().equals("LINK_STATE")
        && n.detail().endsWith(" is UP")) {
      up.add(nation + " " + n.detail());
    }
  }

  private static Nation recipient(NodeEvent.ReportReleased r) {
    return r.stream().recipient();
  }

  /** Whether each has been linked to the other in both directions. */
  public synchronized boolean linked() {
    return up.size() == 2 * NATIONS.size() * Lane.values().length;
  }

  private LinkCounts to(Nation n) {
    return java.util.Objects.requireNonNull(toNation.get(n));
  }

  private NodeClock.Setting writeClock(long wallStartNs) throws IOException {
    UtcTime launch = flight.launchTime();
    NodeClock.Setting clock =
        new NodeClock.Setting(
            launch.plusSeconds(-LEAD_S),
            wallStartNs,
            speed,
            launch.plusSeconds(flight.durationS()));
    for (Nation n : NATIONS) {
      clock.write(dirs.node(n).root());
    }
    return clock;
  }

  /** The launch: sensors of both nations begin to report, or go on with what was not taken. */
  public void launch() throws Exception {
    NodeClock.Setting clock = writeClock(startedNs.orElse(NodeClock.wallNs() + 200_000_000L));
    List<Plot> plots = PlotGenerator.plots(flight, NotionalSensors.table().sensors(), 1);
    for (Nation n : NATIONS) {
      PlotFeeder f =
          new PlotFeeder(
              n,
              dirs.settings(n).nationalAddress(),
              dirs.clients(n),
              CertificateAuthority.readCertificates(dirs.node(n).keys().resolve("ca.pem")),
              plots.stream()
                  .filter(p -> p.sensor().owner().equals(n))
                  .filter(p -> p.timeOfValidity().secondsSince(flight.launchTime()) < lastPlotS)
                  .toList(),
              t -> clock.wallNsAt(t) - NodeClock.wallNs());
      feeders.add(f);
      open.add(f);
      f.start();
    }
  }

  /** Whether every plot is durable at its node. */
  public boolean reported() {
    return !feeders.isEmpty() && feeders.stream().allMatch(PlotFeeder::done);
  }

  /** What was told to a nation, as it stands. */
  public synchronized DemoResult.LinkResult told(Nation to) {
    return to(to).result(other(to), to);
  }

  /** How far it is, for people. */
  public synchronized String progress() {
    return "reported "
        + feeders.stream().map(PlotFeeder::done).toList()
        + ", told "
        + NATIONS.stream().map(this::told).toList();
  }

  /** Whether everything was reported, and all that was released has come through. */
  synchronized boolean settled() {
    NATIONS.forEach(n -> settled.put(n, told(n)));
    return reported() && settled.values().stream().allMatch(t -> t.released() > 0 && t.lost() == 0);
  }

  /**
   * What had been told to a nation when it was asked last whether all was settled. Of a track that
   * coasts more is released at any time, and is under way for a moment.
   */
  synchronized DemoResult.LinkResult toldBySettling(Nation to) {
    return java.util.Objects.requireNonNull(settled.get(to));
  }

  @Override
  public void close() throws IOException {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
