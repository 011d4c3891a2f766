package parallax.demo;

import static parallax.report.ReportWords.at;
import static parallax.report.ReportWords.span;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import parallax.evaluation.Drawing;
import parallax.evaluation.Measures;
import parallax.evaluation.NationResult;
import parallax.model.Nation;
import parallax.model.TrackStatus;
import parallax.report.Markup;
import parallax.report.ReportScene;
import parallax.report.ReportScene.Side;
import parallax.report.ReportWords;

/** What sharing was worth to each nation, in words, with nothing that the figures do not say. */
final class Findings {
  private final ReportScene scene;

  Findings(ReportScene scene) {
    this.scene = scene;
  }

  /** One card a nation: what was truly at risk, what it knew alone, what it knew shared. */
  Markup drawing() {
    Markup m = new Markup();
    m.add("<div class=\"cards\">\n");
    for (Nation n : scene.nations()) {
      List<Side> sides = scene.sides(n);
      m.add(
          "<article class=\"card\"><h3>{} <span class=\"code\">{}</span></h3>\n",
          ReportWords.name(n),
          n.code());
      m.add("<p class=\"gist\">{}</p>\n", gist(scene.of(n).alone(), scene.of(n).shared()));
      m.add("<p class=\"truth\">{}</p>\n", truth(n));
      m.add("<p><b class=\"alone\">Alone</b> {}</p>\n", sentence(sides.get(0), null));
      m.add(
          "<p><b class=\"shared\">Shared</b> {}</p>\n</article>\n",
          sentence(sides.get(1), sides.get(0).measures()));
    }
    return m.add("</div>\n");
  }

  /** The differences between the two in one line. */
  private static String gist(Measures alone, Measures shared) {
    List<String> better = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    compared(better, worse, "knew", alone.firstKnowledgeS(), shared.firstKnowledgeS());
    compared(better, worse, "had a track", alone.firstTrackS(), shared.firstTrackS());
    compared(
        better,
        worse,
        "had the impact within 50 km",
        alone.impactWithin50KmS(),
        shared.impactWithin50KmS());
    compared(
        better, worse, "had its areas right", alone.areasRightFromS(), shared.areasRightFromS());
    int spared = alone.areasWarnedWrongly().size() - shared.areasWarnedWrongly().size();
    if (spared != 0) {
      int n = Math.abs(spared);
      String had = "had " + n + (n == 1 ? " area " : " areas ");
      (spared > 0 ? better : worse).add(had + (spared > 0 ? "fewer" : "more") + " wrongly at risk");
    }
    if (better.isEmpty() && worse.isEmpty()) {
      return "Sharing changed none of these figures.";
    }
    return "With sharing it "
        + ReportWords.list(better)
        + (better.isEmpty() || worse.isEmpty() ? "" : ", but ")
        + ReportWords.list(worse)
        + ".";
  }

  private static void compared(
      List<String> better,
      List<String> worse,
      String what,
      OptionalDouble alone,
      OptionalDouble shared) {
    if (alone.isPresent() && shared.isPresent()) {
      double gained = alone.getAsDouble() - shared.getAsDouble();
      if (gained >= 0.05) {
        better.add(what + " " + span(gained) + " earlier");
      } else if (gained <= -0.05) {
        worse.add(what + " " + span(-gained) + " later");
      }
    } else if (shared.isPresent()) {
      better.add(what + " at " + at(shared.getAsDouble()) + ", which alone it never did");
    } else if (alone.isPresent()) {
      worse.add("never " + what + ", as alone it did at " + at(alone.getAsDouble()));
    }
  }

  private String truth(Nation n) {
    NationResult r = scene.of(n);
    if (r.truth().required().isEmpty()) {
      return "In truth none of its areas was overflown or struck.";
    }
    List<String> names = new ArrayList<>();
    r.truth().required().forEach(a -> names.add(a.nameEn()));
    OptionalDouble arrival = scene.firstArrivalS(n);
    return "In truth overflown or struck: "
        + ReportWords.list(names)
        + (arrival.isPresent() ? ", first at " + at(arrival.getAsDouble()) : "")
        + ".";
  }

  private String sentence(Side side, @Nullable Measures alone) {
    Measures m = side.measures();
    if (m.firstKnowledgeS().isEmpty() && m.firstTrackS().isEmpty()) {
      return "it never knew of the launch.";
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "it knew "
            + when(m.firstKnowledgeS())
            + gain(m.firstKnowledgeS(), alone == null ? null : alone.firstKnowledgeS()));
    parts.add(
        m.firstTrackS().isPresent() ? "had a track " + when(m.firstTrackS()) : "had no track");
    losses(side.history()).ifPresent(parts::add);
    parts.add(
        m.impactWithin50KmS().isPresent()
            ? "had the impact within 50 km " + when(m.impactWithin50KmS())
            : "never had the impact within 50 km");
    return ReportWords.list(parts) + ". " + areas(side);
  }

  private static String gain(OptionalDouble mine, @Nullable OptionalDouble alone) {
    if (alone == null || mine.isEmpty()) {
      return "";
    }
    if (alone.isEmpty()) {
      return " (alone never)";
    }
    double gained = alone.getAsDouble() - mine.getAsDouble();
    return gained >= 0.05 ? " (" + span(gained) + " earlier)" : "";
  }

  private String areas(Side side) {
    Measures m = side.measures();
    boolean none = scene.of(side.nation()).truth().allowed().isEmpty();
    StringBuilder s = new StringBuilder();
    if (m.areasRightFromS().isPresent()) {
      double from = m.areasRightFromS().getAsDouble();
      s.append(none ? "It rightly had no area at risk" : "Its areas at risk were right");
      s.append(" from ").append(at(from)).append(" on");
      OptionalDouble arrival = scene.firstArrivalS(side.nation());
      if (arrival.isPresent() && arrival.getAsDouble() > from) {
        s.append(", ")
            .append(span(arrival.getAsDouble() - from))
            .append(" before the first arrival");
      }
      s.append('.');
    } else {
      s.append(
          none
              ? "It could never say for good that no area was at risk."
              : "Its areas at risk never came right.");
    }
    if (!m.areasWarnedWrongly().isEmpty()) {
      s.append(" Wrongly at risk: ")
          .append(ReportWords.areaNames(scene.areas(), m.areasWarnedWrongly()))
          .append('.');
    }
    return s.toString();
  }

  private static String when(OptionalDouble t) {
    return t.isPresent() ? "at " + at(t.getAsDouble()) : "never";
  }

  /** The longest time for which the track was called lost, in words. */
  private static Optional<String> losses(List<Drawing> history) {
    double from = Double.NaN;
    double longest = 0;
    String words = null;
    for (Drawing d : history) {
      if (d.status().isEmpty()) {
        continue;
      }
      TrackStatus s = d.status().get();
      if (s == TrackStatus.LOST && Double.isNaN(from)) {
        from = d.tS();
      } else if (s == TrackStatus.CONFIRMED && !Double.isNaN(from)) {
        if (d.tS() - from > longest) {
          longest = d.tS() - from;
          words = "lost it from " + at(from) + " to " + at(d.tS());
        }
        from = Double.NaN;
      }
    }
    if (!Double.isNaN(from)) {
      words = "lost it for good at " + at(from);
    }
    return Optional.ofNullable(words);
  }
}
