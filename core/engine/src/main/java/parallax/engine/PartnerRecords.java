package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.InboundDecision;
import parallax.release.ReleaseContext;

/**
 * A partner's records: each is read and judged by the agreement, and only what it permits is taken
 * in. What is not is told as quarantined, and shown to nobody.
 */
final class PartnerRecords {
  private final CurrentTerms terms;
  private final Knowledge knowledge;
  private final ReportCodec codec;
  private final Faults faults;

  PartnerRecords(CurrentTerms terms, Knowledge knowledge, ReportCodec codec, Faults faults) {
    this.terms = terms;
    this.knowledge = knowledge;
    this.codec = codec;
    this.faults = faults;
  }

  /** Takes in records that came in order. */
  void take(Streams.Delivered d, Input.Stamped stamped, List<Effect> out) {
    Nation partner = d.stream().originator();
    for (int i = 0; i < d.records().size(); i++) {
      String name = "record " + (d.firstSeq() + i) + " of " + partner;
      try {
        take(name, partner, d.records().get(i), stamped, out);
      } catch (RuntimeException e) {
        // Another try would fail on it again and hold up all that comes after it in the stream.
        faults.tell(
            name, "This record is set aside and shown to nobody; the others are taken.", e, out);
      }
    }
    out.add(new Effect.RecordsTaken(d.stream(), d.firstSeq(), d.records().size(), d.sentAtNs()));
  }

  private void take(
      String name, Nation partner, byte[] record, Input.Stamped stamped, List<Effect> out) {
    InForce inForce = terms.inForce().orElse(null);
    Report report;
    try {
      report = codec.decode(record);
      if (inForce == null) {
        quarantine(name, "no agreement in force", out);
        return;
      }
      InboundDecision decision =
          inForce.inbound().check(report, partner, stamped.time(), contextOf(report));
      if (decision instanceof InboundDecision.Quarantine q) {
        quarantine(name, q.clause() + ": " + q.reason(), out);
        return;
      }
    } catch (InvalidValueException e) {
      quarantine(name, String.valueOf(e.getMessage()), out);
      return;
    }
    if (report instanceof Report.Notice n) {
      knowledge.apply(n, inForce, true, OptionalLong.of(stamped.wallNs()));
    } else {
      knowledge.takePartners(report, stamped.wallNs(), inForce.isForAll(report.header().label()));
    }
  }

  private static void quarantine(String name, String problem, List<Effect> out) {
    out.add(new Effect.NoticeRaised(Effect.NoticeKind.RECORD_QUARANTINED, name + ": " + problem));
  }

  /** What the agreement's rules may ask about the track of a report. */
  private ReleaseContext contextOf(Report report) {
    Optional<KnownTrack> known = knowledge.combined().of(report.header().track());
    return new ReleaseContext(
        known.flatMap(KnownTrack::launch),
        OwnTrack.impactTime(known.flatMap(KnownTrack::impact)),
        false,
        known.flatMap(KnownTrack::estimate).map(e -> e.status()));
  }
}
