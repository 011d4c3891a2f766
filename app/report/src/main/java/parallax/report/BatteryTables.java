package parallax.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import parallax.evaluation.BatteryJson;
import parallax.evaluation.BatteryResult;
import parallax.evaluation.Consistency;
import parallax.evaluation.Consistency.Phase;
import parallax.evaluation.Consistency.Tally;
import parallax.evaluation.ExerciseParties;
import parallax.evaluation.LaunchScore;
import parallax.evaluation.LaunchScore.Named;
import parallax.evaluation.PictureScore;
import parallax.evaluation.PictureScore.Figure;
import parallax.evaluation.Quantiles;
import parallax.evaluation.TimeGained;
import parallax.evaluation.WorseShared;
import parallax.model.Nation;
import parallax.warning.AreaCatalogue;

/** The page's tables. */
final class BatteryTables {
  private final BatteryResult result;
  private final AreaCatalogue areas;

  BatteryTables(BatteryResult result, AreaCatalogue areas) {
    this.result = result;
    this.areas = areas;
  }

  /** What sharing is worth over all launches. */
  Markup gains() {
    Markup m = new Markup();
    m.add("<table class=\"figures\"><caption>Table 1. How much earlier with partners than alone,");
    m.add(" in seconds: median over launches of the median alone minus the median shared. Below:");
    m.add(" launches compared; launches known only shared; only alone; neither way.</caption>\n");
    m.add("<thead><tr><th scope=\"col\">Nation</th>");
    for (Figure f : Figure.values()) {
      m.add("<th scope=\"col\">{} (s)</th>", capital(f.words()));
    }
    m.add("<th scope=\"col\">Areas wrongly at risk, alone</th>");
    m.add("<th scope=\"col\">Areas wrongly at risk, shared</th></tr></thead>\n<tbody>\n");
    for (Nation n : ExerciseParties.NATIONS) {
      m.add("<tr><th scope=\"row\">{}</th>", ReportWords.name(n));
      for (Figure f : Figure.values()) {
        gain(m, TimeGained.of(result.launches(), n, f));
      }
      int alone = 0;
      int shared = 0;
      for (LaunchScore l : result.launches()) {
        alone += l.of(n).alone().areasWarnedWrongly();
        shared += l.of(n).shared().areasWarnedWrongly();
      }
      m.add("<td>{}</td><td>{}</td></tr>\n", alone, shared);
    }
    return m.add("</tbody></table>\n");
  }

  private static void gain(Markup m, TimeGained g) {
    OptionalDouble v = g.medianS();
    m.add(
        "<td><span class=\"{}\">{}</span><br/><span class=\"range\">{}; {}; {}; {}</span></td>",
        v.orElse(0) > 0 ? "gained" : v.orElse(0) < 0 ? "lost" : "",
        v.isPresent()
            ? String.format(Locale.ROOT, "%+.1f", v.getAsDouble()).replace('-', '\u2212')
            : ReportWords.NEVER,
        g.compared(),
        g.onlyShared(),
        g.onlyAlone(),
        g.neither());
  }

  /** What sharing made worse. */
  Markup worse() {
    List<WorseShared> worse = result.worse();
    if (worse.isEmpty()) {
      return new Markup()
          .add("<p class=\"calm\">Sharing made no figure of any launch worse beyond noise.</p>\n");
    }
    Markup m = new Markup();
    m.add(
        "<table class=\"figures\"><caption>Table 2. WorseShared shared than alone beyond noise, by"
            + " a");
    m.add(" one-sided sign test over the seeds.</caption>\n<thead><tr>");
    for (String h :
        List.of(
            "Launch",
            "Nation",
            "Figure",
            "Alone",
            "Shared",
            "Seeds worse",
            "Seeds better",
            "Seeds tied")) {
      m.add("<th scope=\"col\">{}</th>", h);
    }
    m.add("<th scope=\"col\">Chance</th></tr></thead>\n<tbody>\n");
    for (WorseShared w : worse) {
      m.add("<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th>", anchor(w.launch()), w.launch());
      m.add("<td class=\"words\">{}</td>", w.nation().code());
      m.add("<td class=\"words\">{}</td>", w.field());
      m.add("<td>{}</td><td>{}</td>", figure(w.alone()), figure(w.shared()));
      m.add("<td>{}</td><td>{}</td>", w.test().greater(), w.test().smaller());
      m.add("<td>{}</td><td>{}</td></tr>\n", w.test().ties(), rounded(w.test().p(), 3));
    }
    return m.add("</tbody></table>\n");
  }

  /** How well the pictures know their own uncertainty. */
  Markup consistency() {
    Markup m = new Markup();
    m.add("<table class=\"figures\"><caption>Table 3. Containment of the true impact point in the");
    m.add(" predictions\u2019 own ellipses, in per cent of the drawings, and mean normalised");
    m.add(" estimation error squared (NEES) of the states that are held (honest: 6) and of the");
    m.add(" positions of those told as lost (honest: 3), by true phase; all launches and seeds.");
    m.add(
        " A larger share or a smaller NEES is caution, the opposite overconfidence.</caption>\n"
            + "<thead><tr><th scope=\"col\">Nation</th>");
    m.add("<th scope=\"col\">Picture</th><th scope=\"col\">Phase</th>");
    for (String h :
        List.of(
            "In 50 %",
            "In 90 %", "In 95 %", "Predictions", "NEES", "States", "Position NEES, lost", "Lost")) {
      m.add("<th scope=\"col\">{}</th>", h);
    }
    m.add("</tr></thead>\n<tbody>\n");
    for (Nation n : ExerciseParties.NATIONS) {
      for (int side = 0; side < 2; side++) {
        int which = side;
        List<PictureScore> scores =
            result.launches().stream().map(l -> l.of(n).both().get(which).score()).toList();
        String label = side == 0 ? "alone" : "shared";
        for (Phase p : Phase.values()) {
          m.add("<tr><th scope=\"row\">{}</th>", n.code());
          m.add("<th class=\"{}\">{}</th><td class=\"words\">{}</td>", label, label, words(p));
          tally(m, BatteryJson.sum(scores, p));
        }
      }
    }
    return m.add("</tbody></table>\n");
  }

  private static void tally(Markup m, Tally t) {
    for (int i = 0; i < Consistency.levels().length; i++) {
      m.add("<td>{}</td>", t.predictions() == 0 ? ReportWords.NEVER : rounded(100 * t.share(i), 0));
    }
    m.add("<td>{}</td>", t.predictions());
    m.add("<td>{}</td>", t.states() == 0 ? ReportWords.NEVER : rounded(t.meanNees(), 1));
    m.add("<td>{}</td>", t.states());
    m.add("<td>{}</td>", t.lost() == 0 ? ReportWords.NEVER : rounded(t.meanLostNees(), 1));
    m.add("<td>{}</td></tr>\n", t.lost());
  }

  private static String words(Phase p) {
    return switch (p) {
      case BOOST -> "boost";
      case COAST -> "coast";
      case REENTRY -> "re-entry";
      case GLIDE -> "glide";
    };
  }

  /** One launch's figures: median, 5th to 95th percentile, and in how many seeds never. */
  Markup launch(LaunchScore l) {
    Markup m = new Markup();
    m.add("<table class=\"figures\"><caption>Seconds after launch: median over {} seeds", seeds());
    m.add(
        " (5th to 95th percentile); {} never.</caption>\n<thead><tr><td></td>", ReportWords.NEVER);
    for (Nation n : ExerciseParties.NATIONS) {
      m.add("<th colspan=\"2\" scope=\"colgroup\">{}</th>", ReportWords.name(n));
    }
    m.add("</tr>\n<tr><td></td>");
    for (Nation n : ExerciseParties.NATIONS) {
      for (Named s : l.of(n).both()) {
        m.add("<th scope=\"col\" class=\"{}\">{}</th>", s.label(), s.label());
      }
    }
    m.add("</tr></thead>\n<tbody>\n");
    for (Figure f : Figure.values()) {
      m.add("<tr><th scope=\"row\">{}</th>", capital(f.words()));
      for (Nation n : ExerciseParties.NATIONS) {
        l.of(n).both().forEach(s -> cell(m, s.score().times(f)));
      }
      m.add("</tr>\n");
    }
    m.add("<tr><th scope=\"row\">Track lost, in all</th>");
    for (Nation n : ExerciseParties.NATIONS) {
      l.of(n).both().forEach(s -> cell(m, s.score().lostS()));
    }
    m.add("</tr>\n<tr><th scope=\"row\">Areas wrongly at risk</th>");
    for (Nation n : ExerciseParties.NATIONS) {
      l.of(n).both().forEach(s -> wrong(m, s.score()));
    }
    return m.add("</tr>\n</tbody></table>\n");
  }

  private int seeds() {
    return result.seeds();
  }

  private void cell(Markup m, Quantiles q) {
    m.add("<td>{}", figure(q.median()));
    if (q.p5().isPresent()) {
      m.add(" <span class=\"range\">({} to {})</span>", figure(q.p5()), figure(q.p95()));
    }
    if (q.never() > 0) {
      m.add(" <span class=\"missed\">never in {} of {}</span>", q.never(), seeds());
    }
    m.add("</td>");
  }

  private void wrong(Markup m, PictureScore s) {
    if (s.areasWarnedWrongly() == 0) {
      m.add("<td class=\"none\">none</td>");
      return;
    }
    List<String> names = new ArrayList<>();
    s.wrongAreas()
        .forEach(
            (code, n) -> names.add(ReportWords.areaNames(areas, List.of(code)) + " (" + n + ")"));
    m.add("<td><b>{}</b> <small>", s.areasWarnedWrongly());
    m.add("{}</small></td>", String.join(", ", names));
  }

  /** The identifier of a launch's part of the page. */
  static String anchor(String launch) {
    StringBuilder s = new StringBuilder("launch-");
    launch
        .codePoints()
        .forEach(
            c -> {
              if (c < 128 && Character.isLetterOrDigit(c)) {
                s.appendCodePoint(c);
              } else {
                s.append('_').append(Integer.toHexString(c));
              }
            });
    return s.toString();
  }

  private static String figure(OptionalDouble v) {
    return v.isPresent() ? rounded(v.getAsDouble(), 1) : ReportWords.NEVER;
  }

  private static String rounded(double v, int digits) {
    return String.format(Locale.ROOT, "%,." + digits + "f", v);
  }

  private static String capital(String s) {
    return s.substring(0, 1).toUpperCase(Locale.ROOT) + s.substring(1);
  }
}
