package parallax.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchFailure;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.Vector3;
import parallax.model.Wgs84;

/** A record as a person reads it, and with every figure as it is. */
final class RecordText {
  private RecordText() {}

  /** A few lines: what it says, in degrees, kilometres and seconds. */
  static List<String> lines(Report report) {
    Report.Header h = report.header();
    List<String> out = new ArrayList<>();
    out.add(
        report.dataClass()
            + " of "
            + h.track()
            + ", made "
            + h.createdAt()
            + ", "
            + h.label().banner());
    switch (report) {
      case Report.LaunchReport r -> {
        out.add("launched from " + place(r.launch().point()) + ellipse(r.launch().eastNorthM2()));
        out.add("launched at " + r.launch().time() + " +- " + seconds(r.launch().timeSigmaS()));
      }
      case Report.TrackReport r -> {
        StateVector s = r.estimate().state();
        Geodetic g = Wgs84.toGeodetic(s.positionM());
        out.add(
            String.format(
                Locale.ROOT,
                "at %s %s, %.3f km high, r.m.s. error %.3f km",
                s.timeOfValidity(),
                place(g),
                g.altitudeM() / 1000,
                s.covariance().rms(3) / 1000));
        Vector3 v = Wgs84.toEnu(s.velocityMps(), g);
        out.add(
            String.format(
                Locale.ROOT,
                "moves %.4f km/s east, %.4f north, %.4f up",
                v.x() / 1000,
                v.y() / 1000,
                v.z() / 1000));
        out.add(
            r.estimate().status()
                + ", phase "
                + r.estimate().phase()
                + ", class "
                + r.estimate().threatClass()
                + ", last measured "
                + r.estimate().lastPlot());
        r.estimate().failure().ifPresent(f -> out.add(failure(f)));
      }
      case Report.ImpactReport r -> out.addAll(impact(r.impact()));
      case Report.Notice n -> out.add(n.toString());
    }
    return out;
  }

  private static String failure(LaunchFailure f) {
    String what =
        switch (f.kind()) {
          case FELL_SHORT -> "failed: the motor stopped with far too little speed";
          case BROKE_UP -> "failed: it broke up";
        };
    return String.format(Locale.ROOT, "%s, at %s, probability %.2f", what, f.at(), f.probability());
  }

  private static List<String> impact(ImpactPointPrediction impact) {
    List<String> out = new ArrayList<>(answer(impact));
    for (DropArea d : impact.dropAreas()) {
      out.add(
          "stage left at "
              + d.separated()
              + " comes down at "
              + place(d.point())
              + ellipse(d.eastNorthM2())
              + ", at "
              + d.time()
              + " +- "
              + seconds(d.timeSigmaS()));
    }
    return out;
  }

  private static List<String> answer(ImpactPointPrediction impact) {
    return switch (impact) {
      case ImpactPointPrediction.Predicted p ->
          List.of(
              "comes down at " + place(p.point()) + ellipse(p.eastNorthM2()),
              "at " + p.time() + " +- " + seconds(p.timeSigmaS()) + ", from " + p.madeFrom());
      case ImpactPointPrediction.ThreatFan f -> fan(f);
      case ImpactPointPrediction.CannotTellYet c ->
          List.of("no impact predicted: " + c.reason() + ", from " + c.madeFrom());
      case ImpactPointPrediction.NoImpactExpected n ->
          List.of("no impact expected, from " + n.madeFrom());
    };
  }

  private static List<String> fan(ImpactPointPrediction.ThreatFan f) {
    List<String> out = new ArrayList<>();
    out.add(
        String.format(
            Locale.ROOT,
            "burns still, from %s; comes down in the fan with %.3f, never with %.3f, beyond it with"
                + " %.3f",
            f.madeFrom(),
            f.impact(),
            f.noImpact(),
            f.beyond()));
    for (ImpactPointPrediction.Branch b : f.branches()) {
      out.add(
          String.format(
              Locale.ROOT,
              "%.3f: motor out at %s, comes down at %s%s, at %s +- %s",
              b.probability(),
              b.burnout(),
              place(b.point()),
              ellipse(b.eastNorthM2()),
              b.time(),
              seconds(b.timeSigmaS())));
    }
    return out;
  }

  private static String place(Geodetic g) {
    return String.format(Locale.ROOT, "%.6f N %.6f E", g.latitudeDeg(), g.longitudeDeg());
  }

  private static String ellipse(Covariance eastNorth) {
    return String.format(
        Locale.ROOT,
        ", 1-sigma %.3f km east, %.3f north",
        eastNorth.sigma(0) / 1000,
        eastNorth.sigma(1) / 1000);
  }

  private static String seconds(double s) {
    return String.format(Locale.ROOT, "%.1f s", s);
  }

  /** Every figure of a record, in the units of the model. */
  static Map<String, Object> map(Report report) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("dataClass", report.dataClass().name());
    m.put("track", report.header().track().toString());
    m.put("channel", report.header().channel().name());
    m.put("createdAt", report.header().createdAt().toString());
    m.put("label", report.header().label().banner());
    switch (report) {
      case Report.LaunchReport r -> {
        place(m, r.launch().point(), r.launch().eastNorthM2());
        m.put("time", r.launch().time().toString());
        m.put("timeSigmaS", r.launch().timeSigmaS());
      }
      case Report.TrackReport r -> {
        StateVector s = r.estimate().state();
        m.put("timeOfValidity", s.timeOfValidity().toString());
        m.put("positionM", vector(s.positionM()));
        m.put("velocityMps", vector(s.velocityMps()));
        m.put("covariance", s.covariance().toRowMajor());
        m.put("status", r.estimate().status().name());
        m.put("phase", r.estimate().phase().name());
        m.put("threatClass", r.estimate().threatClass().name());
        m.put("lastPlot", r.estimate().lastPlot().toString());
        r.estimate().failure().ifPresent(f -> m.put("failure", failure(f)));
      }
      case Report.ImpactReport r -> {
        m.put("madeFrom", r.impact().madeFrom().toString());
        if (r.impact() instanceof ImpactPointPrediction.Predicted p) {
          place(m, p.point(), p.eastNorthM2());
          m.put("time", p.time().toString());
          m.put("timeSigmaS", p.timeSigmaS());
          if (!p.dropAreas().isEmpty()) {
            List<String> says = impact(p);
            m.put("dropAreas", String.join("; ", says.subList(2, says.size())));
          }
        } else {
          m.put("says", String.join("; ", impact(r.impact())));
        }
      }
      case Report.Notice n -> m.put("says", n.toString());
    }
    return m;
  }

  private static void place(Map<String, Object> m, Geodetic g, Covariance eastNorth) {
    m.put("latitudeDeg", g.latitudeDeg());
    m.put("longitudeDeg", g.longitudeDeg());
    m.put("eastNorthM2", eastNorth.toRowMajor());
  }

  private static double[] vector(Vector3 v) {
    return new double[] {v.x(), v.y(), v.z()};
  }
}
