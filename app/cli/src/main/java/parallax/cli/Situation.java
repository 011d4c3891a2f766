package parallax.cli;

import java.io.IOException;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import parallax.engine.Picture;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.NodeEvent;

/**
 * What a node knows and has warned of by now, from the events that it holds: the newest drawing of
 * each launch, of each own track, and the newest message of each alert.
 */
final class Situation {
  private final SortedMap<TrackId, Picture> combined = new TreeMap<>();
  private final SortedMap<TrackId, Picture> national = new TreeMap<>();
  private final SortedMap<String, NodeEvent.AlertSent> alerts = new TreeMap<>();
  private UtcTime now = new UtcTime(0);

  /** Asks a running node. */
  static Situation of(NodeAccess node) throws IOException, InterruptedException {
    Situation s = new Situation();
    NodeHistory.read(node, s::take);
    return s;
  }

  /** Takes the next event. */
  synchronized void take(NodeEvent e) {
    now = e.time().isAfter(now) ? e.time() : now;
    if (e.body() instanceof NodeEvent.PictureDrawn d) {
      Picture p = d.picture();
      switch (p.view()) {
        case COMBINED -> keep(combined, p);
        case NATIONAL -> keep(national, p);
        case COMMON -> {}
      }
    } else if (e.body() instanceof NodeEvent.AlertSent a) {
      alerts.put(a.eventKey(), a);
    }
  }

  /** Leaves out the alerts that are not wanted. */
  synchronized void keepAlerts(Predicate<NodeEvent.AlertSent> wanted) {
    alerts.values().removeIf(wanted.negate());
  }

  private static void keep(SortedMap<TrackId, Picture> all, Picture p) {
    if (p.isWithdrawn()) {
      all.remove(p.event());
    } else {
      all.put(p.event(), p);
    }
  }

  /** The node's time of the newest event. */
  synchronized UtcTime now() {
    return now;
  }

  /** The launches, as the nation knows them, by name. */
  synchronized Collection<Picture> launches() {
    return combined.values();
  }

  /** The tracks of the nation's own sensors, by name. */
  synchronized Collection<Picture> tracks() {
    return national.values();
  }

  /** The newest message of each alert, by launch. */
  synchronized Collection<NodeEvent.AlertSent> alerts() {
    return alerts.values();
  }
}
