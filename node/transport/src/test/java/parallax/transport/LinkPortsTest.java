package parallax.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.engine.Input;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.wire.FrameCodec;

/**
 * Connections that come, go and stall at the worst moment: the node hears of them in order, speaks
 * to the right one, and never waits.
 */
class LinkPortsTest {
  private static final Wire WIRE =
      new Wire(Nation.KOR, new StreamId(Nation.KOR, Nation.JPN, Lane.URGENT));
  private static final Input UP = new Input.LinkChanged(WIRE, true);
  private static final Input DOWN = new Input.LinkChanged(WIRE, false);
  private static final Digest DIGEST = Digest.of(new byte[Digest.LENGTH]);

  private final List<Input> heard = new ArrayList<>();
  private final List<Runnable> waitForRoom = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private boolean room = true;
  private final LinkPorts ports =
      new LinkPorts(
          (input, whenRoom) -> {
            heard.add(input);
            if (!room) {
              waitForRoom.add(whenRoom);
            }
            return room;
          },
          said::add);

  private LinkPort opened(FakeCall call) {
    return ports.opened(WIRE, call, () -> {});
  }

  /** A connection that is up, and that the node knows of. */
  private LinkPort up(FakeCall call) {
    LinkPort port = opened(call);
    ports.taken(WIRE, true);
    heard.clear();
    return port;
  }

  private static byte[] heartbeat(long mark) {
    return FrameCodec.encode(new Frame.Heartbeat(mark, 0));
  }

  private static Input heardHeartbeat(long mark) {
    return new Input.FrameReceived(WIRE, new Frame.Heartbeat(mark, 0));
  }

  private static Frame.Ack ack(long next) {
    return new Frame.Ack(new Cursor(next, DIGEST), new byte[64], 0, 0, false);
  }

  @Test
  void aConnectionThatIsCutIsDownAtOnceAndEndedWithoutCompletion() {
    FakeCall call = new FakeCall();
    up(call);

    assertTrue(ports.cut(WIRE));

    assertTrue(call.cut);
    assertFalse(call.completed);
    assertEquals(List.of(DOWN), heard);
  }

  private void sendsOnABrokenStream(RuntimeException failure) {
    FakeCall call = new FakeCall();
    up(call);
    call.failure = failure;

    ports.send(WIRE, new Frame.Heartbeat(1, 0));
    ports.close(WIRE);

    assertEquals(List.of(DOWN), heard);
  }

  @Test
  void sendingOnACancelledStreamTakesItForDown() {
    sendsOnABrokenStream(Status.CANCELLED.asRuntimeException());
  }

  @Test
  void sendingOnAnEndedStreamTakesItForDown() {
    sendsOnABrokenStream(new IllegalStateException("call was half-closed"));
  }

  @Test
  void closingABrokenStreamTakesItForDown() {
    FakeCall call = new FakeCall();
    up(call);
    call.failure = Status.CANCELLED.asRuntimeException();

    ports.close(WIRE);

    assertEquals(List.of(DOWN), heard);
  }

  @Test
  void bytesThatAreNoFrameAreHandedOnAsSuch() {
    LinkPort port = opened(new FakeCall());

    port.onNext(new byte[] {1, 2, 3});

    assertEquals(Input.FrameRefused.class, heard.getLast().getClass());
  }

  @Test
  void aConnectionIsReadOneMessageAtATimeAndOnlyWhileThereIsRoom() {
    FakeCall call = new FakeCall();
    LinkPort port = opened(call);
    assertEquals(1, call.requested);

    port.onNext(heartbeat(1));
    assertEquals(2, call.requested);
    room = false;
    port.onNext(heartbeat(2));
    assertEquals(2, call.requested, "there is no room for a third");

    waitForRoom.forEach(Runnable::run);
    assertEquals(3, call.requested);
  }

  @Test
  void aFullLineOfOneConnectionHoldsUpNeitherAnotherNorWhatIsSent() {
    FakeCall full = new FakeCall();
    LinkPort port = up(full);
    Wire bulk = new Wire(Nation.KOR, WIRE.stream().on(Lane.BULK));
    FakeCall other = new FakeCall();
    LinkPort otherPort = ports.opened(bulk, other, () -> {});
    room = false;
    port.onNext(heartbeat(1));
    room = true;

    otherPort.onNext(heartbeat(1));
    assertEquals(2, other.requested);
    ports.send(WIRE, new Frame.Heartbeat(9, 0));
    assertEquals(List.of(new Frame.Heartbeat(9, 0)), full.sent);
    ports.close(WIRE);
    assertEquals(DOWN, heard.getLast());
  }

  @Test
  void aReplacedConnectionIsNotHeardAfterTheNewOneIsUp() {
    FakeCall first = new FakeCall();
    LinkPort old = up(first);
    old.onNext(heartbeat(1));
    LinkPort fresh = opened(new FakeCall());

    old.onNext(heartbeat(2));
    fresh.onNext(heartbeat(3));
    old.onCompleted();

    assertTrue(first.completed);
    assertEquals(List.of(heardHeartbeat(1), DOWN, UP, heardHeartbeat(3)), heard);
  }

  @Test
  void whatTheNodeSaysToAConnectionDoesNotGoToTheOneThatReplacedIt() {
    FakeCall first = new FakeCall();
    up(first);
    FakeCall second = new FakeCall();
    opened(second);

    ports.send(WIRE, new Frame.Heartbeat(1, 0)); // the node has not taken yet that it was replaced
    assertFalse(ports.close(WIRE), "the one that it wants to close is over already");
    ports.taken(WIRE, false);
    ports.send(WIRE, new Frame.Heartbeat(2, 0));
    assertEquals(List.of(), second.sent);
    assertFalse(second.completed);

    ports.taken(WIRE, true);
    ports.send(WIRE, new Frame.Heartbeat(3, 0));
    assertEquals(List.of(new Frame.Heartbeat(3, 0)), second.sent);
  }

  @Test
  void connectionsThatComeAndGoFasterThanTheNodeTakesThemLeaveTwoInputsBehind() {
    up(new FakeCall());
    for (int i = 0; i < 1_000; i++) {
      opened(new FakeCall()).onError(Status.UNAVAILABLE.asRuntimeException());
    }
    FakeCall last = new FakeCall();
    LinkPort port = opened(last);
    assertEquals(List.of(DOWN, UP), heard, "told of the first that replaced it");
    assertEquals(0, last.requested, "not read before the node is told of it");

    ports.taken(WIRE, false);
    ports.taken(WIRE, true);
    assertEquals(List.of(DOWN, UP, DOWN, UP), heard);
    assertEquals(1, last.requested);
    port.onNext(heartbeat(7));
    assertEquals(heardHeartbeat(7), heard.getLast());
  }

  @Test
  void aNeighbourThatNamesMoreAndMoreStreamsCannotFillTheQueue() {
    int opened = 0;
    for (char a = 'A'; a <= 'Z'; a++) {
      for (char b = 'A'; b <= 'Z'; b++) {
        Wire wire =
            new Wire(Nation.KOR, new StreamId(new Nation("Q" + a + b), Nation.JPN, Lane.URGENT));
        ports
            .opened(wire, new FakeCall(), () -> {})
            .onError(Status.UNAVAILABLE.asRuntimeException());
        opened++;
      }
    }
    assertEquals(26 * 26, opened);
    assertTrue(heard.size() <= 2 * LinkPorts.MOST_UNTAKEN, "inputs: " + heard.size());

    FakeCall other = new FakeCall();
    Wire ofAnother = new Wire(Nation.USA, new StreamId(Nation.USA, Nation.JPN, Lane.URGENT));
    ports.opened(ofAnother, other, () -> {});
    assertEquals(new Input.LinkChanged(ofAnother, true), heard.getLast());

    FakeCall late = new FakeCall();
    opened(late);
    assertEquals(0, late.requested);
    for (Input i : List.copyOf(heard)) {
      if (i instanceof Input.LinkChanged c) {
        ports.taken(c.wire(), c.connected());
      }
    }
    assertEquals(1, late.requested, "told of once there was room");
  }

  @Test
  void aRefusalToDialIsToldOnceAndNotWhenAConnectionIsUp() {
    ports.refused(WIRE);
    ports.refused(WIRE);
    assertEquals(List.of(DOWN), heard);
    ports.taken(WIRE, false);
    up(new FakeCall());

    ports.refused(WIRE);
    assertEquals(List.of(), heard);
  }

  @Test
  void ofReceiptsThatTheOtherEndDoesNotReadOnlyTheNewestWaits() {
    FakeCall call = new FakeCall();
    LinkPort port = up(call);
    call.ready = false;
    for (long next = 2; next <= 1_000_000; next++) {
      ports.send(WIRE, ack(next));
    }
    assertEquals(List.of(), call.sent);

    call.ready = true;
    port.ready();
    assertEquals(List.of(ack(1_000_000)), call.sent);
    assertFalse(call.cut);
  }

  @Test
  void theOrderOfFramesThatWaitIsKept() {
    FakeCall call = new FakeCall();
    LinkPort port = up(call);
    call.ready = false;
    Frame suspended = new Frame.Suspension(true, "test");
    ports.send(WIRE, ack(2));
    ports.send(WIRE, ack(3));
    ports.send(WIRE, suspended);
    ports.send(WIRE, ack(4));
    ports.close(WIRE);
    assertFalse(call.completed, "what was sent before the end has not left yet");

    call.ready = true;
    port.ready();
    assertEquals(List.of(ack(3), suspended, ack(4)), call.sent);
    assertTrue(call.completed);
  }

  @Test
  void aConnectionThatNobodyReadsIsCutAtALimit() {
    FakeCall call = new FakeCall();
    up(call);
    call.ready = false;
    Frame batch =
        new Frame.Batch(
            1,
            Collections.nCopies(1_000, new Entry.Whole(new byte[1_000])),
            DIGEST,
            new byte[64],
            0);
    int sent = 0;
    while (!call.cut) {
      ports.send(WIRE, batch);
      sent++;
    }
    assertTrue(sent * 1_000_000L <= LinkPort.MOST_HELD_BACK_BYTES + 2_000_000, "batches: " + sent);
    assertEquals(List.of(DOWN), heard);
    assertTrue(said.getFirst().contains("does not read"), said.getFirst());
  }

  @Test
  void whatWaitsForAReplacedConnectionIsDropped() {
    FakeCall first = new FakeCall();
    LinkPort old = up(first);
    first.ready = false;
    ports.send(WIRE, ack(2));

    opened(new FakeCall());

    first.ready = true;
    old.ready();
    assertTrue(first.completed);
    assertEquals(List.of(), first.sent);
  }
}
