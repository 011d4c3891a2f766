package parallax.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import parallax.engine.ReleasesState.Unconfirmed;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.OutboundStream;
import parallax.link.Outgoing;
import parallax.model.Nation;
import parallax.model.Report;

/**
 * The notices that were told and that a partner has not confirmed to hold, and what partners made
 * of the newest others. Bounded by what people order: one for each notice and partner.
 */
final class UnconfirmedNotices {
  /** Most notices of which the end is remembered. */
  private static final int MOST_ENDED = 200;

  private final List<Unconfirmed> all = new ArrayList<>();
  private final Deque<NoticeProgress> ended = new ArrayDeque<>();

  /** With the notices of another. */
  UnconfirmedNotices(ReleasesState state) {
    all.addAll(state.unconfirmed());
    ended.addAll(state.endedNotices());
  }

  /** The notices that a partner has not confirmed to hold, in the order told. */
  List<Unconfirmed> all() {
    return List.copyOf(all);
  }

  /** What partners made of the newest others, the oldest first. */
  List<NoticeProgress> ended() {
    return List.copyOf(ended);
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(Nation partner, long seq, Report.Notice notice) {
    all.add(new Unconfirmed(partner, seq, notice));
  }

  /** What partners made of the newest notices, oldest first; those under way last. */
  List<NoticeProgress> progress() {
    List<NoticeProgress> out = new ArrayList<>(ended);
    all.forEach(a -> out.add(a.progress(NoticeProgress.State.UNDER_WAY, "")));
    return out;
  }

  /** A notice that has to be told again is told as a change of its track's label leaves it. */
  void relabel(Report.Relabel change) {
    replaceAll(n -> Reports.relabelled(n, change));
  }

  /** The node's clock jumps. */
  void clockCorrected(Restamp r) {
    replaceAll(r::waiting);
  }

  private void replaceAll(UnaryOperator<Report> other) {
    all.replaceAll(
        a -> new Unconfirmed(a.partner(), a.seq(), (Report.Notice) other.apply(a.notice())));
  }

  /** Takes out the notices that were lost in a gap: they have to be told again. */
  List<Unconfirmed> takeLost(Effect.GapRecorded gap) {
    List<Unconfirmed> lost =
        all.stream()
            .filter(
                a ->
                    a.partner().equals(gap.stream().recipient())
                        && gap.from() <= a.seq()
                        && a.seq() <= gap.to())
            .toList();
    all.removeAll(lost);
    return lost;
  }

  /** Tells which notices partners hold by now, and which of them they set aside. */
  void confirm(Streams streams, List<Effect> out) {
    for (Iterator<Unconfirmed> i = all.iterator(); i.hasNext(); ) {
      Unconfirmed a = i.next();
      Optional<OutboundStream> urgent =
          streams.outgoing(a.partner()).map((Outgoing o) -> o.on(Lane.URGENT));
      if (urgent.isPresent() && urgent.get().acknowledged() >= a.seq()) {
        i.remove();
        end(a, madeOf(a, urgent.get()), out);
      }
    }
  }

  private static NoticeProgress madeOf(Unconfirmed a, OutboundStream urgent) {
    List<Frame.SetAside.Item> setAside = urgent.setAside();
    for (Frame.SetAside.Item s : setAside) {
      if (s.seq() == a.seq()) {
        return a.progress(NoticeProgress.State.SET_ASIDE, s.reason());
      }
    }
    // Of those before the oldest that the partner named, it may have set aside any.
    boolean named =
        urgent.setAsideTotal() == setAside.size() || a.seq() > setAside.getFirst().seq();
    return a.progress(named ? NoticeProgress.State.APPLIED : NoticeProgress.State.UNKNOWN, "");
  }

  private void end(Unconfirmed a, NoticeProgress made, List<Effect> out) {
    ended.addLast(made);
    if (ended.size() > MOST_ENDED) {
      ended.removeFirst();
    }
    String which = "the notice on " + made.track() + " (record " + made.seq() + ")";
    switch (made.state()) {
      case UNDER_WAY -> {}
      case APPLIED -> out.add(new Effect.NoticeApplied(a.partner(), made.track(), made.seq()));
      case SET_ASIDE ->
          out.add(
              new Effect.NoticeRaised(
                  Effect.NoticeKind.NOTICE_NOT_APPLIED,
                  a.partner() + " has NOT applied " + which + ": " + made.reason()));
      case UNKNOWN ->
          out.add(
              new Effect.NoticeRaised(
                  Effect.NoticeKind.NOTICE_NOT_APPLIED,
                  a.partner()
                      + " may not have applied "
                      + which
                      + ": it set more aside than it named; ask it"));
    }
  }
}
