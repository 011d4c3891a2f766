package parallax.warning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Check;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.PathPoint;
import parallax.model.UtcTime;

/**
 * The areas that a flight, known after the event, really concerned: the measure of a warning.
 *
 * @param required areas overflown or struck: a right warning names them all
 * @param allowed those and the areas within the tolerance: a right warning names no other
 */
public record TrueAreas(
    SortedSet<AdministrativeArea> required, SortedSet<AdministrativeArea> allowed) {
  /** Default tolerance, metres. */
  public static final double TOLERANCE_M = 50_000;

  /**
   * A point of the true path.
   *
   * @param time when
   * @param place where
   */
  public record TruePoint(UtcTime time, Geodetic place) {}

  /** Copies the sets; everything required is allowed. */
  public TrueAreas {
    TreeSet<AdministrativeArea> all = new TreeSet<>(allowed);
    all.addAll(required);
    required = Collections.unmodifiableSortedSet(new TreeSet<>(required));
    allowed = Collections.unmodifiableSortedSet(all);
  }

  /**
   * The areas of a nation that a true flight concerned.
   *
   * @param catalogue the areas
   * @param nation whose areas
   * @param path the true path in time order, from launch to the end; may be empty
   * @param impact where it came down, if it did
   * @param toleranceM how far from the ground track or the impact an area is still allowed, metres
   */
  public static TrueAreas of(
      AreaCatalogue catalogue,
      Nation nation,
      List<TruePoint> path,
      Optional<Geodetic> impact,
      double toleranceM) {
    Check.within("tolerance (m)", toleranceM, 0, 1e6);
    List<PathPoint> points = new ArrayList<>();
    for (TruePoint p : path) {
      points.add(new PathPoint(p.time(), p.place(), 0));
    }
    List<GroundTrack.Fix> fixes = GroundTrack.of(points).fixes();
    TreeSet<AdministrativeArea> required = new TreeSet<>();
    TreeSet<AdministrativeArea> allowed = new TreeSet<>();
    for (AdministrativeArea a : catalogue.areas(nation)) {
      boolean struck = impact.isPresent() && a.contains(impact.get());
      boolean near = impact.isPresent() && a.isWithin(impact.get(), toleranceM);
      if (struck || crosses(a.shape(), fixes)) {
        required.add(a);
      } else if (near || passesWithin(a.shape(), fixes, toleranceM)) {
        allowed.add(a);
      }
    }
    return new TrueAreas(required, allowed);
  }

  /** What several flights concerned: the areas of any of them. */
  public static TrueAreas together(List<TrueAreas> each) {
    TreeSet<AdministrativeArea> required = new TreeSet<>();
    TreeSet<AdministrativeArea> allowed = new TreeSet<>();
    for (TrueAreas t : each) {
      required.addAll(t.required());
      allowed.addAll(t.allowed());
    }
    return new TrueAreas(required, allowed);
  }

  private static boolean crosses(AreaShape shape, List<GroundTrack.Fix> fixes) {
    for (int i = 1; i < fixes.size(); i++) {
      if (shape.meets(fixes.get(i - 1).spot(), fixes.get(i).spot())) {
        return true;
      }
    }
    return fixes.size() == 1 && shape.holds(fixes.get(0).spot());
  }

  private static boolean passesWithin(
      AreaShape shape, List<GroundTrack.Fix> fixes, double toleranceM) {
    for (GroundTrack.Fix f : fixes) {
      if (shape.holdsWithin(f.spot(), toleranceM)) {
        return true;
      }
    }
    return false;
  }
}
