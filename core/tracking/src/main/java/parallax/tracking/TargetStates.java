package parallax.tracking;

import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The states of all tracks, kept up to date one by one, so that all of them can be handed out at
 * the cost of a few arrays. They lie in blocks, in no order; a block that has been handed out is
 * copied before it is written to.
 */
final class TargetStates {
  private static final int BLOCK = 128;

  private final List<TrackerState.@Nullable Target[]> blocks = new ArrayList<>();

  /** Whether a block has been handed out. */
  private final List<Boolean> shown = new ArrayList<>();

  private final Deque<Integer> free = new ArrayDeque<>();
  private int size;

  /** Makes a place. */
  int place() {
    if (free.isEmpty()) {
      int first = blocks.size() * BLOCK;
      blocks.add(new TrackerState.@Nullable Target[BLOCK]);
      shown.add(false);
      for (int i = 0; i < BLOCK; i++) {
        free.add(first + i);
      }
    }
    size++;
    return free.removeFirst();
  }

  /** Puts a state in a place. */
  void put(int place, TrackerState.Target state) {
    set(place, state);
  }

  /** Gives up a place. */
  void remove(int place) {
    set(place, null);
    free.addFirst(place);
    size--;
  }

  private void set(int place, TrackerState.@Nullable Target state) {
    int b = place / BLOCK;
    if (shown.get(b)) {
      blocks.set(b, blocks.get(b).clone());
      shown.set(b, false);
    }
    blocks.get(b)[place % BLOCK] = state;
  }

  /** All states as they are now, by the order of their tracks. */
  List<TrackerState.Target> view() {
    for (int b = 0; b < shown.size(); b++) {
      shown.set(b, true);
    }
    return new View(List.copyOf(blocks), size);
  }

  /** Sorts the states when one is first asked for. */
  private static final class View extends AbstractList<TrackerState.Target>
      implements RandomAccess {
    private final List<TrackerState.@Nullable Target[]> blocks;
    private final int size;
    private TrackerState.Target @Nullable [] sorted;

    View(List<TrackerState.@Nullable Target[]> blocks, int size) {
      this.blocks = blocks;
      this.size = size;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public TrackerState.Target get(int i) {
      TrackerState.Target[] all = sorted;
      if (all == null) {
        all =
            blocks.stream()
                .flatMap(Arrays::stream)
                .filter(t -> t != null)
                .sorted(Comparator.comparingLong(TrackerState.Target::order))
                .toArray(TrackerState.Target[]::new);
        sorted = all;
      }
      return all[i];
    }
  }
}
