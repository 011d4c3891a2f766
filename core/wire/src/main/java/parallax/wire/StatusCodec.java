package parallax.wire;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.HeldReport;
import parallax.engine.NoticeProgress;
import parallax.link.LinkHealth;
import parallax.link.LinkState;
import parallax.link.StreamId;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.HeldStatus;
import parallax.wire.proto.LogStatus;
import parallax.wire.proto.NoticeStatus;
import parallax.wire.proto.PathStatus;
import parallax.wire.proto.StreamStatus;

/** What operators are shown of streams, feeds, partners' logs, notices and what is held. */
final class StatusCodec {
  private StatusCodec() {}

  static parallax.wire.proto.FeedStatus feed(FeedStatus f) {
    return parallax.wire.proto.FeedStatus.newBuilder()
        .setFeed(f.feed())
        .setDurable(f.durable())
        .setNotUsed(f.notUsed())
        .setLastReason(f.lastReason())
        .build();
  }

  static LogStatus log(PartnerLog l) {
    LogStatus.Builder b =
        LogStatus.newBuilder()
            .setPartner(l.partner().code())
            .setVerdict(l.verdict())
            .setGood(l.good())
            .setOrigin(l.origin())
            .setSize(l.size())
            .setContradictions(l.contradictions())
            .setRefused(l.refused())
            .setDetail(l.detail());
    l.takenNs().ifPresent(b::setTakenNs);
    return b.build();
  }

  static PartnerLog log(LogStatus l) {
    return new PartnerLog(
        new Nation(l.getPartner()),
        l.getVerdict(),
        l.getGood(),
        l.getOrigin(),
        l.getSize(),
        measured(l.hasTakenNs(), l.getTakenNs()),
        l.getContradictions(),
        l.getRefused(),
        l.getDetail());
  }

  static HeldStatus held(HeldReport h) {
    HeldStatus.Builder b =
        HeldStatus.newBuilder()
            .setId(h.id())
            .setPartner(h.partner().code())
            .setReport(WireFields.bytes(OrderCodec.REPORTS.encode(h.report())))
            .setRule(h.rule())
            .setDeadlineNs(h.deadline().nanos())
            .setTwoPerson(h.twoPerson())
            .addAllReleasedBy(h.releasedBy())
            .setSinceNs(h.since().nanos());
    h.launch().ifPresent(g -> b.setLaunch(WireFields.place(g)));
    h.impactTime().ifPresent(t -> b.setImpactNs(t.nanos()));
    return b.build();
  }

  static HeldReport held(HeldStatus h) {
    return new HeldReport(
        h.getId(),
        new Nation(h.getPartner()),
        OrderCodec.REPORTS.decode(h.getReport().toByteArray()),
        h.getRule(),
        new UtcTime(h.getDeadlineNs()),
        h.getTwoPerson(),
        new TreeSet<>(h.getReleasedByList()),
        new UtcTime(h.getSinceNs()),
        h.hasLaunch() ? Optional.of(WireFields.place(h.getLaunch())) : Optional.empty(),
        h.hasImpactNs() ? Optional.of(new UtcTime(h.getImpactNs())) : Optional.empty());
  }

  static StreamStatus status(LinkHealth h) {
    LinkHealth.Counts c = h.counts();
    StreamStatus.Builder b =
        StreamStatus.newBuilder()
            .setOriginator(h.stream().originator().code())
            .setRecipient(h.stream().recipient().code())
            .setLane(WireNumbers.LANE.of(h.stream().lane()))
            .setAcknowledged(h.acknowledged())
            .setHighWaterMark(h.highWaterMark())
            .setWaitingBytes(h.waitingBytes())
            .setSuspendedHere(h.suspendedHere())
            .setSuspendedByPartner(h.suspendedByPartner())
            .setConnections(c.connections())
            .setBatches(c.batches())
            .setRecords(c.records())
            .setBytes(c.bytes())
            .setRepeatedRecords(c.repeated())
            .setFolded(c.folded())
            .setLost(c.lost())
            .setViolations(c.violations())
            .setRefusals(c.refusals())
            .setNotUsed(h.notUsed().total())
            .setLastNotUsed(h.notUsed().lastSeq())
            .setLastNotUsedReason(h.notUsed().lastReason());
    h.paths().forEach((peer, p) -> b.addPaths(path(peer, p)));
    return b.build();
  }

  static PathStatus path(Nation peer, LinkHealth.PathHealth p) {
    PathStatus.Builder b = PathStatus.newBuilder().setPeer(peer.code()).setState(p.state().name());
    p.lastHeardNs().ifPresent(b::setLastHeardNs);
    p.roundTripNs().ifPresent(b::setRoundTripNs);
    p.clockOffsetNs().ifPresent(b::setClockOffsetNs);
    return b.build();
  }

  static OptionalLong measured(boolean there, long value) {
    return there ? OptionalLong.of(value) : OptionalLong.empty();
  }

  static LinkHealth status(StreamStatus s) {
    SortedMap<Nation, LinkHealth.PathHealth> paths = new TreeMap<>();
    for (PathStatus p : s.getPathsList()) {
      paths.put(
          new Nation(p.getPeer()),
          new LinkHealth.PathHealth(
              named(LinkState.values(), "state of a path", p.getState()),
              measured(p.hasLastHeardNs(), p.getLastHeardNs()),
              measured(p.hasRoundTripNs(), p.getRoundTripNs()),
              measured(p.hasClockOffsetNs(), p.getClockOffsetNs())));
    }
    return new LinkHealth(
        new StreamId(
            new Nation(s.getOriginator()),
            new Nation(s.getRecipient()),
            WireNumbers.LANE.value(s.getLane())),
        paths,
        s.getAcknowledged(),
        s.getHighWaterMark(),
        s.getWaitingBytes(),
        s.getSuspendedHere(),
        s.getSuspendedByPartner(),
        new LinkHealth.Counts(
            s.getConnections(),
            s.getBatches(),
            s.getRecords(),
            s.getBytes(),
            s.getRepeatedRecords(),
            s.getFolded(),
            s.getLost(),
            s.getViolations(),
            s.getRefusals()),
        new LinkHealth.NotUsed(s.getNotUsed(), s.getLastNotUsed(), s.getLastNotUsedReason()));
  }

  static NoticeStatus notice(NoticeProgress n) {
    return NoticeStatus.newBuilder()
        .setPartner(n.partner().code())
        .setOriginator(n.track().originator().code())
        .setTrackNumber(n.track().number())
        .setSeq(n.seq())
        .setState(n.state().name())
        .setReason(n.reason())
        .build();
  }

  static NoticeProgress notice(NoticeStatus n) {
    return new NoticeProgress(
        new Nation(n.getPartner()),
        new TrackId(new Nation(n.getOriginator()), n.getTrackNumber()),
        n.getSeq(),
        named(NoticeProgress.State.values(), "state of a notice", n.getState()),
        n.getReason());
  }

  static FeedStatus feed(parallax.wire.proto.FeedStatus f) {
    return new FeedStatus(f.getFeed(), f.getDurable(), f.getNotUsed(), f.getLastReason());
  }

  private static <E extends Enum<E>> E named(E[] all, String what, String name) {
    for (E e : all) {
      if (e.name().equals(name)) {
        return e;
      }
    }
    throw new InvalidValueException(what, "'" + name + "'", "a known state");
  }
}
