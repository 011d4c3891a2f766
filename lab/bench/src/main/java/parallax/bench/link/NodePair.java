package parallax.bench.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parallax.bench.common.Samples;
import parallax.bench.common.TrialEngines;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.host.EffectSink;
import parallax.host.EventLog;
import parallax.host.NodeClock;
import parallax.host.NodeLog;
import parallax.host.NodeLoop;
import parallax.host.NodeStore;
import parallax.journal.files.LogOptions;
import parallax.journal.files.SegmentLog;
import parallax.journal.files.SnapshotFiles;
import parallax.link.Frame;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.LinkState;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.runtime.Keeping;
import parallax.runtime.SnapshotDue;
import parallax.transport.LinkServer;
import parallax.transport.Links;
import parallax.transport.OwnCertificate;
import parallax.transport.PortLimits;
import parallax.transport.RevokedSerials;
import parallax.transport.Tls;
import parallax.transport.Trust;
import parallax.warning.AlertAction;

/**
 * The originator's and the recipient's node in this process, from the parts that a node is made of:
 * loop, journal on disk, engine, gRPC over mutual TLS on loopback. The one difference: no track
 * state is folded into a newer one, or the more there is to send, the less would be sent.
 */
final class NodePair implements AutoCloseable {
  /** How many tracks there are. */
  static final int TRACKS = 10;

  private static final long PATIENCE_S = 30;
  private static final long EVENTS_HELD_BYTES = 1 << 20;

  /** Hears how far the records of a lane are. */
  interface Receipts {
    /** The recipient holds everything up to a number durably, and has given the receipt. */
    void given(long through);

    /** The originator has the receipt. */
    void taken(long through);
  }

  /** Hears nothing. */
  static final Receipts NOBODY =
      new Receipts() {
        @Override
        public void given(long through) {}

        @Override
        public void taken(long through) {}
      };

  private final LogOptions.Durability durability;
  private final Path folder;
  private final LaunchPointEstimate launch;
  private final Map<Lane, Receipts> receipts = new EnumMap<>(Lane.class);
  private final Map<Lane, Long> carried = new EnumMap<>(Lane.class);
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Side originator;
  private final Map<Lane, Long> filed = new EnumMap<>(Lane.class);

  /** One nation's node. */
  private final class Side {
    final Nation nation;
    final NodeLoop loop;
    final Links links;
    final NodeStore store;
    final CertificateAuthority authority;
    final OwnCertificate certificate;

    Side(Nation nation, EffectWatch watch, Consumer<Input> seen)
        throws IOException, GeneralSecurityException {
      this.nation = nation;
      Path home = folder.resolve(nation.code());
      Files.createDirectories(home);
      Instant now = Instant.now();
      authority = CertificateAuthority.create(nation, now, 2);
      authority.issue(Role.NODE, home, "node", now, 2);
      certificate = new OwnCertificate(home, "node", c -> {});
      SegmentLog entries =
          SegmentLog.open(
              home.resolve("journal"),
              LogOptions.standard().withDurability(durability),
              NodeClock.wallNs(),
              (kind, line) -> {});
      open.add(entries);
      store =
          new NodeStore(
              entries,
              SnapshotFiles.open(home.resolve("journal"), entries.id()),
              Keeping.ofDays(1),
              new SnapshotDue(200_000, 60_000_000_000L));
      Keyring keyring = Keyring.of(Samples.linkKey(nation));
      LinkConfig links = LinkConfig.standard().withoutFolding();
      loop =
          new NodeLoop(
              store,
              new NodeClock(home, Samples.CHANNEL, false),
              keyring,
              new TrialEngines(keyring, links),
              new EventLog(EVENTS_HELD_BYTES),
              new NodeLog(new PrintStream(said, true, StandardCharsets.UTF_8), nation.code()));
      this.links =
          new Links(
              (input, whenRoom) -> {
                boolean room = loop.put(input, whenRoom);
                seen.accept(input);
                return room;
              },
              why -> {});
      loop.sinkTo(new Sink(this.links, watch));
    }

    /** Opens the port to a partner; returns where it is. */
    InetSocketAddress listen(Side partner) throws IOException, GeneralSecurityException {
      LinkServer server =
          new LinkServer(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              certificate,
              partner.trusted(),
              PortLimits.LINK,
              links,
              question -> {
                throw new IOException("no log is kept");
              },
              (reason, why) -> {});
      open.add(server);
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    Trust trusted() throws GeneralSecurityException {
      return new Trust(
          new TreeMap<>(Map.of(nation, List.of(authority.certificate()))), new RevokedSerials());
    }

    void dial(Side partner, InetSocketAddress address)
        throws IOException, GeneralSecurityException {
      open.add(loop);
      open.add(links);
      loop.start(new Input.Configured(Samples.configuration(nation, partner.nation)));
      links.know(partner.nation, address, Tls.client(certificate, partner.trusted()));
      for (Lane lane : Lane.values()) {
        links.dial(new Wire(partner.nation, new StreamId(nation, partner.nation, lane)));
      }
    }
  }

  /** Sees the frames that a node sends. */
  private interface EffectWatch {
    void sends(Wire wire, Frame frame);
  }

  private record Sink(Links links, EffectWatch watch) implements EffectSink {
    @Override
    public void connectionChanged(Wire wire, boolean up) {
      links.taken(wire, up);
    }

    @Override
    public void send(Wire wire, Frame frame) {
      watch.sends(wire, frame);
      links.send(wire, frame);
    }

    @Override
    public void close(Wire wire, String reason) {
      links.close(wire);
    }

    @Override
    public void cut(Wire wire) {
      links.cut(wire);
    }

    @Override
    public void dial(Wire wire) {
      links.dialOnce(wire);
    }

    @Override
    public void publish(AlertAction action) {}

    @Override
    public void keepPolicy(String yaml) {}

    @Override
    public void notUsed(String feed, long seq, String reason) {}

    @Override
    public void acknowledge(String feed, long seq) {}
  }

  /**
   * Starts both and waits until they are linked.
   *
   * @param folder where they keep their journals and keys
   * @param durability what an append survives
   */
  NodePair(Path folder, LogOptions.Durability durability)
      throws IOException, GeneralSecurityException, InterruptedException {
    this.folder = folder;
    this.durability = durability;
    this.launch = Samples.launch(UtcTime.of(Instant.now()));
    for (Lane lane : Lane.values()) {
      receipts.put(lane, NOBODY);
    }
    try {
      originator = new Side(Samples.ORIGINATOR, (wire, frame) -> {}, this::receiptTaken);
      Side recipient = new Side(Samples.RECIPIENT, this::receiptGiven, input -> {});
      InetSocketAddress there = recipient.listen(originator);
      InetSocketAddress here = originator.listen(recipient);
      recipient.dial(originator, here);
      originator.dial(recipient, there);
      awaitLinks();
      fileLaunches();
    } catch (IOException | GeneralSecurityException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void awaitLinks() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (originator.loop.health().stream()
            .filter(h -> h.paths().values().stream().anyMatch(p -> p.state() == LinkState.UP))
            .count()
        < 2L * Lane.values().length) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the two nodes are not linked: " + said());
      }
      Thread.sleep(20);
    }
  }

  /** Every track begins with its launch, or nothing of it could be told. */
  private void fileLaunches() throws InterruptedException {
    CountDownLatch all = new CountDownLatch(1);
    hear(
        Lane.URGENT,
        new Receipts() {
          @Override
          public void given(long through) {}

          @Override
          public void taken(long through) {
            if (through >= TRACKS) {
              all.countDown();
            }
          }
        });
    for (long track = 1; track <= TRACKS; track++) {
      file(
          Lane.URGENT,
          new FiledTrack(track, Optional.of(launch), Optional.empty(), Optional.empty()));
    }
    if (!all.await(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the launches did not arrive: " + said());
    }
    hear(Lane.URGENT, NOBODY);
  }

  /** What an append survives at both. */
  LogOptions.Durability durability() {
    return durability;
  }

  /** The launch of every track. */
  LaunchPointEstimate launch() {
    return launch;
  }

  /** How many records a lane has carried so far, while nothing is under way on it. */
  synchronized long carried(Lane lane) {
    return carried.getOrDefault(lane, 0L);
  }

  private void receiptGiven(Wire wire, Frame frame) {
    if (frame instanceof Frame.Ack a && isCourse(wire)) {
      receipts(wire.stream().lane()).given(a.cursor().next() - 1);
    }
  }

  private void receiptTaken(Input input) {
    if (input instanceof Input.FrameReceived f
        && f.frame() instanceof Frame.Ack a
        && isCourse(f.wire())) {
      taken(f.wire().stream().lane(), a.cursor().next() - 1);
    }
  }

  private void taken(Lane lane, long through) {
    synchronized (this) {
      carried.put(lane, through);
    }
    receipts(lane).taken(through);
  }

  private static boolean isCourse(Wire wire) {
    return wire.stream().originator().equals(Samples.ORIGINATOR);
  }

  private synchronized Receipts receipts(Lane lane) {
    return receipts.getOrDefault(lane, NOBODY);
  }

  /** Says who hears of the receipts of a lane from now on. */
  synchronized void hear(Lane lane, Receipts listener) {
    receipts.put(lane, listener);
  }

  /**
   * Files a track with the originator's node, by a feed for what goes on one lane, from one thread
   * a lane; waits while that has too much waiting.
   */
  void file(Lane lane, FiledTrack track) {
    long seq;
    synchronized (filed) {
      seq = filed.merge(lane, 1L, Long::sum);
    }
    if (!originator.loop.submit(new Input.TrackFiled("bench " + lane, seq, track))) {
      throw new IllegalStateException("the originator's node has stopped: " + said());
    }
  }

  /** What the nodes' logs say. */
  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (Exception e) {
        throw new IllegalStateException("a node did not close: " + e.getMessage(), e);
      }
    }
    open.clear();
  }
}
