package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;

class InputQueueTest {
  private final InputQueue queue = new InputQueue();

  private static Input.PlotRefused plot(String feed, long seq) {
    return new Input.PlotRefused(feed, seq, "made up");
  }

  private static Wire wire(Lane lane) {
    return new Wire(Nation.JPN, new StreamId(Nation.JPN, Nation.KOR, lane));
  }

  private static Input.FrameReceived batch(Lane lane, long first, int records) {
    return new Input.FrameReceived(
        wire(lane),
        new Frame.Batch(
            first,
            Collections.nCopies(records, new Entry.Whole(new byte[] {1})),
            Digest.of(new byte[Digest.LENGTH]),
            new byte[64],
            0));
  }

  private void offer(Input input) throws InterruptedException {
    assertTrue(queue.offer(input, 0, TimeUnit.MILLISECONDS));
  }

  private List<Input> take() throws InterruptedException {
    List<Input> out = new ArrayList<>();
    queue.take(out, 0, TimeUnit.MILLISECONDS);
    return out;
  }

  @Test
  void theOrderOfEachSourceIsKept() throws InterruptedException {
    List<Input> a = new ArrayList<>();
    List<Input> b = new ArrayList<>();
    for (int i = 1; i <= 700; i++) {
      a.add(plot("a", i));
      b.add(i % 10 == 0 ? new Input.LinkChanged(wire(Lane.BULK), true) : batch(Lane.BULK, i, 1));
      offer(a.getLast());
      offer(b.getLast());
    }
    List<Input> out = new ArrayList<>();
    for (List<Input> some = take(); !some.isEmpty(); some = take()) {
      out.addAll(some);
    }
    assertEquals(a, out.stream().filter(i -> i instanceof Input.PlotRefused).toList());
    assertEquals(b, out.stream().filter(i -> !(i instanceof Input.PlotRefused)).toList());
  }

  @Test
  void whatComesByAnUrgentConnectionGoesFirst() throws InterruptedException {
    for (int i = 1; i <= 5_000; i++) {
      offer(plot("flood", i));
    }
    Input.FrameReceived urgent = batch(Lane.URGENT, 1, 1);
    Input.Ordered order =
        new Input.Ordered("me", new Order.Suspend(Nation.JPN, Order.Direction.BOTH, "test"));
    offer(urgent);
    offer(order);
    assertEquals(List.of(urgent, order), take().subList(0, 2));
  }

  @Test
  void aSourceThatFloodsDelaysOnlyItself() throws InterruptedException {
    for (int i = 1; i <= 5_000; i++) {
      offer(plot("flood", i));
    }
    offer(plot("other", 1));
    assertTrue(take().contains(plot("other", 1)));
  }

  @Test
  void anUrgentFloodLeavesHalfToTheRest() throws InterruptedException {
    for (int i = 1; i <= 5_000; i++) {
      offer(batch(Lane.URGENT, i, 1));
      offer(plot("radar", i));
    }
    List<Input> out = take();
    assertEquals(InputQueue.MOST_AT_ONCE, out.size());
    assertEquals(
        InputQueue.MOST_AT_ONCE / 2,
        out.stream().filter(i -> i instanceof Input.PlotRefused).count());
  }

  @Test
  void aBatchCountsByItsRecords() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      offer(batch(Lane.BULK, 1 + 300L * i, 300));
    }
    assertEquals(2, take().size());
  }

  @Test
  void aSourceWithTooMuchWaitingIsHeldUp() throws InterruptedException {
    for (int i = 1; i <= InputQueue.MOST_A_SOURCE; i++) {
      offer(plot("flood", i));
    }
    assertFalse(queue.offer(plot("flood", 0), 1, TimeUnit.MILLISECONDS));
    offer(plot("other", 1));
    assertEquals(InputQueue.MOST_AT_ONCE, take().size());
    offer(plot("flood", 0));
  }

  private static Input.FrameReceived folded(Lane lane, int entries) {
    Digest digest = Digest.of(new byte[Digest.LENGTH]);
    return new Input.FrameReceived(
        wire(lane),
        new Frame.Batch(
            1,
            Collections.nCopies(entries, new Entry.Folded(digest, entries + 1)),
            digest,
            new byte[64],
            0));
  }

  private static Input.FrameReceived large(Wire wire) {
    return new Input.FrameReceived(
        wire,
        new Frame.Batch(
            1,
            Collections.nCopies(3, new Entry.Whole(new byte[1 << 20])),
            Digest.of(new byte[Digest.LENGTH]),
            new byte[64],
            0));
  }

  /** Hands in until the line of the input is full; how often there was room for more. */
  private int fill(Input input, Runnable whenRoom) {
    int put = 1;
    while (queue.put(List.of(input), whenRoom)) {
      put++;
    }
    return put;
  }

  @Test
  void puttingNeverWaitsAndTellsOnceWhenThereIsRoomAgain() throws InterruptedException {
    List<String> told = new ArrayList<>();
    int put = fill(folded(Lane.BULK, 500), () -> told.add("room"));
    assertEquals(InputQueue.MOST_A_SOURCE / 500, put);
    assertFalse(queue.put(List.of(folded(Lane.BULK, 500)), () -> told.add("room")));
    assertTrue(queue.put(List.of(batch(Lane.URGENT, 1, 1)), () -> told.add("urgent")));
    assertTrue(queue.put(List.of(plot("f", 1)), () -> told.add("plot")));
    assertEquals(List.of(), told);
    while (!take().isEmpty()) {
      assertTrue(told.size() <= 2);
    }
    assertEquals(List.of("room", "room"), told);
  }

  @Test
  void whatIsUrgentGoesBeforeWhatWasTakenOutEarlierAndKeepsItsOrder() throws InterruptedException {
    offer(plot("f", 1));
    offer(plot("f", 2));
    List<Input> left = new ArrayList<>();
    assertEquals(0, queue.take(left, 0, TimeUnit.SECONDS));
    assertFalse(queue.isUrgentWaiting());
    offer(batch(Lane.URGENT, 1, 1));
    offer(batch(Lane.URGENT, 2, 1));
    assertTrue(queue.isUrgentWaiting());

    assertEquals(2, queue.takeUrgent(left));
    assertEquals(
        List.of(batch(Lane.URGENT, 1, 1), batch(Lane.URGENT, 2, 1), plot("f", 1), plot("f", 2)),
        left);
    assertFalse(queue.isUrgentWaiting());
    assertEquals(0, queue.takeUrgent(left));
  }

  @Test
  void allThatIsUrgentComesFirstAlsoWhenThereIsLittleElse() throws InterruptedException {
    offer(plot("f", 1));
    for (int i = 1; i <= 300; i++) {
      offer(batch(Lane.URGENT, i, 1));
    }
    List<Input> out = new ArrayList<>();
    int urgent = queue.take(out, 0, TimeUnit.SECONDS);
    assertEquals(300, urgent);
    for (int i = 1; i <= 300; i++) {
      assertEquals(batch(Lane.URGENT, i, 1), out.get(i - 1));
    }
    assertEquals(plot("f", 1), out.getLast());
  }

  @Test
  void largeFramesFillALineByTheirBytes() {
    int put = fill(large(wire(Lane.BULK)), () -> {});
    assertTrue((put - 1) * (3L << 20) < InputQueue.MOST_BYTES_A_SOURCE, "frames: " + put);
    assertTrue(queue.put(List.of(batch(Lane.URGENT, 1, 1)), () -> {}));
  }

  @Test
  void manyStreamsOfANeighbourTogetherDoNotHoldMoreBytesThanItsShare() throws Exception {
    List<String> told = new ArrayList<>();
    int put = 0;
    for (char c = 'A'; c <= 'Z'; c++) {
      StreamId stream = new StreamId(new Nation("QQ" + c), Nation.KOR, Lane.BULK);
      put += fill(large(new Wire(Nation.JPN, stream)), () -> told.add("room"));
    }
    assertTrue(put < 26 + 3 + InputQueue.MOST_BYTES_A_NEIGHBOUR / (3 << 20), "frames: " + put);
    StreamId other = new StreamId(Nation.USA, Nation.KOR, Lane.BULK);
    assertTrue(queue.put(List.of(large(new Wire(Nation.USA, other))), () -> {}));
    while (!take().isEmpty()) {
      assertTrue(told.size() <= 26);
    }
    assertEquals(26, told.size());
  }

  @Test
  void whatComesAfterALargeFrameInALineWithoutRoomKeepsItsPlace() throws InterruptedException {
    Input last = new Input.LinkChanged(wire(Lane.BULK), false);
    fill(folded(Lane.BULK, 5_000), () -> {});
    queue.put(List.of(last), () -> {});
    List<Input> out = new ArrayList<>();
    for (List<Input> some = take(); !some.isEmpty(); some = take()) {
      out.addAll(some);
    }
    assertEquals(last, out.getLast());
  }

  @Test
  void sourcesThatHaveNothingWaitingAreForgotten() throws InterruptedException {
    for (int i = 0; i < 100_000; i++) {
      offer(plot("feed " + i, 1));
      if (i % 1_000 == 999) {
        while (!take().isEmpty()) {
          assertTrue(queue.sources() <= 1_000);
        }
        assertEquals(0, queue.sources());
      }
    }
  }

  @Test
  void nothingWaitingIsAnEmptyAnswer() throws InterruptedException {
    assertEquals(List.of(), take());
  }
}
