package parallax.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import parallax.link.Lane;
import parallax.link.Outgoing;
import parallax.model.Nation;
import parallax.model.Report;

/**
 * The notices that were told and that a partner has not confirmed to hold. Bounded by what people
 * order: one for each notice and partner.
 */
final class UnconfirmedNotices {
  private final List<Unconfirmed> all = new ArrayList<>();

  /** A notice with its number in the urgent stream to a partner. */
  record Unconfirmed(Nation partner, long seq, Report.Notice notice) {}

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(Nation partner, long seq, Report.Notice notice) {
    all.add(new Unconfirmed(partner, seq, notice));
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

  /** Tells which notices partners hold by now. */
  void confirm(Streams streams, List<Effect> out) {
    for (Iterator<Unconfirmed> i = all.iterator(); i.hasNext(); ) {
      Unconfirmed a = i.next();
      Optional<Outgoing> o = streams.outgoing(a.partner());
      if (o.isPresent() && o.get().on(Lane.URGENT).acknowledged() >= a.seq()) {
        i.remove();
        out.add(new Effect.NoticeApplied(a.partner(), a.notice().header().track(), a.seq()));
      }
    }
  }
}
