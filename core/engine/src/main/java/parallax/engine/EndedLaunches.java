package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * Launches that are over, as they were last drawn. Which tracks belong to them stays as it is, and
 * nobody looks at them again until something new is said of one of their tracks, or another target
 * flies at nearly the same time: no track of another time can belong to the same launch.
 *
 * <p>Bounded by the tracks that its picture knows: each launch here holds at least one.
 */
final class EndedLaunches {
  private final SortedMap<TrackId, Ended> byName = new TreeMap<>();
  private final SortedMap<TrackId, TrackId> nameOfTrack = new TreeMap<>();
  private final TreeMap<UtcTime, TreeSet<TrackId>> byEnd = new TreeMap<>();

  private record Ended(Drawn drawn, FlightTime time) {}

  /** With the launches that another held. */
  EndedLaunches(SortedMap<TrackId, KnowledgeState.Drawing> state) {
    state.forEach((name, d) -> add(name, Drawn.of(d)));
  }

  /** The launches at rest, by name. */
  SortedMap<TrackId, KnowledgeState.Drawing> state() {
    SortedMap<TrackId, KnowledgeState.Drawing> out = new TreeMap<>();
    byName.forEach((name, e) -> out.put(name, e.drawn().state()));
    return out;
  }

  /** Puts a launch to rest. */
  void add(TrackId name, Drawn drawn) {
    FlightTime time = FlightTime.of(drawn.from());
    byName.put(name, new Ended(drawn, time));
    drawn.from().forEach(k -> nameOfTrack.put(k.id(), name));
    byEnd.computeIfAbsent(time.to(), t -> new TreeSet<>()).add(name);
  }

  /** Whether a launch here has this name. */
  boolean isName(TrackId name) {
    return byName.containsKey(name);
  }

  /** The name of the launch that a track belongs to. */
  Optional<TrackId> nameOf(TrackId track) {
    return Optional.ofNullable(nameOfTrack.get(track));
  }

  /** Takes a launch out, to be looked at again. */
  Drawn remove(TrackId name) {
    @Nullable Ended e = byName.remove(name);
    if (e == null) {
      throw new IllegalArgumentException("no launch " + name + " is at rest");
    }
    e.drawn().from().forEach(k -> nameOfTrack.remove(k.id()));
    TreeSet<TrackId> same = byEnd.get(e.time().to());
    if (same != null && same.remove(name) && same.isEmpty()) {
      byEnd.remove(e.time().to());
    }
    return e.drawn();
  }

  /** The launches that were in flight at nearly the same time as another target. */
  List<TrackId> near(FlightTime other) {
    List<TrackId> out = new ArrayList<>();
    for (TreeSet<TrackId> names : byEnd.tailMap(other.earliestEndNear()).values()) {
      for (TrackId name : names) {
        @Nullable Ended e = byName.get(name);
        if (e != null && e.time().isNear(other)) {
          out.add(name);
        }
      }
    }
    return out;
  }
}
