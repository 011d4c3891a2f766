package parallax.simulation;

import static parallax.simulation.Promises.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.Picture;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.simulation.StreamLedger.Fate;

/** Looks at what stands at the end of a run, when everything came right. */
final class EndWatch {
  private final World world;
  private final Watch watch;

  EndWatch(World world, Watch watch) {
    this.world = world;
    this.watch = watch;
  }

  /** Whether every stream between honest parties is through. */
  Optional<String> unfinished(Optional<Nation> hostile) {
    for (StreamLedger l : watch.streams().values()) {
      if (isHonest(l, hostile) && l.taken() < Math.min(l.given(), l.calmAt)) {
        return Optional.of(l.toString());
      }
    }
    return Optional.empty();
  }

  private static boolean isHonest(StreamLedger l, Optional<Nation> hostile) {
    return hostile.isEmpty() || !l.id.ends(hostile.get());
  }

  /**
   * Everything arrived and was drawn: holds the whole against the promises.
   *
   * @param hostile the party that lies, if there is one
   * @param toldLate whether it still told something within the last seconds, which need not be
   *     drawn yet
   */
  void finish(Optional<Nation> hostile, boolean toldLate) {
    for (StreamLedger l : watch.streams().values()) {
      if (isHonest(l, hostile)) {
        finish(l);
      }
    }
    List<NationLedger> honest = new ArrayList<>();
    for (NationLedger n : watch.nations().values()) {
      if (hostile.isEmpty() || !n.nation.equals(hostile.get())) {
        honest.add(n);
        Optional<Nation> but = toldLate ? hostile : Optional.empty();
        requireDrawn(n, Picture.View.COMBINED, n.combined, but);
        requireDrawn(n, Picture.View.COMMON, n.common, but);
      }
    }
    if (world.isFlown()) {
      return;
    }
    for (NationLedger a : honest) {
      for (NationLedger b : honest) {
        if (a.nation.compareTo(b.nation) < 0 && a.common.contents().equals(b.common.contents())) {
          requireSame(a, b);
        }
      }
    }
  }

  private static void finish(StreamLedger l) {
    for (long n = 1; n <= l.taken(); n++) {
      long seq = n;
      Fate fate = l.fate(seq);
      if (fate == Fate.GAP) {
        require(
            l.isLostAtSender(seq),
            "gap",
            () ->
                l.id
                    + ": number "
                    + seq
                    + " is a gap at the recipient's and not at the originator's");
      } else if (fate == Fate.FOLDED) {
        long into = l.standsFor(seq);
        require(
            into <= l.taken() && l.fate(into) != Fate.FOLDED,
            "folding",
            () -> l.id + ": number " + seq + " is folded into " + into + ", which never came");
      }
    }
  }

  private void requireDrawn(
      NationLedger n, Picture.View view, PictureModel model, Optional<Nation> but) {
    SortedSet<TrackId> drawn = new TreeSet<>();
    for (Picture p : n.record.pictures(view).values()) {
      for (TrackId t : p.sources()) {
        require(drawn.add(t), "picture", () -> n.nation + " draws " + t + " twice: " + view);
      }
    }
    SortedSet<TrackId> known = new TreeSet<>(model.known().keySet());
    if (world.isFlown()) {
      drawn.removeIf(t -> t.number() < NationLedger.FILED_FROM);
      known.removeIf(t -> t.number() < NationLedger.FILED_FROM);
    }
    but.ifPresent(
        b -> {
          drawn.removeIf(t -> t.originator().equals(b));
          known.removeIf(t -> t.originator().equals(b));
        });
    require(
        drawn.equals(known),
        "picture",
        () -> n.nation + " draws " + drawn + " into its " + view + " picture and knows " + known);
  }

  private static void requireSame(NationLedger a, NationLedger b) {
    SortedMap<List<TrackId>, Object> of = bySources(a);
    SortedMap<List<TrackId>, Object> with = bySources(b);
    require(
        of.equals(with),
        "common picture",
        () -> a.nation + " and " + b.nation + " know the same and draw " + of + " and " + with);
  }

  private static SortedMap<List<TrackId>, Object> bySources(NationLedger n) {
    SortedMap<List<TrackId>, Object> out = new TreeMap<>(EndWatch::compare);
    for (Map.Entry<TrackId, Picture> e : n.record.pictures(Picture.View.COMMON).entrySet()) {
      Picture p = e.getValue();
      out.put(p.sources(), List.of(p.launch(), p.estimate(), p.impact()));
    }
    return out;
  }

  private static int compare(List<TrackId> a, List<TrackId> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int c = a.get(i).compareTo(b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return a.size() - b.size();
  }
}
