package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AlertAction;
import parallax.warning.AlertBookState;
import parallax.warning.AreaCatalogue;

/**
 * Draws the three pictures, launch by launch, and takes the nation's warnings from them. What fails
 * on a launch leaves the others as they are, is told once by its name, and is tried again.
 */
final class Pictures {
  private final CurrentTerms terms;
  private final OwnTracks own;
  private final Knowledge knowledge;
  private final Faults faults;
  private final AreaCatalogue catalogue;

  /** What is doubted of each track, so that it is told once. */
  private final TrackMap<String> doubted;

  private @Nullable Warnings warnings;

  /**
   * With what another doubted and warned of.
   *
   * @param state all that the engine remembers
   */
  Pictures(
      EngineState state,
      CurrentTerms terms,
      OwnTracks own,
      Knowledge knowledge,
      Faults faults,
      AreaCatalogue catalogue) {
    this.terms = terms;
    this.own = own;
    this.knowledge = knowledge;
    this.faults = faults;
    this.catalogue = catalogue;
    doubted = new TrackMap<>(state.doubted());
    warnings = state.alerts().map(book -> warnings(terms, book)).orElse(null);
  }

  private Warnings warnings(CurrentTerms of, AlertBookState book) {
    NodeConfiguration c = of.configuration().orElseThrow();
    return new Warnings(c.nation(), c.channel(), catalogue, book);
  }

  /** What is doubted of each track. */
  TracksState<String> doubted() {
    return doubted.state();
  }

  /** The nation's warnings; empty before the first configuration. */
  Optional<AlertBookState> alerts() {
    return Optional.ofNullable(warnings).map(Warnings::state);
  }

  /**
   * The alerts that were raised stay, whatever was raised now; where these differ the book is as
   * before, and takes over what was raised.
   */
  void follow(Optional<AlertBookState> before, List<AlertAction> now, List<AlertAction> raised) {
    Warnings w = warnings;
    if (w != null && !now.equals(raised)) {
      w.follow(before.orElse(AlertBookState.empty()), raised);
    }
  }

  /** Begins with the first configuration; nation and channel never change after it. */
  void begin(NodeConfiguration c) {
    if (warnings == null) {
      warnings = new Warnings(c.nation(), c.channel(), catalogue, AlertBookState.empty());
    }
  }

  /** The node's clock jumps. */
  void clockCorrected(Restamp r) {
    Warnings w = warnings;
    if (w != null) {
      w.clockCorrected(r);
    }
  }

  /** Forgets what was doubted of tracks of partners that are not known any more. */
  void forgetUnknown() {
    for (TrackId t : doubted.tracks()) {
      if (!t.originator().equals(terms.nation()) && knowledge.combined().of(t).isEmpty()) {
        doubted.remove(t);
      }
    }
  }

  /** Whether a warning stands, whose end may fall due. */
  boolean warns() {
    Warnings w = warnings;
    return w != null && !w.standing().isEmpty();
  }

  /** Draws what changed, and tells what the public is to be told. */
  void onTick(UtcTime now, long wallNs, List<Effect> out) {
    Warnings w = warnings;
    if (w == null) {
      return;
    }
    drawNational(w, now, out);
    faults.guard("combined picture", out, () -> drawCombined(w, now, wallNs, out));
    faults.guard("common picture", out, () -> drawCommon(now, wallNs, out));
    for (String event : w.standing()) {
      faults.guard(
          "end of the warning of launch " + event, out, () -> raise(w.onTick(event, now), out));
    }
  }

  private void drawNational(Warnings w, UtcTime now, List<Effect> out) {
    for (OwnTrack t : own.undrawn()) {
      if (faults.guard(
          "national picture of track " + t.id(),
          out,
          () -> show(nationalPicture(w, t, now), Optional.empty(), out))) {
        own.drew(t.id());
      }
    }
  }

  private static void show(Picture p, Optional<UtcTime> deleteBy, List<Effect> out) {
    out.add(new Effect.PictureChanged(p, deleteBy));
  }

  private static void raise(List<AlertAction> actions, List<Effect> out) {
    actions.forEach(a -> out.add(new Effect.AlertRaised(a)));
  }

  private Picture nationalPicture(Warnings w, OwnTrack t, UtcTime now) {
    ImpactPointPrediction impact =
        t.track()
            .impact()
            .orElseGet(
                () -> new ImpactPointPrediction.CannotTellYet(now, "launch seen, not tracked yet"));
    return new Picture(
        Picture.View.NATIONAL,
        t.id(),
        now,
        List.of(t.id()),
        t.track().launch(),
        t.track().estimate(),
        impact,
        t.path(),
        w.areas(impact, t.path()),
        w.watched(impact),
        Optional.of(own.label(t.id(), now)));
  }

  private void drawCombined(Warnings w, UtcTime now, long wallNs, List<Effect> out) {
    CombinedPicture combined = knowledge.combined();
    CombinedPicture.Changes changes = combined.draw(now, wallNs, combined, faults, out);
    List<CombinedPicture.Withdrawal> failed =
        changes.withdrawn().stream().filter(d -> !endWarning(w, d, now, out)).toList();
    for (CombinedLaunch c : changes.drawn()) {
      TrackId event = c.event();
      List<Picture> shown = new ArrayList<>();
      faults.guard(
          "combined picture of launch " + event,
          out,
          () -> {
            Picture p = combinedPicture(w, c, now);
            show(p, deleteBy(c), out);
            shown.add(p);
          });
      boolean warned =
          !shown.isEmpty()
              && faults.guard(
                  "alert for launch " + event,
                  out,
                  () -> raise(w.onPicture(shown.getFirst(), now), out));
      if (!warned) {
        combined.drawAgain(event);
      }
      tellDoubts(c, out);
    }
    for (CombinedPicture.Withdrawal d : changes.withdrawn()) {
      if (failed.contains(d)) {
        combined.withdrawAgain(d, now, wallNs);
      } else {
        show(Picture.withdrawal(Picture.View.COMBINED, d, now), Optional.empty(), out);
      }
    }
  }

  /** What becomes of the warning of a launch that is shown no longer; false when that failed. */
  private boolean endWarning(
      Warnings w, CombinedPicture.Withdrawal d, UtcTime now, List<Effect> out) {
    return faults.guard(
        "withdrawal of launch " + d.event(), out, () -> raise(w.onWithdrawn(d, now), out));
  }

  private Picture combinedPicture(Warnings w, CombinedLaunch c, UtcTime now) {
    return new Picture(
        Picture.View.COMBINED,
        c.event(),
        now,
        c.sources(),
        c.launch(),
        c.estimate(),
        c.impact(),
        c.path(),
        w.areas(c.impact(), c.path()),
        w.watched(c.impact()),
        Optional.of(label(c, now)));
  }

  /** Tells once what is doubted of a track, and again when it was not for a while. */
  private void tellDoubts(CombinedLaunch c, List<Effect> out) {
    for (TrackId t : c.sources()) {
      String doubt = c.doubts().get(t);
      if (doubt == null) {
        doubted.remove(t);
      } else {
        boolean isNew = !doubted.contains(t);
        doubted.put(t, doubt);
        if (isNew) {
          out.add(new Effect.NoticeRaised(Effect.NoticeKind.TRACK_DOUBTED, t + ": " + doubt));
        }
      }
    }
  }

  private void drawCommon(UtcTime now, long wallNs, List<Effect> out) {
    CombinedPicture common = knowledge.common();
    CombinedPicture.Changes changes = common.draw(now, wallNs, knowledge.combined(), faults, out);
    for (CombinedLaunch c : changes.drawn()) {
      if (!faults.guard(
          "common picture of launch " + c.event(),
          out,
          () -> show(commonPicture(c, now), deleteBy(c), out))) {
        common.drawAgain(c.event());
      }
    }
    for (CombinedPicture.Withdrawal d : changes.withdrawn()) {
      show(Picture.withdrawal(Picture.View.COMMON, d, now), Optional.empty(), out);
    }
  }

  private Picture commonPicture(CombinedLaunch c, UtcTime now) {
    return new Picture(
        Picture.View.COMMON,
        c.event(),
        now,
        c.sources(),
        c.launch(),
        c.estimate(),
        c.impact(),
        List.of(),
        List.of(),
        List.of(),
        Optional.of(label(c, now)));
  }

  /**
   * The label of what is shown of a launch: the labels of all it rests on, combined. What came
   * under another agreement may have had another labelling policy; together such reports are for
   * the nation's own use.
   */
  private ConfidentialityLabel label(CombinedLaunch c, UtcTime now) {
    Nation nation = terms.nation();
    List<ConfidentialityLabel> labels =
        c.handling().stream().map(KnownTrack.Handling::label).toList();
    boolean onePolicy = labels.stream().map(ConfidentialityLabel::policy).distinct().count() == 1;
    return onePolicy
        ? ConfidentialityLabel.combined(labels, nation)
        : InForce.ownUseOnly(nation, now);
  }

  /** When what is shown of a launch must be deleted: as soon as one of a partner's reports must. */
  private Optional<UtcTime> deleteBy(CombinedLaunch c) {
    OptionalLong first = c.handling().stream().flatMapToLong(h -> h.cameWallNs().stream()).min();
    return first.isEmpty()
        ? Optional.empty()
        : terms.retention().map(clause -> new UtcTime(clause.dueAt(first.getAsLong())));
  }
}
