package parallax.wire.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import parallax.engine.TracksState;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptMoment;
import parallax.wire.proto.KeptOfTrack;
import parallax.wire.proto.KeptTracks;
import parallax.wire.proto.TrackName;

/** What is kept of tracks as {@code parallax.v1.KeptTracks} messages. */
final class TracksFields {
  private TracksFields() {}

  static <V> List<KeptTracks> toProto(
      TracksState<V> state, BiConsumer<KeptOfTrack.Builder, V> write) {
    List<KeptTracks> out = new ArrayList<>();
    state
        .byOriginator()
        .forEach(
            (nation, of) -> {
              KeptTracks.Builder b = KeptTracks.newBuilder().setOriginator(nation.code());
              for (int i = 0; i < of.tracks().size(); i++) {
                KeptOfTrack.Builder t =
                    KeptOfTrack.newBuilder().setNumber(of.tracks().get(i).number());
                write.accept(t, of.values().get(i));
                b.addTracks(t);
              }
              out.add(b.build());
            });
    return out;
  }

  static <V> TracksState<V> fromProto(List<KeptTracks> all, Function<KeptOfTrack, V> read) {
    SortedMap<Nation, TracksState.Of<V>> out = new TreeMap<>();
    for (KeptTracks m : all) {
      Nation nation = new Nation(m.getOriginator());
      List<TrackId> tracks = new ArrayList<>(m.getTracksCount());
      List<V> values = new ArrayList<>(m.getTracksCount());
      for (KeptOfTrack t : m.getTracksList()) {
        tracks.add(new TrackId(nation, t.getNumber()));
        values.add(read.apply(t));
      }
      if (out.put(
              nation,
              new TracksState.Of<>(
                  Collections.unmodifiableList(tracks), Collections.unmodifiableList(values)))
          != null) {
        throw new InvalidValueException("originator of tracks", nation + " twice", "each once");
      }
    }
    return new TracksState<>(out);
  }

  static List<TrackName> names(Set<TrackId> tracks) {
    return tracks.stream().map(WireFields::track).toList();
  }

  static SortedSet<TrackId> tracks(List<TrackName> names) {
    SortedSet<TrackId> out = new TreeSet<>();
    names.forEach(n -> out.add(WireFields.track(n)));
    return out;
  }

  static void moments(KeptOfTrack.Builder b, SortedMap<Report.DataClass, UtcTime> moments) {
    moments.forEach(
        (c, at) ->
            b.addMoments(
                KeptMoment.newBuilder()
                    .setDataClass(WireNumbers.DATA_CLASS.of(c))
                    .setAtNs(at.nanos())));
  }

  static SortedMap<Report.DataClass, UtcTime> moments(KeptOfTrack t) {
    SortedMap<Report.DataClass, UtcTime> out = new TreeMap<>();
    for (KeptMoment m : t.getMomentsList()) {
      out.put(WireNumbers.DATA_CLASS.value(m.getDataClass()), new UtcTime(m.getAtNs()));
    }
    return Collections.unmodifiableSortedMap(out);
  }

  /** The newest report of each data class. */
  static SortedMap<Report.DataClass, Report> reports(KeptOfTrack t, PoolsIn pools) {
    SortedMap<Report.DataClass, Report> out = new TreeMap<>();
    for (int place : t.getReportsList()) {
      Report r = pools.report(place);
      out.put(r.dataClass(), r);
    }
    return Collections.unmodifiableSortedMap(out);
  }

  static SortedSet<Report.DataClass> classes(List<Integer> numbers) {
    SortedSet<Report.DataClass> out = new TreeSet<>();
    numbers.forEach(n -> out.add(WireNumbers.DATA_CLASS.value(n)));
    return out;
  }
}
