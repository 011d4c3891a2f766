package parallax.demo;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import parallax.client.NodeWatcher;
import parallax.client.OperatorClient;
import parallax.client.PlotFeeder;
import parallax.client.SensorFeed;
import parallax.credentials.CertificateAuthority;
import parallax.evaluation.FlownLaunch;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.NotionalSensors;
import parallax.exercise.PlotGenerator;
import parallax.host.NodeClock;
import parallax.link.Lane;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;
import parallax.wire.NodeEvent;
import parallax.wire.OrderCodec;

/**
 * What a busy day brings to one node: a watcher, an operator who looks at the status, sensors that
 * see several launches, and another system that files track states.
 */
final class TrainingLoad implements AutoCloseable {
  private static final int LAUNCHES = 6;

  /** The first of the launches was so long ago, and each other one so much later, seconds. */
  private static final double FLOWN_S = 30;

  private static final double APART_S = 4;
  private static final long STATUS_MS = 500;

  private final Nation nation;
  private final DemoDirectories dirs;
  private final List<X509Certificate> authority;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final SortedSet<String> up = new TreeSet<>();
  private volatile boolean over;

  /** Begins to watch a node, which need not be ready yet. */
  TrainingLoad(Nation nation, DemoDirectories dirs) throws IOException, GeneralSecurityException {
    this.nation = nation;
    this.dirs = dirs;
    authority = CertificateAuthority.readCertificates(dirs.node(nation).keys().resolve("ca.pem"));
    NodeWatcher watcher =
        new NodeWatcher(
            nation,
            dirs.settings(nation).nationalAddress(),
            dirs.clients(nation),
            authority,
            AreaCatalogue.bundled(),
            this::take);
    open.add(watcher);
    watcher.start();
  }

  private synchronized void take(Nation of, NodeEvent e) {
    if (e.body() instanceof NodeEvent.Noticed n
        && n.kind().equals("LINK_STATE")
        && n.detail().endsWith(" is UP")) {
      up.add(n.detail());
      notifyAll();
    }
  }

  /** Waits until the streams to and from one partner were up; false when they never are. */
  synchronized boolean awaitLinks(long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (up.size() < 2 * Lane.values().length) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /**
   * Begins to report.
   *
   * @param name names the feeds: each begins a new one
   * @param aSecond how many track states to file a second; fewer when the node takes fewer
   */
  void begin(String name, int aSecond) throws IOException, GeneralSecurityException {
    UtcTime begin = new UtcTime(NodeClock.wallNs());
    PlotFeeder sensors =
        new PlotFeeder(
            nation,
            dirs.settings(nation).nationalAddress(),
            dirs.clients(nation),
            authority,
            plots(begin),
            t -> t.nanos() - NodeClock.wallNs());
    open.add(sensors);
    sensors.start();
    SensorFeed feed =
        new SensorFeed(
            nation,
            dirs.settings(nation).nationalAddress(),
            dirs.clients(nation).resolve("sensor.pem"),
            dirs.clients(nation).resolve("sensor.key"),
            authority,
            name,
            new SensorFeed.Listener() {});
    open.add(feed);
    OperatorClient operator =
        new OperatorClient(
            nation, dirs.settings(nation).nationalAddress(), dirs.clients(nation), authority);
    open.add(operator);
    Thread.ofPlatform().daemon().name(nation + "-files").start(() -> file(feed, aSecond));
    Thread.ofPlatform().daemon().name(nation + "-looks").start(() -> look(operator));
  }

  private List<Plot> plots(UtcTime begin) {
    List<Sensor> sensors = NotionalSensors.table().of(nation);
    List<Flight> flights =
        LaunchTable.bundled().launches().stream()
            .flatMap(l -> FlownLaunch.of(l).flight().stream())
            .limit(LAUNCHES)
            .toList();
    List<Plot> plots = new ArrayList<>();
    for (int i = 0; i < flights.size(); i++) {
      Flight flight = flights.get(i);
      UtcTime launched = begin.plusSeconds(i * APART_S - FLOWN_S);
      for (Plot p : PlotGenerator.plots(flight, sensors, i + 1L)) {
        UtcTime time = launched.plusSeconds(p.timeOfValidity().secondsSince(flight.launchTime()));
        if (time.isAfter(begin)) {
          plots.add(p.at(time));
        }
      }
    }
    plots.sort(Comparator.comparing(Plot::timeOfValidity));
    return plots;
  }

  private void file(SensorFeed feed, int aSecond) {
    FiledFlights tracks = new FiledFlights(nation.code().hashCode());
    long everyNs = TimeUnit.SECONDS.toNanos(1) / aSecond;
    try {
      feed.open();
      long due = System.nanoTime();
      for (long seq = 0; !over; seq++) {
        feed.report(tracks.said(seq, new UtcTime(NodeClock.wallNs())));
        due = Math.max(due + everyNs, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      }
    } catch (IOException e) {
      over = true; // the node is stopped, or has ended, which whoever started it sees
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(OperatorClient operator) {
    try {
      while (!over) {
        var unused = operator.ask(new OrderCodec.StatusRequest());
        TimeUnit.MILLISECONDS.sleep(STATUS_MS);
      }
    } catch (IOException e) {
      over = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    over = true;
    for (int i = open.size() - 1; i >= 0; i--) {
      Demo.close(open.get(i));
    }
    open.clear();
  }
}
