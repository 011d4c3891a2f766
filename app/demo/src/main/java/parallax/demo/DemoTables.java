package parallax.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedSet;
import parallax.demo.DemoResult.LinkResult;
import parallax.evaluation.Measures;
import parallax.evaluation.NationResult;
import parallax.exercise.Salvo;
import parallax.model.TrackId;
import parallax.report.ReportScene;
import parallax.warning.AreaCatalogue;

/** A run's figures as the table a person reads and the JSON a program reads. */
public final class DemoTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DemoTables() {}

  /** The table printed at the end. */
  public static String text(DemoResult r) {
    StringBuilder b = new StringBuilder();
    b.append(
        String.format(
            Locale.ROOT,
            "%n%-6s %-8s %16s %14s %20s %18s  %s%n",
            "nation",
            "picture",
            "first knowledge",
            "first track",
            "impact within 50 km",
            "areas right from",
            "areas warned wrongly"));
    r.nations()
        .forEach(
            (n, x) -> {
              row(b, n.code(), "alone", x.alone());
              row(b, "", "shared", x.shared());
            });
    b.append(
        String.format(
            Locale.ROOT,
            "%n%-12s %9s %10s %5s %11s %9s %9s%n",
            "link",
            "released",
            "delivered",
            "lost",
            "duplicated",
            "p50",
            "p99"));
    for (LinkResult l : r.links()) {
      b.append(
          String.format(
              Locale.ROOT,
              "%-12s %9d %10d %5d %11d %9s %9s%n",
              l.from() + " to " + l.to(),
              l.released(),
              l.delivered(),
              l.lost(),
              l.duplicated(),
              milliseconds(l.p50Us()),
              milliseconds(l.p99Us())));
    }
    b.append(System.lineSeparator());
    r.nodes()
        .forEach(
            p ->
                b.append(
                    String.format(
                        Locale.ROOT,
                        "%s node ran as process %d%s%n",
                        p.nation(),
                        p.pid(),
                        p.restarts() == 0 ? "" : " (restarted " + p.restarts() + " times)")));
    b.append(
        r.pictureDigest()
            .map(d -> "same picture on all three: yes (" + d.substring(0, 16) + ")")
            .orElse("same picture on all three: NO"));
    b.append(System.lineSeparator());
    r.nations()
        .forEach(
            (n, x) -> {
              if (!x.withheldTracks().isEmpty()) {
                b.append(
                    String.format(
                        Locale.ROOT,
                        "%s knows more of its own, withheld from partners: %s%n",
                        n.code(),
                        names(x.withheldTracks())));
              }
            });
    b.append(System.lineSeparator());
    ReportScene scene = ReportScene.of(Salvo.of(r.flight()), r.nations(), AreaCatalogue.bundled());
    new WarnedText(scene, r.flight())
        .lines()
        .forEach(line -> b.append(line).append(System.lineSeparator()));
    return b.toString();
  }

  private static String names(SortedSet<TrackId> tracks) {
    return String.join(", ", tracks.stream().map(TrackId::toString).toList());
  }

  private static void row(StringBuilder b, String nation, String picture, Measures m) {
    b.append(
        String.format(
            Locale.ROOT,
            "%-6s %-8s %16s %14s %20s %18s  %s%n",
            nation,
            picture,
            seconds(m.firstKnowledgeS()),
            seconds(m.firstTrackS()),
            seconds(m.impactWithin50KmS()),
            seconds(m.areasRightFromS()),
            m.areasWarnedWrongly().isEmpty() ? "none" : String.join(", ", m.areasWarnedWrongly())));
  }

  private static String seconds(OptionalDouble s) {
    return s.isPresent() ? String.format(Locale.ROOT, "T%+.1f s", s.getAsDouble()) : "never";
  }

  private static String milliseconds(OptionalDouble us) {
    return us.isPresent() ? String.format(Locale.ROOT, "%.2f ms", us.getAsDouble() / 1e3) : "-";
  }

  /** The JSON report, as docs/demo-report.md describes it. */
  public static byte[] json(DemoResult r) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("launch", r.launch().id());
    root.put("seed", r.seed());
    root.put("speed", r.speed());
    root.put("assumption", r.assumption().orElse(null));
    root.put("pictureDigest", r.pictureDigest().orElse(null));
    ArrayNode nodes = root.putArray("nodes");
    r.nodes()
        .forEach(
            n ->
                nodes
                    .addObject()
                    .put("nation", n.nation().code())
                    .put("pid", n.pid())
                    .put("restarts", n.restarts()));
    ObjectNode nations = root.putObject("nations");
    r.nations()
        .forEach(
            (n, x) -> {
              ObjectNode node = nations.putObject(n.code());
              measures(node.putObject("alone"), x.alone());
              measures(node.putObject("shared"), x.shared());
              alerts(node.putArray("alerts"), x, r);
              ArrayNode withheld = node.putArray("withheldTracks");
              x.withheldTracks().forEach(t -> withheld.add(t.toString()));
            });
    ArrayNode links = root.putArray("links");
    for (LinkResult l : r.links()) {
      ObjectNode node =
          links
              .addObject()
              .put("from", l.from().code())
              .put("to", l.to().code())
              .put("released", l.released())
              .put("delivered", l.delivered())
              .put("lost", l.lost())
              .put("duplicated", l.duplicated());
      number(node, "p50Us", l.p50Us());
      number(node, "p99Us", l.p99Us());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  private static void alerts(ArrayNode out, NationResult x, DemoResult r) {
    x.alerts()
        .forEach(
            a -> {
              ObjectNode node =
                  out.addObject()
                      .put("type", a.messageType())
                      .put("sentS", a.sent().secondsSince(r.flight().launchTime()));
              ArrayNode areas = node.putArray("areas");
              a.areas().forEach(y -> areas.add(y.area().code()));
            });
  }

  private static void measures(ObjectNode out, Measures m) {
    number(out, "firstKnowledgeS", m.firstKnowledgeS());
    number(out, "firstTrackS", m.firstTrackS());
    number(out, "impactWithin50KmS", m.impactWithin50KmS());
    number(out, "areasRightFromS", m.areasRightFromS());
    SortedSet<String> wrong = m.areasWarnedWrongly();
    ArrayNode areas = out.putArray("areasWarnedWrongly");
    wrong.forEach(areas::add);
  }

  private static void number(ObjectNode out, String field, OptionalDouble v) {
    if (v.isPresent()) {
      out.put(field, Math.round(v.getAsDouble() * 1e3) / 1e3);
    } else {
      out.putNull(field);
    }
  }
}
