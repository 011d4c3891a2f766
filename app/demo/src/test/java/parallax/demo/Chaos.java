package parallax.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import parallax.client.NodeWatcher;
import parallax.client.OperatorClient;
import parallax.credentials.CertificateAuthority;
import parallax.engine.Effect;
import parallax.evaluation.ExerciseParties;
import parallax.files.waiting.Await;
import parallax.host.NodeClock;
import parallax.host.NodeSettings;
import parallax.host.PastJournal;
import parallax.journal.JournalException;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.warning.AreaCatalogue;
import parallax.wire.OrderCodec;

/**
 * Three nodes as processes of their own share tracks for minutes while connections, processes and
 * disks fail. Which fault strikes when follows from the seed; what comes of it also follows from
 * the machine. At the end everything heals, and every record must have come out once, in order.
 *
 * <p>{@code build/chaos.sh} runs for as long as one likes, with any seed.
 */
public final class Chaos implements AutoCloseable {
  private static final UtcTime START = new UtcTime(1_681_338_180_000_000_000L);
  private static final List<Nation> NATIONS = ExerciseParties.NATIONS;
  private static final int TRACKS_A_SECOND = 30;
  private static final int BURST = 4_000;
  private static final int EVENTS_MIB = 256;
  private static final long SETTLE_S = 300;

  /** What can go wrong. */
  public enum Fault {
    /** Every connection on the way from one nation to another is reset. */
    CUT,
    /** A bit changes on the way. */
    FLIP,
    /** Nothing passes on the way for a while, and nothing closes. */
    SILENT_WAY,
    /** The way passes so little that the sender's bytes queue up. */
    SLOW_READER,
    /** Two nations cannot reach each other at all for a while. */
    PARTITION,
    /** A node's process is killed, and started again. */
    KILL,
    /** A node's process stands still for a while. */
    PAUSE,
    /** Another program reads a node's journal, and keeps it open for a while. */
    STORE_READ,
    /** A gateway files thousands of tracks at once: lines are full, records are folded. */
    BURST
  }

  /**
   * What came of it.
   *
   * @param faults how often each fault struck
   * @param released records released to partners
   * @param taken records taken in
   * @param folded records replaced by newer ones before they were sent
   * @param wrong what was lost, doubled, out of order, or a fault of the software; empty is good
   * @param longestSilenceS the longest that a record was due on a stream and none came
   * @param longestWaitS the longest that a gateway waited for an acknowledgement
   */
  public record Outcome(
      long seed,
      double seconds,
      SortedMap<Fault, Integer> faults,
      long filed,
      long released,
      long taken,
      long folded,
      long alerts,
      List<String> wrong,
      double longestSilenceS,
      double longestWaitS) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "seed %d, %.0f s with the time to settle: faults %s; tracks filed %d; records released"
              + " %d, taken %d, folded %d; alerts %d; longest silence of a stream %.1f s, longest"
              + " wait of a gateway %.1f s; wrong: %s",
          seed,
          seconds,
          faults,
          filed,
          released,
          taken,
          folded,
          alerts,
          longestSilenceS,
          longestWaitS,
          wrong.isEmpty() ? "nothing" : wrong.subList(0, Math.min(20, wrong.size())));
    }
  }

  private record Undo(long atNs, Runnable what) {}

  private final long seed;
  private final boolean onlyKills;
  private final Random random;
  private final DemoDirectories dirs;
  private final SortedMap<String, ChaosProxy> ways = new TreeMap<>();
  private final SortedMap<Nation, ChaosNode> nodes = new TreeMap<>();
  private final SortedMap<Nation, ChaosGateway> gateways = new TreeMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ChaosLedger ledger = new ChaosLedger();
  private final SortedMap<Fault, Integer> struck = new TreeMap<>();
  private final SortedMap<Fault, Long> restUntilNs = new TreeMap<>();
  private final PriorityQueue<Undo> undo =
      new PriorityQueue<>(Comparator.comparingLong(Undo::atNs));

  /** Starts the nodes and what speaks with them. */
  public Chaos(Path folder, long seed) throws Exception {
    this(folder, seed, false);
  }

  /**
   * The same.
   *
   * @param onlyKills whether nothing strikes but that nodes are killed, again and again, also while
   *     they start; they take snapshots all the time then
   */
  public Chaos(Path folder, long seed, boolean onlyKills) throws Exception {
    this.seed = seed;
    this.onlyKills = onlyKills;
    this.random = new Random(seed);
    this.dirs = DemoDirectories.prepare(folder);
    try {
      NodeClock.Setting clock =
          new NodeClock.Setting(START, NodeClock.wallNs(), 1, START.plusSeconds(86_400));
      for (Nation n : NATIONS) {
        clock.write(dirs.node(n).root());
        Files.writeString(
            dirs.node(n).root().resolve(NodeSettings.FILE),
            routed(n).format(),
            StandardCharsets.UTF_8);
      }
      for (Nation n : NATIONS) {
        ChaosNode node = new ChaosNode(dirs.node(n).root());
        nodes.put(n, node);
        open.add(node);
        NodeWatcher w =
            new NodeWatcher(
                n,
                dirs.settings(n).nationalAddress(),
                dirs.clients(n),
                CertificateAuthority.readCertificates(dirs.node(n).keys().resolve("ca.pem")),
                AreaCatalogue.bundled(),
                ledger::take);
        open.add(w);
        w.start();
        ChaosGateway g =
            new ChaosGateway(dirs, n, clock, TRACKS_A_SECOND, seed * 10 + NATIONS.indexOf(n));
        gateways.put(n, g);
        open.add(g);
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private NodeSettings routed(Nation n) throws IOException {
    NodeSettings s = dirs.settings(n);
    TreeMap<Nation, java.net.InetSocketAddress> partners = new TreeMap<>();
    for (Map.Entry<Nation, java.net.InetSocketAddress> p : s.partners().entrySet()) {
      ChaosProxy way = new ChaosProxy(p.getValue());
      open.add(way);
      ways.put(n + ">" + p.getKey(), way);
      partners.put(p.getKey(), way.address());
    }
    return new NodeSettings(
        n,
        s.channel(),
        s.linkAddress(),
        s.nationalAddress(),
        partners,
        s.relays(),
        s.exerciseClock(),
        s.durability(),
        s.folding(),
        EVENTS_MIB,
        onlyKills ? new NodeSettings.Keeps(s.keeps().days(), 1, 1_000) : s.keeps());
  }

  /** Lets faults strike for so many seconds, heals everything, and waits until all is settled. */
  public Outcome run(double seconds) throws Exception {
    long began = System.nanoTime();
    Await.until(() -> NATIONS.stream().allMatch(n -> ledger.released(n) > 0), this::progress);
    long end = System.nanoTime() + Math.round(seconds * 1e9);
    long saidNs = System.nanoTime();
    while (System.nanoTime() < end) {
      undoWhatIsDue(System.nanoTime());
      strike();
      int restMs = onlyKills ? 2_000 + random.nextInt(4_000) : 200 + random.nextInt(1_300);
      TimeUnit.MILLISECONDS.sleep(restMs); // until the next fault
      if (System.nanoTime() - saidNs > 60_000_000_000L) {
        saidNs = System.nanoTime();
        System.out.printf(
            Locale.ROOT,
            "%.0f s: faults %s, released %d, taken %d, folded %d, wrong %d%n",
            (saidNs - began) * 1e-9,
            struck,
            ledger.releasedInAll(),
            ledger.taken(),
            ledger.folded(),
            ledger.wrong().size());
      }
    }
    undoWhatIsDue(Long.MAX_VALUE);
    gateways.values().forEach(ChaosGateway::enough);
    Await.until(this::settled, this::progress, SETTLE_S);
    List<String> wrong = new ArrayList<>(ledger.wrong());
    double took = (System.nanoTime() - began) * 1e-9;
    close();
    for (Nation n : NATIONS) {
      wrong.addAll(of(nodes, n).faultsSaid());
    }
    wrong.addAll(compareStores());
    return new Outcome(
        seed,
        took,
        struck,
        gateways.values().stream().mapToLong(ChaosGateway::filed).sum(),
        ledger.releasedInAll(),
        ledger.taken(),
        ledger.folded(),
        ledger.alerts(),
        wrong,
        ledger.longestSilenceNs() * 1e-9,
        gateways.values().stream().mapToLong(ChaosGateway::longestWaitNs).max().orElse(0) * 1e-9);
  }

  private static <T> T of(SortedMap<Nation, T> map, Nation n) {
    return Objects.requireNonNull(map.get(n));
  }

  private ChaosProxy way(Nation from, Nation to) {
    return Objects.requireNonNull(ways.get(from + ">" + to));
  }

  /**
   * The next fault. A node that is killed again before it is back, or is never given a moment
   * without thousands of new tracks, shows nothing but that.
   */
  private Fault next() {
    if (onlyKills) {
      return Fault.KILL;
    }
    Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
    long restS = fault == Fault.KILL ? 20 : fault == Fault.BURST ? 15 : 0;
    long now = System.nanoTime();
    if (restS > 0 && now < restUntilNs.getOrDefault(fault, Long.MIN_VALUE)) {
      return Fault.CUT;
    }
    restUntilNs.put(fault, now + TimeUnit.SECONDS.toNanos(restS));
    return fault;
  }

  private void strike() throws IOException {
    Fault fault = next();
    Nation a = NATIONS.get(random.nextInt(NATIONS.size()));
    Nation b = NATIONS.get((NATIONS.indexOf(a) + 1 + random.nextInt(2)) % NATIONS.size());
    ChaosProxy way = way(a, b);
    ChaosNode node = of(nodes, a);
    switch (fault) {
      case CUT -> way.cut();
      case FLIP -> way.flip();
      case SILENT_WAY -> hold(way, ChaosProxy.State.SILENT, 0.5, 4.5);
      case SLOW_READER -> hold(way, ChaosProxy.State.SLOW, 2, 8);
      case PARTITION -> {
        hold(way, ChaosProxy.State.CLOSED, 1, 6);
        hold(way(b, a), ChaosProxy.State.CLOSED, 1, 6);
      }
      case KILL -> node.killAndStart();
      case PAUSE -> {
        node.pause();
        later(0.5, 4, node::goOn);
      }
      case STORE_READ -> read(a);
      case BURST -> of(gateways, a).burst(BURST);
    }
    struck.merge(fault, 1, Integer::sum);
  }

  private void hold(ChaosProxy way, ChaosProxy.State state, double least, double most) {
    way.set(state);
    later(least, most, () -> way.set(ChaosProxy.State.OPEN));
  }

  private void later(double least, double most, Runnable what) {
    double s = least + (most - least) * random.nextDouble();
    undo.add(new Undo(System.nanoTime() + Math.round(s * 1e9), what));
  }

  private void undoWhatIsDue(long nowNs) {
    while (!undo.isEmpty() && undo.peek().atNs() <= nowNs) {
      undo.remove().what().run();
    }
  }

  /** Another program reads a node's journal, and keeps it open for a while. */
  private void read(Nation n) throws IOException {
    PastJournal journal;
    try {
      journal = PastJournal.open(dirs.node(n).journal());
      var unused = journal.entries(1, (position, in, facts) -> {});
    } catch (JournalException e) {
      return; // there is none yet
    }
    later(
        0.5,
        3,
        () -> {
          try {
            journal.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Whether every track filed is durable, every record out, and every end says so. */
  private boolean settled() {
    if (!gateways.values().stream().allMatch(ChaosGateway::done) || !ledger.complete()) {
      return false;
    }
    for (Nation n : NATIONS) {
      try (OperatorClient c =
          new OperatorClient(
              n,
              dirs.settings(n).nationalAddress(),
              dirs.clients(n),
              CertificateAuthority.readCertificates(dirs.node(n).keys().resolve("ca.pem")))) {
        OrderCodec.Answer a = c.ask(new OrderCodec.StatusRequest());
        for (LinkHealth h : a.streams()) {
          if (h.lag() != 0) {
            return false;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } catch (Exception e) {
        return false; // not there yet
      }
    }
    return true;
  }

  /** What the stores of two nodes say of a stream between them must be the same. */
  private List<String> compareStores() throws IOException {
    List<String> wrong = new ArrayList<>();
    SortedMap<StreamId, Long> sent = new TreeMap<>();
    SortedMap<StreamId, Long> taken = new TreeMap<>();
    for (Nation n : NATIONS) {
      try (PastJournal journal = PastJournal.open(dirs.node(n).journal())) {
        var unused =
            journal.entries(
                1,
                (position, in, facts) -> {
                  for (Effect e : facts) {
                    if (e instanceof Effect.OutboxAppended o) {
                      sent.put(o.stream(), o.seq());
                    } else if (e instanceof Effect.CursorMoved c) {
                      taken.put(c.stream(), c.nextSeq() - 1);
                    }
                  }
                });
      }
    }
    sent.forEach(
        (s, last) -> {
          if (!last.equals(taken.get(s))) {
            wrong.add(s + " ends with " + last + " at its originator, " + taken.get(s) + " there");
          }
        });
    return wrong;
  }

  private String progress() {
    StringBuilder out = new StringBuilder("faults " + struck + "; ");
    gateways.forEach((n, g) -> out.append(n).append(' ').append(g.progress()).append("; "));
    nodes.forEach((n, p) -> out.append(n).append(": ").append(p.lastLines()).append('\n'));
    return out.append(ledger.progress()).toString();
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
    open.clear();
  }
}
