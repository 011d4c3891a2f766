package parallax.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Nation;
import parallax.model.TrackId;

/**
 * Groups the tracks of several originators into events: all that speak of one target.
 *
 * <p>An originator that holds two tracks says that there are two targets, so an event has at most
 * one held track of each; a lost or ended one may belong to the event that a later track of the
 * same originator goes on with. Each originator's tracks are assigned to the events of the others
 * as a whole, at the least total cost ({@link TrackAssociation#cost}), rather than one by one: a
 * bias between two originators adds the same to every pairing and leaves the best one the best
 * (Blackman and Popoli, Design and Analysis of Modern Tracking Systems, section 9.5). Originators
 * are taken in the order of their codes, and once more when all are placed, so that the outcome
 * depends on the set of reports alone.
 */
public final class EventAssociation {
  private static final int ROUNDS = 2;

  private final List<List<ReportedTrack>> events = new ArrayList<>();

  private EventAssociation() {}

  /** The events, each in the order of its tracks, and they in the order of their first ones. */
  public static List<List<ReportedTrack>> events(List<ReportedTrack> tracks) {
    EventAssociation a = new EventAssociation();
    SortedMap<Nation, List<ReportedTrack>> held = new TreeMap<>();
    SortedMap<Nation, List<ReportedTrack>> gone = new TreeMap<>();
    tracks.stream()
        .sorted(Comparator.comparing(ReportedTrack::id))
        .forEach(
            t ->
                (t.isHeld() ? held : gone)
                    .computeIfAbsent(t.id().originator(), n -> new ArrayList<>())
                    .add(t));
    for (int round = 0; round < ROUNDS; round++) {
      held.values().forEach(a::place);
    }
    for (int round = 0; round < ROUNDS; round++) {
      gone.values().forEach(a::place);
    }
    for (List<ReportedTrack> e : a.events) {
      e.sort(Comparator.comparing(ReportedTrack::id));
    }
    a.events.sort(Comparator.comparing(e -> e.getFirst().id()));
    return a.events;
  }

  /** Assigns tracks of one originator, all held or none, to the events of the other tracks. */
  private void place(List<ReportedTrack> tracks) {
    events.forEach(e -> e.removeAll(tracks));
    events.removeIf(List::isEmpty);
    events.sort(Comparator.comparing(EventAssociation::least));
    int[][] columns = new int[tracks.size()][];
    double[][] costs = new double[tracks.size()][];
    double[] alone = new double[tracks.size()];
    for (int i = 0; i < columns.length; i++) {
      List<Integer> open = new ArrayList<>();
      List<Double> cost = new ArrayList<>();
      for (int e = 0; e < events.size(); e++) {
        double c = cost(tracks.get(i), events.get(e));
        if (c < TrackAssociation.GATE) {
          open.add(e);
          cost.add(c);
        }
      }
      columns[i] = open.stream().mapToInt(Integer::intValue).toArray();
      costs[i] = cost.stream().mapToDouble(Double::doubleValue).toArray();
      alone[i] = TrackAssociation.GATE;
    }
    int[] answer = Assignment.solve(events.size(), columns, costs, alone);
    for (int i = 0; i < answer.length; i++) {
      if (answer[i] == Assignment.NONE) {
        events.add(new ArrayList<>(List.of(tracks.get(i))));
      } else {
        events.get(answer[i]).add(tracks.get(i));
      }
    }
  }

  private static TrackId least(List<ReportedTrack> event) {
    return event.stream().map(ReportedTrack::id).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** The mean cost to the event's tracks, those that do not agree counted at the gate. */
  private static double cost(ReportedTrack t, List<ReportedTrack> event) {
    double sum = 0;
    boolean agrees = false;
    for (ReportedTrack other : event) {
      double c = TrackAssociation.cost(t, other);
      agrees |= c < TrackAssociation.GATE;
      sum += Math.min(c, TrackAssociation.GATE);
    }
    return agrees ? sum / event.size() : Double.POSITIVE_INFINITY;
  }
}
