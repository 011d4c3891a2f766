package parallax.evaluation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.sf.geographiclib.Geodesic;
import org.jspecify.annotations.Nullable;
import parallax.engine.Picture;
import parallax.exercise.Flight;
import parallax.exercise.FlightState;
import parallax.exercise.Salvo;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction.Predicted;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.signing.Sha256;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaAtRisk;
import parallax.warning.AreaCatalogue;
import parallax.warning.AreasAtRisk;
import parallax.warning.RiskScore;
import parallax.warning.RiskSettings;
import parallax.warning.TrueAreas;
import parallax.wire.NodeEvent;

/**
 * Holds what one nation's node said against the true flights of a salvo, often of one missile. A
 * picture is held against the missile nearest to the state that it shows.
 */
public final class Scoreboard {
  /** The views whose worth is measured: what the nation knew alone and shared. */
  public static final List<Picture.View> MEASURED =
      List.of(Picture.View.NATIONAL, Picture.View.COMBINED);

  /** Within what distance of the true impact point a prediction is near, metres. */
  public static final double NEAR_M = 50_000;

  private static final double TRUTH_STEP_S = 1.0;

  private final Salvo salvo;
  private final TrueAreas truth;
  private final double areasUntilS;
  private final SortedMap<Picture.View, Side> sides = new TreeMap<>();
  private final SortedMap<TrackId, Picture> common = new TreeMap<>();
  private final List<NodeEvent.AlertSent> alerts = new ArrayList<>();
  private @Nullable UtcTime deleteBy;

  /**
   * Keeps the score of one nation.
   *
   * @param nation whose pictures are held against the truth
   * @param salvo what truly flew
   * @param areas the areas that alerts name
   */
  public Scoreboard(Nation nation, Salvo salvo, AreaCatalogue areas) {
    this.salvo = salvo;
    List<TrueAreas> each = new ArrayList<>();
    List<TrueAreas.TruePoint> all = new ArrayList<>();
    for (Flight flight : salvo.flights()) {
      List<TrueAreas.TruePoint> path = new ArrayList<>();
      for (FlightState s : flight.samples(TRUTH_STEP_S)) {
        path.add(
            new TrueAreas.TruePoint(
                flight.launchTime().plusSeconds(s.timeS()), Wgs84.toGeodetic(s.positionM())));
      }
      each.add(
          TrueAreas.of(
              areas, nation, path, Optional.of(flight.impactPoint()), TrueAreas.TOLERANCE_M));
      all.addAll(path);
    }
    this.truth = TrueAreas.together(each);
    all.sort(Comparator.comparing(TrueAreas.TruePoint::time));
    this.areasUntilS = firstArrivalS(all);
    for (Picture.View v : MEASURED) {
      sides.put(v, new Side());
    }
  }

  /** When the first area truly at risk is reached, or all flights are over. */
  private double firstArrivalS(List<TrueAreas.TruePoint> path) {
    for (TrueAreas.TruePoint p : path) {
      for (AdministrativeArea a : truth.required()) {
        if (a.contains(p.place())) {
          return p.time().secondsSince(salvo.launchTime());
        }
      }
    }
    return salvo.durationS();
  }

  /** When the first area truly at risk is reached; without one, when all flights are over. */
  public double firstArrivalS() {
    return areasUntilS;
  }

  /** The areas that were truly overflown or struck. */
  public TrueAreas truth() {
    return truth;
  }

  /** The earliest moment by which a picture seen here must be deleted, wall clock. */
  public Optional<UtcTime> deleteBy() {
    return Optional.ofNullable(deleteBy);
  }

  /** The alerts sent so far, in their order; a live list. */
  public List<NodeEvent.AlertSent> alerts() {
    return alerts;
  }

  /** Takes in what the nation's node did next. */
  public void take(NodeEvent e) {
    switch (e.body()) {
      case NodeEvent.PictureDrawn p -> {
        take(p.picture());
        p.deleteBy().ifPresent(by -> deleteBy = deleteBy == null ? by : UtcTime.min(deleteBy, by));
      }
      case NodeEvent.AlertSent a -> alerts.add(a);
      case NodeEvent.Decided d -> {}
      case NodeEvent.ReportReleased r -> {}
      case NodeEvent.RecordsTaken r -> {}
      case NodeEvent.GapSeen g -> {}
      case NodeEvent.Folded f -> {}
      case NodeEvent.Passed p -> {}
      case NodeEvent.OrderGiven o -> {}
      case NodeEvent.NoticeHeld n -> {}
      case NodeEvent.Noticed n -> {}
    }
  }

  private void take(Picture p) {
    switch (p.view()) {
      case NATIONAL, COMBINED -> side(p.view()).take(p);
      case COMMON -> stand(common, p);
    }
  }

  /** Puts a drawing in the place of the one before it; one that withdraws it leaves none. */
  private static void stand(SortedMap<TrackId, Picture> latest, Picture p) {
    if (p.isWithdrawn()) {
      latest.remove(p.event());
    } else {
      latest.put(p.event(), p);
    }
  }

  private Side side(Picture.View view) {
    Side s = sides.get(view);
    if (s == null) {
      throw new IllegalStateException("no side for " + view);
    }
    return s;
  }

  /** The pictures of a view that were drawn so far, in their order; a live list. */
  public List<Drawing> history(Picture.View view) {
    return side(view).drawings;
  }

  /** What a view's pictures said against the truth. */
  public Measures measures(Picture.View view) {
    return side(view).measures();
  }

  /**
   * How long before impact, once it had a track, the nation held none: every one it knew of was
   * lost or ended. Seconds.
   */
  public double lostS(Picture.View view) {
    return side(view).lostS();
  }

  /**
   * SHA-256 over the common pictures of launches as they stand, without what is each nation's own
   * (its name for the launch, when it was drawn).
   */
  public String digest() {
    List<String> lines = new ArrayList<>();
    for (Picture p : common.values()) {
      lines.add(p.sources() + " " + p.launch() + " " + p.estimate() + " " + p.impact());
    }
    lines.sort(null);
    return Sha256.hex(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  /** Tracks the nation goes by of which it never told every partner: its own, withheld. */
  public SortedSet<TrackId> withheldTracks() {
    SortedSet<TrackId> out = new TreeSet<>();
    combined().values().forEach(p -> out.addAll(p.sources()));
    common.values().forEach(p -> out.removeAll(p.sources()));
    return out;
  }

  static double distanceM(Geodetic a, Geodetic b) {
    return Geodesic.WGS84.Inverse(
            a.latitudeDeg(), a.longitudeDeg(), b.latitudeDeg(), b.longitudeDeg())
        .s12;
  }

  /** One of the two views. */
  private final class Side {
    final List<Drawing> drawings = new ArrayList<>();
    final SortedMap<TrackId, Picture> latest = new TreeMap<>();
    final SortedSet<String> wrong = new TreeSet<>();
    private final Set<Flight> tracked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Flight> near = Collections.newSetFromMap(new IdentityHashMap<>());
    OptionalDouble firstKnowledge = OptionalDouble.empty();
    OptionalDouble firstTrack = OptionalDouble.empty();
    OptionalDouble impactNear = OptionalDouble.empty();
    OptionalDouble areasRight = OptionalDouble.empty();
    private double lostS;
    private double lostFromS = Double.NaN;

    void take(Picture p) {
      double t = p.at().secondsSince(salvo.launchTime());
      stand(latest, p);
      if (p.isWithdrawn()) {
        judgeAreas(t);
        judgeHeld(t);
        return;
      }
      Flight missile =
          p.estimate()
              .map(e -> salvo.nearest(e.state().positionM(), e.state().timeOfValidity()))
              .orElseGet(salvo::first);
      Drawing d = drawing(p, t, missile);
      drawings.add(d);
      firstKnowledge = first(firstKnowledge, t, p.launch().isPresent() || p.estimate().isPresent());
      if (d.status().isPresent() && d.status().get() != TrackStatus.TENTATIVE) {
        tracked.add(missile);
      }
      if (d.impactErrorM().isPresent() && d.impactErrorM().getAsDouble() <= NEAR_M) {
        near.add(missile);
      }
      firstTrack = first(firstTrack, t, tracked.size() == salvo.size());
      impactNear = first(impactNear, t, near.size() == salvo.size());
      judgeAreas(t);
      judgeHeld(t);
    }

    private void judgeHeld(double t) {
      boolean held = false;
      for (Picture p : latest.values()) {
        held |= p.estimate().isPresent() && isHeld(p.estimate().get().status());
      }
      if (held && !Double.isNaN(lostFromS)) {
        lostS += Math.max(0, Math.min(t, salvo.durationS()) - lostFromS);
        lostFromS = Double.NaN;
      } else if (!held && !tracked.isEmpty() && Double.isNaN(lostFromS)) {
        lostFromS = t;
      }
    }

    private static boolean isHeld(TrackStatus s) {
      return switch (s) {
        case TENTATIVE, CONFIRMED, COASTED -> true;
        case LOST, ENDED -> false;
      };
    }

    double lostS() {
      return lostS + (Double.isNaN(lostFromS) ? 0 : Math.max(0, salvo.durationS() - lostFromS));
    }

    private static OptionalDouble first(OptionalDouble had, double t, boolean now) {
      return had.isEmpty() && now ? OptionalDouble.of(t) : had;
    }

    private void judgeAreas(double t) {
      boolean told = false;
      SortedSet<AdministrativeArea> warned = new TreeSet<>();
      for (Picture p : latest.values()) {
        told |= AreasAtRisk.canTell(p.impact(), RiskSettings.DEFAULT) || !p.areas().isEmpty();
        p.areas().forEach(a -> warned.add(a.area()));
      }
      RiskScore score = RiskScore.of(warned, truth);
      score.wrong().forEach(a -> wrong.add(a.code()));
      if (told && t <= areasUntilS) {
        if (!score.right()) {
          areasRight = OptionalDouble.empty();
        } else if (areasRight.isEmpty()) {
          areasRight = OptionalDouble.of(t);
        }
      }
    }

    private Drawing drawing(Picture p, double t, Flight missile) {
      Optional<Predicted> impact =
          p.impact() instanceof Predicted q ? Optional.of(q) : Optional.empty();
      List<String> areas = new ArrayList<>();
      for (AreaAtRisk a : p.areas()) {
        areas.add(a.area().code());
      }
      return new Drawing(
          t,
          salvo.flights().indexOf(missile),
          p.estimate().map(e -> Wgs84.toGeodetic(e.state().positionM())),
          p.estimate()
              .map(e -> OptionalDouble.of(e.state().covariance().rms(3)))
              .orElse(OptionalDouble.empty()),
          p.estimate()
              .map(
                  e ->
                      positionError(
                          e.state().positionM(),
                          e.state().timeOfValidity().secondsSince(missile.launchTime()),
                          missile))
              .orElse(OptionalDouble.empty()),
          p.estimate().map(e -> e.phase()).orElse(parallax.model.FlightPhase.UNKNOWN),
          p.estimate().map(e -> e.status()),
          p.launch(),
          impact,
          impact
              .map(q -> OptionalDouble.of(distanceM(q.point(), missile.impactPoint())))
              .orElse(OptionalDouble.empty()),
          areas,
          AreasAtRisk.canTell(p.impact(), RiskSettings.DEFAULT));
    }

    private static OptionalDouble positionError(Vector3 believed, double t, Flight missile) {
      if (t < 0 || t > missile.durationS()) {
        return OptionalDouble.empty();
      }
      return OptionalDouble.of(believed.minus(missile.at(t).positionM()).norm());
    }

    Measures measures() {
      return new Measures(firstKnowledge, firstTrack, impactNear, areasRight, wrong);
    }
  }

  /** The newest common pictures, by the node's own names for the launches. */
  public Map<TrackId, Picture> common() {
    return common;
  }

  /** The newest combined pictures, by the node's own names for the launches. */
  public Map<TrackId, Picture> combined() {
    return side(Picture.View.COMBINED).latest;
  }

  /** The newest national pictures, by track. */
  public Map<TrackId, Picture> national() {
    return side(Picture.View.NATIONAL).latest;
  }
}
