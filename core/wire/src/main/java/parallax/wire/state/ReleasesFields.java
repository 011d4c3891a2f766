package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import parallax.engine.HeldReport;
import parallax.engine.NoticeProgress;
import parallax.engine.ReleasesState;
import parallax.engine.ReleasesState.Missed;
import parallax.engine.ReleasesState.Pending;
import parallax.engine.ReleasesState.Unconfirmed;
import parallax.engine.TracksState;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.KeptHeld;
import parallax.wire.proto.KeptMissed;
import parallax.wire.proto.KeptMissedReport;
import parallax.wire.proto.KeptNotice;
import parallax.wire.proto.KeptNoticeEnd;
import parallax.wire.proto.KeptOfTrack;
import parallax.wire.proto.KeptPending;
import parallax.wire.proto.KeptReleases;
import parallax.wire.proto.KeptTold;

/** What partners were told as {@code parallax.v1.KeptReleases} messages. */
final class ReleasesFields {
  private ReleasesFields() {}

  static KeptReleases toProto(ReleasesState s, PoolsOut pools) {
    KeptReleases.Builder b =
        KeptReleases.newBuilder()
            .setLastId(s.lastId())
            .setLookAtNs(s.lookAtNs())
            .addAllLastTold(told(s.lastTold(), TracksFields::moments))
            .addAllRecalled(TracksFields.toProto(s.takenBack().tracks(), (t, all) -> {}))
            .addAllRecalledClasses(
                TracksFields.toProto(s.takenBack().classes(), TracksFields::moments))
            .addAllLastUrgent(told(s.lastUrgent(), (t, i) -> t.setImpact(pools.impact(i))))
            .addAllTold(told(s.told(), ReleasesFields::classes));
    s.pending().forEach(p -> b.addPending(pending(p, pools)));
    s.missed()
        .forEach(
            (partner, all) -> {
              KeptMissed.Builder mb = KeptMissed.newBuilder().setPartner(partner.code());
              for (Missed m : all) {
                mb.addReports(
                    KeptMissedReport.newBuilder()
                        .setReport(pools.report(m.report()))
                        .setContext(pools.context(m.context())));
              }
              b.addMissed(mb);
            });
    for (Unconfirmed u : s.unconfirmed()) {
      b.addUnconfirmed(
          KeptNotice.newBuilder()
              .setPartner(u.partner().code())
              .setSeq(u.seq())
              .setNotice(pools.report(u.notice())));
    }
    for (NoticeProgress n : s.endedNotices()) {
      b.addEndedNotices(
          KeptNoticeEnd.newBuilder()
              .setPartner(n.partner().code())
              .setTrack(WireFields.track(n.track()))
              .setSeq(n.seq())
              .setState(WireNumbers.NOTICE_STATE.of(n.state()))
              .setReason(n.reason()));
    }
    return b.build();
  }

  static ReleasesState fromProto(KeptReleases m, PoolsIn pools) {
    List<Pending> pending = new ArrayList<>();
    m.getPendingList().forEach(p -> pending.add(pending(p, pools)));
    SortedMap<Nation, List<Missed>> missed = new TreeMap<>();
    for (KeptMissed k : m.getMissedList()) {
      missed.put(
          new Nation(k.getPartner()),
          k.getReportsList().stream()
              .map(r -> new Missed(pools.report(r.getReport()), pools.context(r.getContext())))
              .toList());
    }
    return new ReleasesState(
        pending,
        m.getLastId(),
        m.getLookAtNs(),
        told(m.getLastToldList(), TracksFields::moments),
        missed,
        m.getUnconfirmedList().stream().map(u -> unconfirmed(u, pools)).toList(),
        m.getEndedNoticesList().stream().map(ReleasesFields::ended).toList(),
        new ReleasesState.TakenBack(
            TracksFields.fromProto(m.getRecalledList(), t -> true),
            TracksFields.fromProto(m.getRecalledClassesList(), TracksFields::moments)),
        told(m.getLastUrgentList(), t -> pools.impact(t.getImpact())),
        told(m.getToldList(), t -> TracksFields.classes(t.getDataClassesList())));
  }

  private static void classes(KeptOfTrack.Builder b, Set<Report.DataClass> classes) {
    new TreeSet<>(classes).forEach(c -> b.addDataClasses(WireNumbers.DATA_CLASS.of(c)));
  }

  private static <V> List<KeptTold> told(
      SortedMap<Nation, TracksState<V>> byPartner, BiConsumer<KeptOfTrack.Builder, V> write) {
    List<KeptTold> out = new ArrayList<>();
    byPartner.forEach(
        (partner, tracks) ->
            out.add(
                KeptTold.newBuilder()
                    .setPartner(partner.code())
                    .addAllTracks(TracksFields.toProto(tracks, write))
                    .build()));
    return out;
  }

  private static <V> SortedMap<Nation, TracksState<V>> told(
      List<KeptTold> all, Function<KeptOfTrack, V> read) {
    SortedMap<Nation, TracksState<V>> out = new TreeMap<>();
    for (KeptTold t : all) {
      out.put(new Nation(t.getPartner()), TracksFields.fromProto(t.getTracksList(), read));
    }
    return out;
  }

  private static KeptPending pending(Pending p, PoolsOut pools) {
    KeptPending.Builder b =
        KeptPending.newBuilder()
            .setId(p.id())
            .setWhat(WireNumbers.WAITS_FOR.of(p.what()))
            .setPartner(p.partner().code())
            .setReport(pools.report(p.report()))
            .setContext(pools.context(p.context()))
            .setRule(p.rule())
            .setClause(p.clause())
            .setAtNs(p.at().nanos());
    p.held()
        .ifPresent(
            h ->
                b.setHeld(
                    KeptHeld.newBuilder()
                        .setTwoPerson(h.twoPerson())
                        .addAllReleasedBy(h.releasedBy())
                        .setSinceNs(h.since().nanos())));
    return b.build();
  }

  private static Pending pending(KeptPending p, PoolsIn pools) {
    Nation partner = new Nation(p.getPartner());
    Report report = pools.report(p.getReport());
    ReleaseContext context = pools.context(p.getContext());
    UtcTime at = new UtcTime(p.getAtNs());
    KeptHeld h = p.getHeld();
    Optional<HeldReport> held =
        p.hasHeld()
            ? Optional.of(
                new HeldReport(
                    p.getId(),
                    partner,
                    report,
                    p.getRule(),
                    at,
                    h.getTwoPerson(),
                    new TreeSet<>(h.getReleasedByList()),
                    new UtcTime(h.getSinceNs()),
                    context.launch().map(LaunchPointEstimate::point),
                    context.impactTime()))
            : Optional.empty();
    return new Pending(
        p.getId(),
        WireNumbers.WAITS_FOR.value(p.getWhat()),
        partner,
        report,
        context,
        p.getRule(),
        p.getClause(),
        at,
        held);
  }

  private static Unconfirmed unconfirmed(KeptNotice u, PoolsIn pools) {
    Report report = pools.report(u.getNotice());
    if (!(report instanceof Report.Notice n)) {
      throw new InvalidValueException(
          "notice that is not confirmed", report.dataClass(), "a recall, correction or relabel");
    }
    return new Unconfirmed(new Nation(u.getPartner()), u.getSeq(), n);
  }

  private static NoticeProgress ended(KeptNoticeEnd n) {
    return new NoticeProgress(
        new Nation(n.getPartner()),
        WireFields.track(n.getTrack()),
        n.getSeq(),
        WireNumbers.NOTICE_STATE.value(n.getState()),
        n.getReason());
  }
}
