package parallax.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;

/** What is known of one nation from outside, by its journal alone. */
final class NationLedger {
  static final long FILED_FROM = 1_000_000_000_000L;

  final Nation nation;
  final NodeRecord record = new NodeRecord();
  final PictureModel combined = new PictureModel();
  final PictureModel common = new PictureModel();
  final SortedSet<Nation> mute = new TreeSet<>();

  /** Those of them that the node has acted on: what the same batch let go before is still out. */
  final SortedSet<Nation> muteOnWire = new TreeSet<>();

  final SortedSet<Nation> deaf = new TreeSet<>();
  final SortedMap<Nation, SortedSet<VerificationKey>> revoked = new TreeMap<>();
  final SortedSet<TrackId> recalled = new TreeSet<>();
  final SortedMap<TrackId, ConfidentialityLabel> relabelled = new TreeMap<>();
  final SortedSet<String> alertNames = new TreeSet<>();
  final SortedMap<Nation, SortedSet<TrackId>> told = new TreeMap<>();
  final SortedMap<Nation, List<HeldReport>> held = new TreeMap<>();
  private final SortedMap<Long, LaunchPointEstimate> launches = new TreeMap<>();
  private final SortedMap<Long, UtcTime> impacts = new TreeMap<>();
  private final SortedMap<Long, TrackStatus> statuses = new TreeMap<>();
  private final SortedMap<String, Long> feeds = new TreeMap<>();

  /** The agreement and policy the nation goes by; null before its first start. */
  @Nullable Oracle inForce;

  /** A report that was made while a partner was suspended, and what was known then. */
  record HeldReport(Report report, Oracle.About about) {}

  NationLedger(Nation nation) {
    this.nation = nation;
  }

  Oracle oracle() {
    Oracle o = inForce;
    if (o == null) {
      throw new IllegalStateException(nation + " has not started");
    }
    return o;
  }

  /** Whether a feed's number is the next one; it is taken then. */
  boolean takes(String feed, long seq) {
    if (seq != feeds.getOrDefault(feed, 0L) + 1) {
      return false;
    }
    feeds.put(feed, seq);
    return true;
  }

  /** The nation's own system said something; returns what is known of the track then. */
  Oracle.About filed(FiledTrack f) {
    f.launch().ifPresent(l -> launches.put(f.number(), l));
    f.estimate().ifPresent(e -> statuses.put(f.number(), e.status()));
    f.impact()
        .ifPresent(
            i -> {
              if (i instanceof ImpactPointPrediction.Predicted p) {
                impacts.put(f.number(), p.time());
              } else {
                impacts.remove(f.number());
              }
            });
    return about(f.number());
  }

  private Oracle.About about(long number) {
    return new Oracle.About(
        Optional.ofNullable(launches.get(number)),
        Optional.ofNullable(impacts.get(number)),
        Optional.ofNullable(statuses.get(number)));
  }

  /** What is known of a filed track. */
  Oracle.About about(TrackId filed) {
    return about(filed.number() - FILED_FROM);
  }

  TrackId idOf(FiledTrack f) {
    return new TrackId(nation, FILED_FROM + f.number());
  }

  boolean wasTold(Nation partner, TrackId track) {
    SortedSet<TrackId> tracks = told.get(partner);
    return tracks != null && tracks.contains(track);
  }

  void tell(Nation partner, TrackId track) {
    told.computeIfAbsent(partner, p -> new TreeSet<>()).add(track);
  }

  void hold(Nation partner, Report report, Oracle.About about) {
    held.computeIfAbsent(partner, p -> new ArrayList<>()).add(new HeldReport(report, about));
  }

  /**
   * The clock jumps. What was stamped by a clock that was ahead is moved back with it. What was
   * held back is as old as it was.
   */
  void clockCorrected(Input.ClockCorrected c) {
    combined.clockCorrected(nation, c);
    common.clockCorrected(nation, c);
    for (List<HeldReport> all : held.values()) {
      all.replaceAll(
          h -> {
            Report.Header old = h.report().header();
            UtcTime made = old.createdAt();
            return c.timeByNs() > 0 || made.isAfter(c.newTime())
                ? new HeldReport(
                    Watch.withHeader(
                        h.report(),
                        new Report.Header(
                            old.track(),
                            old.channel(),
                            new UtcTime(made.nanos() + c.timeByNs()),
                            old.label())),
                    h.about())
                : h;
          });
    }
  }

  /** What was not told yet of a track has another label from here on. */
  void relabelHeld(TrackId track, ConfidentialityLabel label) {
    for (List<HeldReport> all : held.values()) {
      all.replaceAll(
          h -> {
            Report.Header old = h.report().header();
            return old.track().equals(track)
                ? new HeldReport(
                    Watch.withHeader(
                        h.report(),
                        new Report.Header(track, old.channel(), old.createdAt(), label)),
                    h.about())
                : h;
          });
    }
  }

  /** What was known of a report that is told at the end of a suspension, or again. */
  Oracle.About orderedAbout(Order order, Report report) {
    if (order instanceof Order.Relabel r) {
      return about(r.track());
    }
    if (order instanceof Order.Resume r) {
      for (HeldReport h : held.getOrDefault(r.partner(), List.of())) {
        if (h.report().equals(report)) {
          return h.about();
        }
      }
    }
    return new Oracle.About(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Of a track computed here nothing is known from outside but what its reports say. */
  Oracle.About computed(Report report) {
    if (report instanceof Report.LaunchReport l) {
      launches.put(-report.header().track().number(), l.launch());
    }
    return new Oracle.About(
        Optional.ofNullable(launches.get(-report.header().track().number())),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether a key of a partner was revoked here. */
  boolean isRevoked(Nation partner, VerificationKey key) {
    SortedSet<VerificationKey> keys = revoked.get(partner);
    return keys != null && keys.contains(key);
  }

  Map<Nation, SortedSet<VerificationKey>> revoked() {
    return revoked;
  }
}
