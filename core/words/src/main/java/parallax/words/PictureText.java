package parallax.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import parallax.engine.Picture;
import parallax.model.HorizontalEllipse;
import parallax.model.ImpactPointPrediction;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.model.Wgs84;
import parallax.warning.AreaAtRisk;

/** A launch or track as it is known, in a few lines that can be read out, and in figures. */
public final class PictureText {
  private PictureText() {}

  /**
   * What, where from, where to and when, how sure, and who is at risk: the first line names it, the
   * others belong under it.
   *
   * @param now the node's time
   */
  public static List<String> lines(Picture p, UtcTime now) {
    List<String> out = new ArrayList<>();
    out.add(p.event() + "  " + what(p) + ", known from " + sources(p));
    p.launch()
        .ifPresent(
            l ->
                out.add(
                    "launched at "
                        + Words.place(l.point())
                        + sure(HorizontalEllipse.of(l.eastNorthM2()))
                        + " at "
                        + l.time()));
    p.estimate()
        .ifPresent(
            e -> {
              double old = now.secondsSince(e.state().timeOfValidity());
              out.add(
                  String.format(
                      Locale.ROOT,
                      "flies at %.1f km/s, %.0f km high; last seen %s",
                      e.state().velocityMps().norm() / 1e3,
                      Wgs84.toGeodetic(e.state().positionM()).altitudeM() / 1e3,
                      Words.away(-Math.abs(old))));
            });
    out.add(impact(p.impact(), now));
    if (!p.areas().isEmpty()) {
      out.add("areas at risk:" + areasAsLines(p.areas(), now));
    }
    return out;
  }

  /** Each area on a line of its own, indented; empty when there are none. */
  public static String areasAsLines(List<AreaAtRisk> areas, UtcTime now) {
    StringBuilder b = new StringBuilder();
    for (AreaAtRisk a : areas) {
      b.append("\n    ")
          .append(EventLines.area(a))
          .append(", ")
          .append(Words.away(a.earliest().secondsSince(now)));
    }
    return b.toString();
  }

  private static String what(Picture p) {
    return p.estimate()
        .map(
            e ->
                (e.threatClass() + " " + e.phase() + ", track " + e.status())
                    .toLowerCase(Locale.ROOT))
        .orElse("launch seen, not tracked");
  }

  private static String sources(Picture p) {
    return p.sources().stream()
        .map(TrackId::originator)
        .distinct()
        .map(Nation::code)
        .collect(Collectors.joining(", "));
  }

  private static String sure(HorizontalEllipse e) {
    return String.format(Locale.ROOT, " (1 sigma %.1f km)", e.semiMajorM() / 1e3);
  }

  private static String impact(ImpactPointPrediction impact, UtcTime now) {
    return switch (impact) {
      case ImpactPointPrediction.Predicted i ->
          "comes down at "
              + Words.place(i.point())
              + sure(HorizontalEllipse.of(i.eastNorthM2()))
              + " "
              + Words.away(i.time().secondsSince(now))
              + String.format(Locale.ROOT, " (1 sigma %.0f s), at ", i.timeSigmaS())
              + i.time();
      case ImpactPointPrediction.ThreatFan f ->
          "the motor burns; where it comes down is not known yet";
      case ImpactPointPrediction.NoImpactExpected n -> "no impact on the ground is expected";
      case ImpactPointPrediction.CannotTellYet c -> "no prediction: " + c.reason();
    };
  }

  /**
   * The same for programs.
   *
   * @param now the node's time
   */
  public static Map<String, Object> figures(Picture p, UtcTime now) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("launch", p.event().toString());
    m.put("at", p.at().toString());
    m.put("sources", p.sources().stream().map(TrackId::toString).toList());
    p.launch()
        .ifPresent(
            l -> {
              m.put("launchLatitudeDeg", l.point().latitudeDeg());
              m.put("launchLongitudeDeg", l.point().longitudeDeg());
              m.put("launchTime", l.time().toString());
            });
    p.estimate()
        .ifPresent(
            e -> {
              m.put("class", e.threatClass().name());
              m.put("phase", e.phase().name());
              m.put("status", e.status().name());
              m.put("seen", e.state().timeOfValidity().toString());
              m.put("speedMps", e.state().velocityMps().norm());
              m.put("altitudeM", Wgs84.toGeodetic(e.state().positionM()).altitudeM());
            });
    if (p.impact() instanceof ImpactPointPrediction.Predicted i) {
      m.put("impactLatitudeDeg", i.point().latitudeDeg());
      m.put("impactLongitudeDeg", i.point().longitudeDeg());
      m.put("impactSigmaM", HorizontalEllipse.of(i.eastNorthM2()).semiMajorM());
      m.put("impactTime", i.time().toString());
      m.put("impactTimeSigmaS", i.timeSigmaS());
      m.put("secondsLeft", i.time().secondsSince(now));
    } else {
      m.put("impact", impact(p.impact(), now));
    }
    m.put("areas", p.areas().stream().map(a -> a.area().code()).toList());
    return m;
  }
}
