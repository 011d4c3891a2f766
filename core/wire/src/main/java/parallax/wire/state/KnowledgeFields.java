package parallax.wire.state;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.KnowledgeState.Drawing;
import parallax.engine.KnowledgeState.Drawings;
import parallax.engine.KnowledgeState.Names;
import parallax.engine.KnowledgeState.Relabelled;
import parallax.engine.KnowledgeState.Tracks;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.KeptDrawing;
import parallax.wire.proto.KeptDrawings;

/** Pictures from all originators as {@code parallax.v1.KeptDrawings} messages. */
final class KnowledgeFields {
  private KnowledgeFields() {}

  static KeptDrawings toProto(Drawings d, PoolsOut pools) {
    KeptDrawings.Builder b =
        KeptDrawings.newBuilder()
            .addAllKnown(
                TracksFields.toProto(d.tracks().known(), (t, k) -> t.setKnown(pools.known(k))))
            .addAllNewest(
                TracksFields.toProto(
                    d.tracks().newest(),
                    (t, of) -> of.values().forEach(r -> t.addReports(pools.report(r)))))
            .addAllRecalled(TracksFields.toProto(d.tracks().recalled(), TracksFields::moments))
            .addAllRelabelled(
                TracksFields.toProto(
                    d.tracks().relabelled(),
                    (t, r) -> t.setLabel(pools.label(r.label())).setAtNs(r.until().nanos())))
            .addAllArrivals(TracksFields.toProto(d.tracks().arrivals(), TracksFields::moments))
            .addAllFirstMade(
                TracksFields.toProto(d.names().firstMade(), (t, at) -> t.setAtNs(at.nanos())))
            .addAllNamesKept(
                TracksFields.toProto(
                    d.names().kept(), (t, name) -> t.setName(WireFields.track(name))))
            .addAllActive(TracksFields.names(d.active()))
            .addAllForgotten(TracksFields.names(d.forgotten()))
            .setStale(d.stale());
    d.drawn().forEach((name, drawing) -> b.addDrawn(drawing(name, drawing, pools)));
    d.ended().forEach((name, drawing) -> b.addEnded(drawing(name, drawing, pools)));
    return b.build();
  }

  static Drawings fromProto(KeptDrawings d, PoolsIn pools) {
    return new Drawings(
        new Tracks(
            TracksFields.fromProto(d.getKnownList(), t -> pools.known(t.getKnown())),
            TracksFields.fromProto(d.getNewestList(), t -> TracksFields.reports(t, pools)),
            TracksFields.fromProto(d.getRecalledList(), TracksFields::moments),
            TracksFields.fromProto(
                d.getRelabelledList(),
                t -> new Relabelled(pools.label(t.getLabel()), new UtcTime(t.getAtNs()))),
            TracksFields.fromProto(d.getArrivalsList(), TracksFields::moments)),
        new Names(
            TracksFields.fromProto(d.getFirstMadeList(), t -> new UtcTime(t.getAtNs())),
            TracksFields.fromProto(d.getNamesKeptList(), t -> WireFields.track(t.getName()))),
        TracksFields.tracks(d.getActiveList()),
        drawings(d.getDrawnList(), pools),
        drawings(d.getEndedList(), pools),
        TracksFields.tracks(d.getForgottenList()),
        d.getStale());
  }

  private static KeptDrawing drawing(TrackId name, Drawing d, PoolsOut pools) {
    KeptDrawing.Builder b =
        KeptDrawing.newBuilder()
            .setName(WireFields.track(name))
            .setAtNs(d.at().nanos())
            .setWallNs(d.wallNs())
            .setCombined(d.combined())
            .setShown(d.shown());
    d.from().forEach(k -> b.addFrom(pools.known(k)));
    return b.build();
  }

  private static SortedMap<TrackId, Drawing> drawings(List<KeptDrawing> all, PoolsIn pools) {
    SortedMap<TrackId, Drawing> out = new TreeMap<>();
    for (KeptDrawing d : all) {
      out.put(
          WireFields.track(d.getName()),
          new Drawing(
              new UtcTime(d.getAtNs()),
              d.getWallNs(),
              d.getFromList().stream().map(pools::known).toList(),
              d.getCombined(),
              d.getShown()));
    }
    return out;
  }
}
