package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.engine.Input;
import parallax.files.waiting.Await;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.transport.LinkServer;
import parallax.transport.Links;
import parallax.transport.OwnCertificate;
import parallax.transport.PortLimits;
import parallax.transport.RevokedSerials;
import parallax.transport.Tls;
import parallax.transport.Trust;

/**
 * Two ends of a link over real ports, with a queue that takes nothing out unless the test does: a
 * receiver without room pushes back on exactly that stream, down to the socket, and nothing is
 * lost.
 */
@Timeout(300)
class BackpressureTest {
  private static final Digest DIGEST = Digest.of(new byte[Digest.LENGTH]);

  @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private final InputQueue receiverQueue = new InputQueue();
  private final InputQueue senderQueue = new InputQueue();
  private final List<Input> heard = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean senderReads = true;
  private final List<Runnable> readsLater = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean bulkIsFull;
  private Links receiver;
  private Links sender;

  private static Wire wire(Nation peer, Lane lane) {
    return new Wire(peer, new StreamId(Nation.KOR, Nation.JPN, lane));
  }

  private static Wire atReceiver(Lane lane) {
    return wire(Nation.KOR, lane);
  }

  private static Wire atSender(Lane lane) {
    return wire(Nation.JPN, lane);
  }

  /** Who a nation is to the other one. */
  private record Party(OwnCertificate own, Trust trusted) {}

  private Party party(Nation nation) throws Exception {
    Path home = Files.createDirectories(folder.resolve(nation.code()));
    Instant now = Instant.now();
    CertificateAuthority authority = CertificateAuthority.create(nation, now, 2);
    authority.issue(Role.NODE, home, "node", now, 2);
    return new Party(
        new OwnCertificate(home, "node", c -> {}),
        new Trust(
            new TreeMap<>(Map.of(nation, List.of(authority.certificate()))), new RevokedSerials()));
  }

  @BeforeEach
  void linksTheTwo() throws Exception {
    Party jpn = party(Nation.JPN);
    Party kor = party(Nation.KOR);
    receiver =
        new Links(
            (input, whenRoom) -> {
              heard.add(input);
              boolean room = receiverQueue.put(List.of(input), whenRoom);
              bulkIsFull |= !room;
              return room;
            },
            why -> {});
    open.add(receiver);
    LinkServer port =
        new LinkServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            jpn.own(),
            kor.trusted(),
            PortLimits.LINK,
            receiver,
            question -> question,
            (reason, why) -> {});
    open.add(port);
    sender =
        new Links(
            (input, whenRoom) -> {
              boolean room = senderQueue.put(List.of(input), whenRoom);
              if (senderReads) {
                return room;
              }
              readsLater.add(whenRoom);
              return false;
            },
            why -> {});
    open.add(sender);
    sender.know(
        Nation.JPN,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port.port()),
        Tls.client(kor.own(), jpn.trusted()));
    for (Lane lane : Lane.values()) {
      sender.dial(atSender(lane));
      Await.until(() -> takenBySender().contains(new Input.LinkChanged(atSender(lane), true)));
      sender.taken(atSender(lane), true);
    }
  }

  @AfterEach
  void closes() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private final List<Input> fromSenderQueue = new ArrayList<>();

  private List<Input> takenBySender() {
    take(senderQueue, fromSenderQueue);
    return fromSenderQueue;
  }

  private static boolean take(InputQueue queue, List<Input> into) {
    try {
      int before = into.size();
      queue.take(into, 0, TimeUnit.MILLISECONDS);
      return into.size() > before;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Frame.Batch whole(long first) {
    return new Frame.Batch(
        first, Collections.nCopies(500, new Entry.Whole(new byte[500])), DIGEST, new byte[64], 0);
  }

  private static Frame.Batch folded(long first) {
    return new Frame.Batch(
        first,
        Collections.nCopies(500, new Entry.Folded(DIGEST, Long.MAX_VALUE)),
        DIGEST,
        new byte[64],
        0);
  }

  private long heardOf(Lane lane) {
    synchronized (heard) {
      return heard.stream()
          .filter(i -> i instanceof Input.FrameReceived f && f.wire().equals(atReceiver(lane)))
          .count();
    }
  }

  /** A backlog: 60 batches that are large, or 4 MiB in flight of folded entries at 32 bytes. */
  @ParameterizedTest
  @CsvSource({"false, 60", "true, 262"})
  void urgentIsHeardBesideABulkLineThatIsFullAndNothingIsLost(boolean folded, int batches)
      throws Exception {
    List<Frame> sent = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      Frame batch = folded ? folded(1 + 500L * i) : whole(1 + 500L * i);
      sent.add(batch);
      sender.send(atSender(Lane.BULK), batch);
    }
    Await.until(() -> bulkIsFull);
    for (int i = 1; i <= 10; i++) {
      sender.send(atSender(Lane.URGENT), new Frame.Heartbeat(i, 0));
      int sentUrgent = i;
      Await.until(() -> heardOf(Lane.URGENT) == sentUrgent);
    }
    assertTrue(heardOf(Lane.BULK) <= 40, "read without room: " + heardOf(Lane.BULK));

    List<Input> taken = new ArrayList<>();
    Await.until(
        () -> {
          take(receiverQueue, taken);
          return ofLane(taken, Lane.BULK).size() == batches;
        });
    assertEquals(sent, ofLane(taken, Lane.BULK));
    assertEquals(10, ofLane(taken, Lane.URGENT).size());
  }

  private static List<Frame> ofLane(List<Input> inputs, Lane lane) {
    return inputs.stream()
        .filter(i -> i instanceof Input.FrameReceived f && f.wire().equals(atReceiver(lane)))
        .map(i -> ((Input.FrameReceived) i).frame())
        .toList();
  }

  @Test
  void aSenderThatDoesNotReadItsReceiptsIsOwedOnlyTheNewest() throws Exception {
    senderReads = false;
    sender.send(atSender(Lane.BULK), new Frame.Heartbeat(1, 0));
    List<Input> taken = new ArrayList<>();
    Await.until(
        () -> {
          take(receiverQueue, taken);
          return !ofLane(taken, Lane.BULK).isEmpty();
        });
    receiver.taken(atReceiver(Lane.BULK), true);
    int receipts = 60_000;
    for (int next = 2; next <= receipts; next++) {
      receiver.send(
          atReceiver(Lane.BULK),
          new Frame.Ack(new Cursor(next, DIGEST), new byte[64], 0, 0, false));
    }
    senderReads = true;
    Await.until(() -> !readsLater.isEmpty());
    readsLater.forEach(Runnable::run);
    Await.until(() -> receiptsTaken().contains((long) receipts));
    assertTrue(receiptsTaken().size() < receipts, "all were kept for it");
  }

  private List<Long> receiptsTaken() {
    return takenBySender().stream()
        .filter(i -> i instanceof Input.FrameReceived f && f.frame() instanceof Frame.Ack)
        .map(i -> ((Frame.Ack) ((Input.FrameReceived) i).frame()).cursor().next())
        .toList();
  }
}
