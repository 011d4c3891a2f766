package parallax.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.evaluation.Drawing;
import parallax.evaluation.NationResult;
import parallax.exercise.Flight;
import parallax.model.Nation;
import parallax.report.ReportScene;
import parallax.report.ReportWords;
import parallax.warning.AdministrativeArea;
import parallax.warning.TrueAreas;
import parallax.wire.NodeEvent;

/** At the end: what each nation has warned of and how long before, or why rightly of nothing. */
final class WarnedText {
  private final ReportScene scene;
  private final Flight flight;

  WarnedText(ReportScene scene, Flight flight) {
    this.scene = scene;
    this.flight = flight;
  }

  /** A line for each nation. */
  List<String> lines() {
    List<String> out = new ArrayList<>();
    out.add("Warned (exercise):");
    for (Nation n : scene.nations()) {
      NationResult r = scene.of(n);
      boolean warned = r.alerts().stream().anyMatch(WarnedText::warns);
      String text = warned ? warned(n, r) : nobody(n, r);
      out.add("  " + n + "  " + text.replace('\u00a0', ' '));
    }
    return out;
  }

  /** Whether a message warns of something, not withdraws or ends it. */
  static boolean warns(NodeEvent.AlertSent a) {
    return a.messageType().equals("ALERT") || a.messageType().equals("UPDATE");
  }

  private String nobody(Nation n, NationResult r) {
    TrueAreas truth = r.truth();
    if (!truth.required().isEmpty()) {
      return "WARNED NOBODY, although it passed over or struck "
          + names(truth.required())
          + "; "
          + known(r);
    }
    String where = "it came down at " + ReportWords.place(flight.impactPoint());
    return "warned nobody, and rightly: "
        + where
        + (truth.allowed().isEmpty()
            ? ", and came within " + ReportWords.metres(TrueAreas.TOLERANCE_M) + " of none of "
            : "; it passed near " + names(truth.allowed()) + ", but over none of ")
        + "the areas of "
        + n;
  }

  private String known(NationResult r) {
    for (Drawing d : r.sharedHistory()) {
      if (!d.areas().isEmpty()) {
        return "its picture named "
            + ReportWords.areaNames(scene.areas(), d.areas())
            + " at "
            + ReportWords.at(d.tS())
            + ", but not surely enough or long enough for an alert";
      }
    }
    return "its picture never named an area at risk";
  }

  private String warned(Nation n, NationResult r) {
    SortedSet<AdministrativeArea> named = new TreeSet<>();
    double firstS = Double.POSITIVE_INFINITY;
    for (NodeEvent.AlertSent a : r.alerts()) {
      if (warns(a)) {
        a.areas().forEach(x -> named.add(x.area()));
        firstS = Math.min(firstS, scene.sinceLaunch(a.sent()));
      }
    }
    OptionalDouble arrival = scene.firstArrivalS(n);
    double left = arrival.orElse(flight.durationS()) - firstS;
    StringBuilder b = new StringBuilder();
    b.append("warned ").append(names(named)).append(" from ").append(ReportWords.at(firstS));
    b.append(", ")
        .append(ReportWords.span(Math.abs(left)))
        .append(left >= 0 ? " before " : " AFTER ")
        .append(arrival.isPresent() ? "it first arrived there" : "the impact");
    SortedSet<AdministrativeArea> missed = new TreeSet<>(r.truth().required());
    missed.removeAll(named);
    SortedSet<AdministrativeArea> wrong = new TreeSet<>(named);
    wrong.removeAll(r.truth().allowed());
    b.append(missed.isEmpty() ? "" : "; NOT WARNED although concerned: " + names(missed));
    b.append(wrong.isEmpty() ? "" : "; warned wrongly: " + names(wrong));
    b.append(missed.isEmpty() && wrong.isEmpty() ? "; rightly" : "");
    for (NodeEvent.AlertSent a : r.alerts()) {
      if (!warns(a)) {
        b.append(a.messageType().equals("CANCEL") ? "; withdrawn at " : "; all-clear at ");
        b.append(ReportWords.at(scene.sinceLaunch(a.sent())));
      }
    }
    return b.toString();
  }

  private static String names(SortedSet<AdministrativeArea> areas) {
    return ReportWords.list(areas.stream().map(AdministrativeArea::nameEn).toList());
  }
}
