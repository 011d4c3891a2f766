package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * The records of one stream that its recipient took in but does not use: they are outside the
 * agreement, or cannot be read. Both ends keep the total and the newest of them.
 */
final class SetAsides {
  /** In the place of a reason that was deleted. */
  private static final String DELETED = "the record was deleted, and why it was not used with it";

  private final List<Frame.SetAside.Item> newest;
  private long total;

  /** None yet. */
  SetAsides() {
    newest = new ArrayList<>();
  }

  /** Goes on where another account stood. */
  SetAsides(StreamEndState.SetAsideState s) {
    newest = new ArrayList<>(s.newest());
    total = s.total();
  }

  /** As it is now. */
  StreamEndState.SetAsideState state() {
    return new StreamEndState.SetAsideState(total, newest);
  }

  /** How many since the stream began. */
  long total() {
    return total;
  }

  /** The newest, by rising number; at most {@link Frame.SetAside#MOST}. */
  List<Frame.SetAside.Item> newest() {
    return List.copyOf(newest);
  }

  /** For people and metrics. */
  LinkHealth.NotUsed health() {
    return newest.isEmpty()
        ? LinkHealth.NotUsed.NONE
        : new LinkHealth.NotUsed(total, newest.getLast().seq(), newest.getLast().reason());
  }

  /** The recipient has set aside more. */
  void add(List<Frame.SetAside.Item> more) {
    total += more.size();
    keep(more);
  }

  /**
   * The originator hears the total and the newest; it may have heard some of it before.
   *
   * @return those that it had not heard of
   */
  List<Frame.SetAside.Item> heard(long totalNow, List<Frame.SetAside.Item> newestNow) {
    if (totalNow <= total) {
      return List.of();
    }
    long last = newest.isEmpty() ? 0 : newest.getLast().seq();
    List<Frame.SetAside.Item> more = newestNow.stream().filter(i -> i.seq() > last).toList();
    total = totalNow;
    keep(more);
    return more;
  }

  /** Forgets why some of them are not used, where a reason may repeat what was deleted. */
  void forgetReasons(SortedSet<Long> seqs) {
    newest.replaceAll(i -> seqs.contains(i.seq()) ? new Frame.SetAside.Item(i.seq(), DELETED) : i);
  }

  private void keep(List<Frame.SetAside.Item> more) {
    newest.addAll(more);
    int tooMany = newest.size() - Frame.SetAside.MOST;
    if (tooMany > 0) {
      newest.subList(0, tooMany).clear();
    }
  }
}
