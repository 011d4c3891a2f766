package parallax.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.evaluation.Drawing;
import parallax.evaluation.Sighting;
import parallax.exercise.Flight;
import parallax.exercise.NotionalSensors;
import parallax.exercise.Visibility;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.model.TrackStatus;
import parallax.report.ReportScene.Side;
import parallax.wire.NodeEvent;

/** Who saw what when: sensors and pictures of each nation on one axis of time. */
public final class SightingChart {
  private static final double WIDTH = 1300;
  private static final double LEFT = 236;
  private static final double ROW = 19;
  private static final double TOP = 46;

  private final ReportScene scene;
  private final TimeAxis axis;
  private final SortedMap<SensorId, Sensor> known = new TreeMap<>();
  private final Markup rows = new Markup();
  private double y = TOP;

  /** A chart of a scene, with its sensors by name. */
  public SightingChart(ReportScene scene) {
    this.scene = scene;
    this.axis = TimeAxis.of(scene.salvo().burnoutS(), scene.endS(), LEFT, WIDTH - 18);
    for (Sensor s : NotionalSensors.table().sensors()) {
      known.put(s.id(), s);
    }
  }

  /** The chart. */
  public Markup drawing() {
    for (Nation n : scene.nations()) {
      nation(n);
    }
    double bottom = y + 2;
    Markup m = new Markup();
    m.add("<svg class=\"gantt\" viewBox=\"0 0 {} {}\" role=\"img\"", WIDTH, bottom + 36);
    m.add(" xmlns=\"http://www.w3.org/2000/svg\" aria-label=\"{}\">\n", label());
    m.raw(axis.drawing(TOP - 4, bottom, 44).toString());
    m.add("{}{}", milestones(bottom), rows);
    m.add(
        "<text class=\"axis\" x=\"{}\" y=\"{}\">seconds since launch{}</text>",
        LEFT,
        bottom + 32,
        axis.broken() ? "; the scale changes at " + Markup.number(axis.splitS()) + " s" : "");
    return m.add("</svg>\n");
  }

  private String label() {
    List<String> parts = new ArrayList<>();
    for (Nation n : scene.nations()) {
      for (Sighting s : scene.of(n).sightings()) {
        parts.add(
            s.sensor()
                + " from "
                + ReportWords.at(s.firstS())
                + " to "
                + ReportWords.at(s.lastS()));
      }
    }
    return "Which sensor saw the target when. " + String.join("; ", parts);
  }

  private Markup milestones(double bottom) {
    Markup m = new Markup();
    Flight first = scene.salvo().first();
    double duration = first.durationS();
    double burnout = first.burnoutS();
    milestone(m, "launch", 0, bottom, 0);
    milestone(m, "burnout", burnout, bottom, 0);
    boolean near = Math.abs(axis.x(scene.apogeeS()) - axis.x(burnout)) < 110;
    milestone(m, "apogee", scene.apogeeS(), bottom, near ? 1 : 0);
    boolean crowded = Math.abs(axis.x(scene.apogeeS()) - axis.x(duration)) < 110;
    milestone(m, "impact", duration, bottom, crowded && !near ? 1 : 0);
    return m;
  }

  private void milestone(Markup m, String name, double t, double bottom, int line) {
    double x = axis.x(t);
    String anchor = x > WIDTH - 90 ? "end" : x < LEFT + 40 ? "start" : "middle";
    m.add("<path class=\"mile\" d=\"M{} {}V{}\"/>", x, TOP - 4, bottom);
    m.add(
        "<text class=\"mile\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{} {}</text>",
        x,
        TOP - 12 - 15 * line,
        anchor,
        name,
        ReportWords.seconds(t));
  }

  private void nation(Nation n) {
    rows.add("<text class=\"nation\" x=\"0\" y=\"{}\">{}</text>\n", y + 13, ReportWords.name(n));
    y += ROW;
    List<Sighting> seen = scene.of(n).sightings();
    for (Sighting s : seen) {
      sensor(s);
    }
    if (seen.isEmpty()) {
      rowName("no sensor of its own saw it", "quiet");
      y += ROW;
    }
    for (Side s : scene.sides(n)) {
      picture(s);
    }
    alerts(n);
    y += 8;
  }

  private void rowName(String name, String kind) {
    rows.add("<text class=\"row {}\" x=\"{}\" y=\"{}\">{}</text>\n", kind, LEFT - 8, y + 13, name);
  }

  private void sensor(Sighting s) {
    Sensor sensor = known.get(s.sensor());
    String kind = sensor == null ? "other" : kind(sensor);
    rowName(s.sensor().name(), "sensor");
    double end = axis.x(s.firstS());
    for (double[] span : spans(s, sensor)) {
      double x = axis.x(span[0]);
      double width = Math.max(2.5, axis.x(span[1]) - x);
      rows.add(
          "<rect class=\"bar {}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\">",
          kind,
          x,
          y + 3,
          width,
          ROW - 6);
      rows.add(
          "<title>{} ({}): in view {} to {}; {} plots in all</title></rect>",
          s.sensor().name(),
          kind,
          ReportWords.at(span[0]),
          ReportWords.at(span[1]),
          s.plots());
      end = x + width;
    }
    boolean after = end + 62 < WIDTH;
    rows.add(
        "<text class=\"plots\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{} plots</text>\n",
        after ? end + 5 : axis.x(s.firstS()) - 5,
        y + 13,
        after ? "start" : "end",
        s.plots());
    y += ROW;
  }

  private static String kind(Sensor sensor) {
    return switch (sensor) {
      case Sensor.InfraredSatellite i -> "infrared";
      case Sensor.Radar r -> "radar";
    };
  }

  /**
   * When the sensor had the target in view between its first and last report; one span where its
   * place is not known.
   */
  private List<double[]> spans(Sighting s, @Nullable Sensor sensor) {
    if (sensor == null) {
      return List.of(new double[] {s.firstS(), s.lastS()});
    }
    List<double[]> out = new ArrayList<>();
    double from = s.firstS();
    boolean open = true;
    double end = Math.min(s.lastS(), scene.salvo().durationS());
    for (double t = s.firstS(); t < end; t += 1) {
      boolean sees = seesAny(sensor, t);
      if (open && !sees) {
        out.add(new double[] {from, t});
      } else if (!open && sees) {
        from = t;
      }
      open = sees;
    }
    if (open || out.isEmpty()) {
      out.add(new double[] {from, s.lastS()});
    }
    return out;
  }

  private boolean seesAny(Sensor sensor, double t) {
    for (Flight f : scene.salvo().flights()) {
      double own = t - scene.salvo().laterS(f);
      boolean flies = f == scene.salvo().first() || own >= 0;
      if (flies && own <= f.durationS() && Visibility.sees(sensor, f.at(Math.max(0, own)))) {
        return true;
      }
    }
    return false;
  }

  /** A picture's status over time, with first knowledge and the moment its areas are right. */
  private void picture(Side side) {
    rowName(side.shared() ? "shared picture" : "alone: own track", side.label());
    rows.add("<path class=\"base\" d=\"M{} {}H{}\"/>", LEFT, y + ROW / 2, axis.right());
    List<Drawing> h = side.history();
    int i = 0;
    while (i < h.size()) {
      int j = i + 1;
      while (j < h.size() && h.get(j).status().equals(h.get(i).status())) {
        j++;
      }
      double until = j < h.size() ? h.get(j).tS() : h.get(h.size() - 1).tS();
      if (h.get(i).status().isPresent()) {
        span(side, h.get(i).status().get(), h.get(i).tS(), until);
      }
      i = j;
    }
    mark(side, side.measures().firstKnowledgeS(), "know", "first knowledge");
    mark(side, side.measures().areasRightFromS(), "right", "areas right from here on");
    rows.add("\n");
    y += ROW;
  }

  private void span(Side side, TrackStatus status, double from, double until) {
    String kind =
        switch (status) {
          case TENTATIVE -> "s-tentative";
          case CONFIRMED -> "s-held";
          case COASTED -> "s-coast";
          case LOST -> "s-lost";
          case ENDED -> "";
        };
    if (!kind.isEmpty()) {
      double x = axis.x(from);
      rows.add(
          "<rect class=\"{} {}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\">",
          kind,
          side.label(),
          x,
          y + 5,
          Math.max(0.6, axis.x(until) - x),
          ROW - 10);
      rows.add(
          "<title>{} {} to {}</title></rect>",
          ReportWords.word(status),
          ReportWords.at(from),
          ReportWords.at(until));
    }
  }

  private void mark(Side side, OptionalDouble t, String kind, String words) {
    if (t.isEmpty()) {
      return;
    }
    String shape = kind.equals("know") ? "m0 -6l6 6l-6 6l-6 -6z" : "m-5.5 0l4 5l7 -10";
    double x = axis.x(t.getAsDouble());
    rows.add("<path class=\"halo\" d=\"M{} {}{}\"/>", x, y + ROW / 2, shape);
    rows.add(
        "<path class=\"mark {} {}\" d=\"M{} {}{}\"><title>{}, {}</title></path>",
        kind,
        side.label(),
        x,
        y + ROW / 2,
        shape,
        words,
        ReportWords.at(t.getAsDouble()));
  }

  private void alerts(Nation n) {
    List<NodeEvent.AlertSent> alerts = scene.of(n).alerts();
    if (alerts.isEmpty()) {
      return;
    }
    rowName("alerts", "quiet");
    for (NodeEvent.AlertSent a : alerts) {
      double t = scene.sinceLaunch(a.sent());
      boolean over = a.messageType().equals("CANCEL") || a.messageType().equals("ALL_CLEAR");
      rows.add(
          "<path class=\"alert {}\" d=\"M{} {}l5.5 10h-11z\"><title>{}, {}: {}</title></path>",
          over ? "over" : "on",
          axis.x(t),
          y + 4,
          a.messageType(),
          ReportWords.at(t),
          a.headline());
    }
    rows.add("\n");
    y += ROW;
  }
}
