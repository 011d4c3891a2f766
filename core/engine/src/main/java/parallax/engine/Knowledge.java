package parallax.engine;

import java.util.Optional;
import java.util.OptionalLong;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * What the nation knows, which is the combined picture, and what all nations know, which is the
 * common picture. Whoever takes something in here says of each of the two whether it belongs there.
 */
final class Knowledge {
  private final CombinedPicture common;
  private final CombinedPicture combined;

  /** What another knew. */
  Knowledge(KnowledgeState state) {
    common = new CombinedPicture(state.common());
    combined = new CombinedPicture(common, state.combined());
  }

  /** What is known, as it stands. */
  KnowledgeState state() {
    return new KnowledgeState(common.state(), combined.state());
  }

  CombinedPicture combined() {
    return combined;
  }

  CombinedPicture common() {
    return common;
  }

  /** Whether there is something to be drawn. */
  boolean isStale() {
    return combined.isStale() || common.isStale();
  }

  /**
   * Takes in a report of the nation's own. The nation knows it whoever was told it. All know it
   * only when every partner was told it, and told the same; then the nation goes by those words
   * too, so that its combined picture and the partners' rest on one report.
   *
   * @param toldToAll the report as every partner reads it; empty when one does not
   */
  void takeOwn(Report report, Optional<Report> toldToAll) {
    combined.take(toldToAll.orElse(report));
    toldToAll.ifPresent(common::take);
  }

  /**
   * Takes in a partner's report.
   *
   * @param cameWallNs when it came, wall clock, UTC nanoseconds
   * @param forAll whether every party may hold it, so that all know it
   */
  void takePartners(Report report, long cameWallNs, boolean forAll) {
    OptionalLong came = OptionalLong.of(cameWallNs);
    combined.take(report, came);
    if (forAll) {
      common.take(report, came);
    }
  }

  /**
   * A notice, own or a partner's, changes what is known.
   *
   * @param toAll whether all partners were told it, as far as is known
   * @param cameWallNs when a partner's came, wall clock, UTC nanoseconds; empty: it is own
   */
  void apply(Report.Notice notice, InForce terms, boolean toAll, OptionalLong cameWallNs) {
    cameWallNs.ifPresent(
        ns -> {
          combined.noticed(notice.header().track(), ns);
          common.noticed(notice.header().track(), ns);
        });
    switch (notice) {
      case Report.Recall r -> recall(r.header().track(), r.of(), r.madeUntil());
      case Report.Correction c -> {
        UtcTime until = new UtcTime(c.header().createdAt().nanos() - 1);
        recall(c.header().track(), Optional.of(c.corrected().dataClass()), until);
        combined.take(c.corrected(), cameWallNs);
        if (toAll && terms.isForAll(c.corrected().header().label())) {
          common.take(c.corrected(), cameWallNs);
        }
      }
      case Report.Relabel r -> {
        TrackId track = r.header().track();
        boolean own = track.originator().equals(terms.configuration().nation());
        if (!own && !terms.mayHold(r.label())) {
          recall(track, Optional.empty(), r.madeUntil());
        } else if (!terms.isForAll(r.label())) {
          common.recall(track, Optional.empty(), r.madeUntil());
        }
        combined.relabel(track, r.label(), r.madeUntil());
        common.relabel(track, r.label(), r.madeUntil());
      }
    }
  }

  /** When the oldest came of what partners told. */
  Optional<UtcTime> oldestOfPartners() {
    return combined.oldestOfPartners();
  }

  /** Forgets what partners told and what came before a moment, wall clock, UTC nanoseconds. */
  void forgetBefore(Nation own, long untilWallNs, long nowWallNs) {
    combined.forgetBefore(own, untilWallNs, nowWallNs);
    common.forgetBefore(own, untilWallNs, nowWallNs);
  }

  /** The node's clock jumps. */
  void clockCorrected(Restamp r) {
    combined.clockCorrected(r);
    common.clockCorrected(r);
  }

  private void recall(TrackId track, Optional<Report.DataClass> of, UtcTime until) {
    combined.recall(track, of, until);
    common.recall(track, of, until);
  }
}
