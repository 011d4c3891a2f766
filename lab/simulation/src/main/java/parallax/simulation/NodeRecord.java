package parallax.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Picture;
import parallax.link.StreamId;
import parallax.model.TrackId;
import parallax.warning.Alert;

/** What came of a node's inputs, so that a replay can be compared with the life it replays. */
final class NodeRecord {
  private final SortedMap<Picture.View, SortedMap<TrackId, Picture>> pictures = new TreeMap<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final SortedMap<StreamId, Long> given = new TreeMap<>();
  private final SortedMap<StreamId, Long> cursors = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final SortedMap<String, Long> kinds = new TreeMap<>();

  /** A step: what came in, and how many effects it had. */
  private record Step(String input, int effects) {}

  void on(Input input, List<Effect> effects) {
    if (!effects.isEmpty()) {
      steps.add(new Step(input.getClass().getSimpleName(), effects.size()));
    }
    for (Effect e : effects) {
      kinds.merge(e.getClass().getSimpleName(), 1L, Long::sum);
      if (e instanceof Effect.PictureChanged p) {
        draw(p.picture());
      } else if (e instanceof Effect.AlertRaised a) {
        alerts.add(a.action().alert());
      } else if (e instanceof Effect.OutboxAppended o) {
        given.put(o.stream(), o.seq());
      } else if (e instanceof Effect.CursorMoved c) {
        cursors.put(c.stream(), c.nextSeq());
      }
    }
  }

  private void draw(Picture p) {
    SortedMap<TrackId, Picture> of = pictures.computeIfAbsent(p.view(), v -> new TreeMap<>());
    if (p.isWithdrawn()) {
      of.remove(p.event());
    } else {
      of.put(p.event(), p);
    }
  }

  /** The pictures of a view as they stand. */
  SortedMap<TrackId, Picture> pictures(Picture.View view) {
    return pictures.getOrDefault(view, new TreeMap<>());
  }

  List<Alert> alerts() {
    return alerts;
  }

  /** What another record says otherwise; empty when nothing. */
  String difference(NodeRecord other) {
    int common = Math.min(steps.size(), other.steps.size());
    for (int i = 0; i < common; i++) {
      if (!steps.get(i).equals(other.steps.get(i))) {
        return "step " + i + " was " + steps.get(i) + "; replayed " + other.steps.get(i);
      }
    }
    if (!kinds.equals(other.kinds)) {
      return "effects " + kinds + "; replayed " + other.kinds;
    }
    if (!given.equals(other.given)) {
      return "numbers given " + given + "; replayed " + other.given;
    }
    if (!cursors.equals(other.cursors)) {
      return "cursors " + cursors + "; replayed " + other.cursors;
    }
    if (!pictures.equals(other.pictures)) {
      return "pictures differ";
    }
    return alerts.equals(other.alerts) ? "" : "alerts differ";
  }
}
