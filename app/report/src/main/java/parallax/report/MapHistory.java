package parallax.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import parallax.evaluation.Drawing;
import parallax.model.Geodetic;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.TrackStatus;
import parallax.report.AzimuthalMap.Spot;

/**
 * The drawings of a picture in page units, thinned, and their JSON for the page's script: per
 * drawing time, x, y, status, words, ellipse (centre, 1-sigma half axes, turn), areas, whether
 * areas are told.
 */
public final class MapHistory {
  /** Most drawings kept of a picture when nothing but time sets them apart. */
  private static final int STEPS = 420;

  private static final ObjectMapper JSON = new ObjectMapper();

  private MapHistory() {}

  /** A 1-sigma ellipse on the page: half axes and clockwise turn of the first, degrees. */
  record Ellipse(double x, double y, double rx, double ry, double turnDeg) {
    static Ellipse of(AzimuthalMap map, Predicted p) {
      HorizontalEllipse e = HorizontalEllipse.of(p.eastNorthM2());
      Spot c = map.spot(p.point());
      Spot ahead = map.spot(AzimuthalMap.away(p.point(), e.orientationRad(), 10_000));
      return new Ellipse(
          c.x(),
          c.y(),
          e.semiMajorM() * map.scale(),
          e.semiMinorM() * map.scale(),
          Math.toDegrees(StrictMath.atan2(ahead.y() - c.y(), ahead.x() - c.x())));
    }
  }

  /**
   * The drawings that a chart needs: every change of status, of what is known, or of areas, and of
   * the rest about {@value #STEPS} evenly in time, half of them before {@code earlyS}.
   */
  static List<Drawing> thinned(List<Drawing> history, double earlyS, double endS) {
    List<Drawing> out = new ArrayList<>();
    Drawing before = null;
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < history.size(); i++) {
      Drawing d = history.get(i);
      double step = d.tS() < earlyS ? earlyS / (STEPS / 2.0) : (endS - earlyS) / (STEPS / 2.0);
      if (before == null
          || i == history.size() - 1
          || d.tS() - last >= step
          || !sameKind(before, d)) {
        out.add(d);
        last = d.tS();
      }
      before = d;
    }
    return out;
  }

  private static boolean sameKind(Drawing a, Drawing b) {
    return a.status().equals(b.status())
        && a.phase() == b.phase()
        && a.place().isPresent() == b.place().isPresent()
        && a.impact().isPresent() == b.impact().isPresent()
        && a.launch().isPresent() == b.launch().isPresent()
        && a.areasTold() == b.areasTold()
        && a.areas().equals(b.areas());
  }

  /** Everything the page's script moves, safe inside a script element. */
  static String json(ReportScene scene, AzimuthalMap map, Map<String, List<Drawing>> pictures) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("end", rounded(scene.salvo().durationS()));
    List<Object> truth = new ArrayList<>();
    for (ReportScene.TrueSpot s : scene.paths().getFirst()) {
      Spot p = map.spot(s.place());
      truth.add(
          List.of(
              rounded(s.tS()),
              rounded(p.x()),
              rounded(p.y()),
              rounded(s.place().altitudeM() / 1000)));
    }
    root.put("truth", truth);
    Map<String, Object> all = new LinkedHashMap<>();
    pictures.forEach(
        (id, history) -> all.put(id, history.stream().map(d -> row(scene, map, d)).toList()));
    root.put("pictures", all);
    try {
      return JSON.writeValueAsString(root)
          .replace("&", "\\u0026")
          .replace("<", "\\u003c")
          .replace(">", "\\u003e");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("lists of numbers and text can be written", e);
    }
  }

  private static List<@Nullable Object> row(ReportScene scene, AzimuthalMap map, Drawing d) {
    List<@Nullable Object> row = new ArrayList<>();
    row.add(rounded(d.tS()));
    Geodetic g = d.place().orElse(null);
    Spot p = g == null ? null : map.spot(g);
    row.add(p == null ? null : rounded(p.x()));
    row.add(p == null ? null : rounded(p.y()));
    row.add(d.status().map(MapHistory::letter).orElse(null));
    row.add(words(scene, d));
    Predicted q = d.impact().orElse(null);
    if (q == null) {
      row.add(null);
    } else {
      Ellipse e = Ellipse.of(map, q);
      row.add(
          List.of(
              rounded(e.x()),
              rounded(e.y()),
              hundredths(e.rx()),
              hundredths(e.ry()),
              rounded(e.turnDeg())));
    }
    row.add(d.areas());
    row.add(d.areasTold() ? 1 : 0);
    return row;
  }

  /** How the script knows a status. */
  private static String letter(TrackStatus s) {
    return switch (s) {
      case TENTATIVE -> "T";
      case CONFIRMED -> "C";
      case COASTED -> "K";
      case LOST -> "L";
      case ENDED -> "E";
    };
  }

  /** One line on a moment: status, phase, errors, areas. */
  static String words(ReportScene scene, Drawing d) {
    List<String> parts = new ArrayList<>();
    if (d.status().isPresent()) {
      parts.add(ReportWords.word(d.status().get()) + ", " + ReportWords.word(d.phase()));
    } else {
      parts.add(d.launch().isPresent() ? "launch seen, no track" : "nothing known");
    }
    error(parts, "position off", d.positionErrorM());
    error(parts, "impact off", d.impactErrorM());
    if (!d.areas().isEmpty()) {
      parts.add("at risk: " + ReportWords.areaNames(scene.areas(), d.areas()));
    } else {
      parts.add(d.areasTold() ? "no area at risk" : "areas cannot be told yet");
    }
    return String.join(" \u00b7 ", parts);
  }

  private static void error(List<String> parts, String what, OptionalDouble m) {
    if (m.isPresent()) {
      parts.add(what + " " + ReportWords.metres(m.getAsDouble()));
    }
  }

  private static double rounded(double v) {
    return Math.rint(v * 10) / 10;
  }

  private static double hundredths(double v) {
    return Math.rint(v * 100) / 100;
  }
}
