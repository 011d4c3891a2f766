package parallax.demo;

import static parallax.report.ReportWords.NEVER;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import parallax.demo.DemoResult.LinkResult;
import parallax.evaluation.Measures;
import parallax.model.Nation;
import parallax.report.Markup;
import parallax.report.ReportScene;
import parallax.report.ReportScene.Side;
import parallax.report.ReportWords;
import parallax.warning.AreaAtRisk;
import parallax.wire.NodeEvent;

/** The report's tables. */
final class ReportTables {
  private static final String NEVER_CELL =
      "<td class=\"never\"><abbr title=\"never\">" + NEVER + "</abbr></td>";

  private final DemoResult result;
  private final ReportScene scene;

  ReportTables(DemoResult result, ReportScene scene) {
    this.result = result;
    this.scene = scene;
  }

  /** What each nation knew and when, alone beside shared. */
  Markup measures() {
    Markup m = new Markup();
    m.add(
        "<table class=\"measures\"><caption>Seconds since launch. {} means it never happened.",
        NEVER);
    m.add(" Green: how much earlier than alone.</caption>\n<thead><tr><td></td>");
    for (Nation n : scene.nations()) {
      m.add(
          "<th colspan=\"2\" scope=\"colgroup\">{} <span class=\"code\">{}</span></th>",
          ReportWords.name(n),
          n.code());
    }
    m.add("</tr>\n<tr><td></td>");
    for (Nation n : scene.nations()) {
      for (Side s : scene.sides(n)) {
        m.add("<th scope=\"col\" class=\"{}\">{}</th>", s.label(), s.label());
      }
    }
    m.add("</tr></thead>\n<tbody>\n");
    row(m, "First knowledge", Measures::firstKnowledgeS);
    row(m, "First track", Measures::firstTrackS);
    row(m, "First impact prediction within 50 km", Measures::impactWithin50KmS);
    row(m, "Areas right from", Measures::areasRightFromS);
    m.add("<tr><th scope=\"row\">Areas warned wrongly</th>");
    for (Nation n : scene.nations()) {
      for (Side s : scene.sides(n)) {
        wrong(m, s);
      }
    }
    return m.add("</tr>\n</tbody></table>\n");
  }

  private void row(Markup m, String name, Function<Measures, OptionalDouble> figure) {
    m.add("<tr><th scope=\"row\">{}</th>", name);
    for (Nation n : scene.nations()) {
      OptionalDouble alone = figure.apply(scene.of(n).alone());
      OptionalDouble shared = figure.apply(scene.of(n).shared());
      cell(m, alone, OptionalDouble.empty());
      cell(m, shared, alone);
    }
    m.add("</tr>\n");
  }

  private static void cell(Markup m, OptionalDouble value, OptionalDouble before) {
    if (value.isEmpty()) {
      m.raw(NEVER_CELL);
      return;
    }
    m.add("<td>{}", ReportWords.seconds(value.getAsDouble()));
    if (before.isPresent() && before.getAsDouble() - value.getAsDouble() >= 0.05) {
      m.add(
          " <small class=\"gain\">\u2212{}</small>",
          ReportWords.span(before.getAsDouble() - value.getAsDouble()));
    }
    m.add("</td>");
  }

  private void wrong(Markup m, Side s) {
    var codes = s.measures().areasWarnedWrongly();
    if (codes.isEmpty()) {
      m.add("<td class=\"none\">none</td>");
    } else {
      m.add(
          "<td class=\"wrong\"><b>{}</b> <small>{}</small></td>",
          codes.size(),
          ReportWords.areaNames(scene.areas(), codes));
    }
  }

  /** The streams between the nodes. */
  Markup links() {
    Markup m = new Markup();
    m.add("<table class=\"links\"><caption>Records by stream. Latency is wall time from release");
    m.add(" to durable at the recipient.</caption>\n<thead><tr><th scope=\"col\">Stream</th>");
    for (String h : List.of("Released", "Delivered", "Lost", "Twice", "Median", "99 %")) {
      m.add("<th scope=\"col\">{}</th>", h);
    }
    m.add("</tr></thead>\n<tbody>\n");
    for (LinkResult l : result.links()) {
      m.add("<tr><th scope=\"row\">{} \u2192 {}</th>", l.from().code(), l.to().code());
      m.add("<td>{}</td><td>{}</td>", l.released(), l.delivered());
      m.add("<td class=\"{}\">{}</td>", l.lost() == 0 ? "none" : "wrong", l.lost());
      m.add("<td>{}</td>", l.duplicated());
      m.add(
          "<td>{}</td><td>{}</td></tr>\n",
          ReportWords.micros(l.p50Us()),
          ReportWords.micros(l.p99Us()));
    }
    return m.add("</tbody></table>\n");
  }

  /** Every alert, nation by nation. */
  Markup alerts() {
    Markup m = new Markup();
    boolean any = false;
    m.add("<table class=\"alerts\"><thead><tr>");
    for (String h : List.of("Nation", "When", "Message", "Areas", "Headline")) {
      m.add("<th scope=\"col\">{}</th>", h);
    }
    m.add("</tr></thead>\n<tbody>\n");
    for (Nation n : scene.nations()) {
      for (NodeEvent.AlertSent a : scene.of(n).alerts()) {
        any = true;
        List<String> names = new ArrayList<>();
        for (AreaAtRisk r : a.areas()) {
          names.add(r.area().nameEn());
        }
        m.add("<tr><th scope=\"row\">{}</th>", n.code());
        m.add("<td class=\"when\">{}</td>", ReportWords.at(scene.sinceLaunch(a.sent())));
        m.add("<td><span class=\"type\">{}</span></td>", a.messageType());
        m.add("<td>{}</td>", names.isEmpty() ? "none" : ReportWords.list(names));
        m.add("<td lang=\"en\">{}</td></tr>\n", a.headline());
      }
    }
    m.add("</tbody></table>\n");
    return any
        ? m
        : new Markup().add("<p class=\"calm\">No nation\u2019s node issued an alert.</p>\n");
  }
}
