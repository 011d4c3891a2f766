package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parallax.engine.OwnTrack;
import parallax.engine.OwnTracksState;
import parallax.engine.OwnTracksState.Numbers;
import parallax.engine.OwnTracksState.Watching;
import parallax.model.Check;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.PathPoint;
import parallax.model.UtcTime;
import parallax.wire.fields.ConfigurationFields;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptOwnTrack;
import parallax.wire.proto.KeptOwnTracks;
import parallax.wire.proto.KeptWatching;

/** The nation's own tracks as {@code parallax.v1.KeptOwnTracks} messages. */
final class OwnTracksFields {
  /** Numbers of tracks as partners read them are at most this. */
  private static final int MOST_NUMBER = 1 << 30;

  /** Numbers for each point of a path. */
  private static final int PER_POINT = 4;

  private OwnTracksFields() {}

  static KeptOwnTracks toProto(OwnTracksState s, PoolsOut pools) {
    KeptOwnTracks.Builder b =
        KeptOwnTracks.newBuilder()
            .addAllTracks(TracksFields.toProto(s.tracks(), (t, own) -> t.setOwn(own(own, pools))))
            .addAllReports(
                TracksFields.toProto(
                    s.reports(),
                    (t, of) -> of.values().forEach(r -> t.addReports(pools.report(r)))))
            .addAllRelabelled(
                TracksFields.toProto(s.relabelled(), (t, l) -> t.setLabel(pools.label(l))))
            .addAllUndrawn(TracksFields.names(s.undrawn()));
    int skip = s.numbers().skipped();
    for (int[] part : s.numbers().given()) {
      for (int n : part) {
        if (skip > 0) {
          skip--;
        } else {
          b.addNumbers(n);
        }
      }
    }
    s.surveillance().ifPresent(w -> b.setSurveillance(watching(w, pools)));
    return b.build();
  }

  static OwnTracksState fromProto(KeptOwnTracks m, PoolsIn pools) {
    return new OwnTracksState(
        numbers(m.getNumbersList()),
        TracksFields.fromProto(m.getTracksList(), t -> own(t.getOwn(), pools)),
        TracksFields.fromProto(m.getReportsList(), t -> TracksFields.reports(t, pools)),
        TracksFields.fromProto(m.getRelabelledList(), t -> pools.label(t.getLabel())),
        TracksFields.tracks(m.getUndrawnList()),
        m.hasSurveillance() ? Optional.of(watching(m.getSurveillance(), pools)) : Optional.empty());
  }

  private static Numbers numbers(List<Integer> all) {
    int[] given = new int[all.size()];
    for (int i = 0; i < given.length; i++) {
      given[i] = all.get(i);
      Check.within("number given to a track", given[i], 1, MOST_NUMBER);
    }
    return new Numbers(given.length == 0 ? List.of() : List.of(given), 0);
  }

  private static KeptOwnTrack own(OwnTrack o, PoolsOut pools) {
    KeptOwnTrack.Builder b = KeptOwnTrack.newBuilder().setReported(pools.reported(o.track()));
    for (PathPoint p : o.path()) {
      b.addPathNs(p.time().nanos())
          .addPath(p.place().latitudeRad())
          .addPath(p.place().longitudeRad())
          .addPath(p.place().altitudeM())
          .addPath(p.crossTrackSigmaM());
    }
    o.news().forEach(c -> b.addNews(WireNumbers.DATA_CLASS.of(c)));
    return b.build();
  }

  private static OwnTrack own(KeptOwnTrack o, PoolsIn pools) {
    if (o.getPathCount() != PER_POINT * o.getPathNsCount()) {
      throw new InvalidValueException(
          "path of a track",
          o.getPathCount() + " numbers",
          PER_POINT * o.getPathNsCount() + ", four for each moment");
    }
    List<PathPoint> path = new ArrayList<>(o.getPathNsCount());
    for (int i = 0; i < o.getPathNsCount(); i++) {
      int at = PER_POINT * i;
      path.add(
          new PathPoint(
              new UtcTime(o.getPathNs(i)),
              new Geodetic(o.getPath(at), o.getPath(at + 1), o.getPath(at + 2)),
              o.getPath(at + 3)));
    }
    return new OwnTrack(
        pools.reported(o.getReported()), path, TracksFields.classes(o.getNewsList()));
  }

  private static KeptWatching watching(Watching w, PoolsOut pools) {
    KeptWatching.Builder b =
        KeptWatching.newBuilder()
            .setTracker(WireFields.bytes(TrackingStateCodec.encode(w.tracker())))
            .addAllNamed(
                TracksFields.toProto(w.named(), (t, name) -> t.setName(WireFields.track(name))))
            .addAllTold(TracksFields.toProto(w.told(), (t, r) -> t.setReported(pools.reported(r))))
            .addAllFiled(
                TracksFields.toProto(w.filed(), (t, r) -> t.setReported(pools.reported(r))));
    w.sensors().forEach(s -> b.addSensors(ConfigurationFields.sensor(s)));
    return b.build();
  }

  private static Watching watching(KeptWatching w, PoolsIn pools) {
    return new Watching(
        w.getSensorsList().stream().map(ConfigurationFields::sensor).toList(),
        TrackingStateCodec.decode(w.getTracker().toByteArray()),
        TracksFields.fromProto(w.getNamedList(), t -> WireFields.track(t.getName())),
        TracksFields.fromProto(w.getToldList(), t -> pools.reported(t.getReported())),
        TracksFields.fromProto(w.getFiledList(), t -> pools.reported(t.getReported())));
  }
}
