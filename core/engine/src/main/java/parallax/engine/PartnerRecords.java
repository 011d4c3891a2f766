package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import parallax.link.Frame;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.release.InboundDecision;
import parallax.release.ReleaseContext;

/**
 * A partner's records: each is read and judged by the agreement, and only what it permits is taken
 * in. What is not is told as quarantined, shown to nobody, and its originator hears of it.
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

  /** Why a record is not used: in full for this nation, and as its originator is told. */
  private record Problem(String here, String told) {
    static Problem of(String problem) {
      return new Problem(problem, problem);
    }
  }

  /**
   * Takes in records that came in order.
   *
   * @return those that are not used, each with the reason that its originator is told
   */
  List<Frame.SetAside.Item> take(Streams.Delivered d, Input.Stamped stamped, List<Effect> out) {
    Nation partner = d.stream().originator();
    List<Frame.SetAside.Item> notUsed = new ArrayList<>();
    for (int i = 0; i < d.records().size(); i++) {
      long seq = d.firstSeq() + i;
      String name = "record " + seq + " of " + partner;
      try {
        Problem problem = take(partner, d.records().get(i), stamped, out);
        if (problem != null) {
          out.add(
              new Effect.NoticeRaised(
                  Effect.NoticeKind.RECORD_QUARANTINED, name + ": " + problem.here()));
          notUsed.add(new Frame.SetAside.Item(seq, problem.told()));
        }
      } catch (RuntimeException e) {
        // Another try would fail on it again and hold up all that comes after it in the stream.
        faults.tell(
            name, "This record is set aside and shown to nobody; the others are taken.", e, out);
        notUsed.add(new Frame.SetAside.Item(seq, "a fault in the recipient's software"));
      }
    }
    out.add(new Effect.RecordsTaken(d.stream(), d.firstSeq(), d.records().size(), d.sentAtNs()));
    return notUsed;
  }

  private @Nullable Problem take(
      Nation partner, byte[] record, Input.Stamped stamped, List<Effect> out) {
    InForce inForce = terms.inForce().orElse(null);
    if (inForce == null) {
      return Problem.of("no agreement in force");
    }
    Report report;
    try {
      report = codec.decode(record);
      InboundDecision decision =
          inForce.inbound().check(report, partner, stamped.time(), contextOf(report));
      if (decision instanceof InboundDecision.Quarantine q) {
        // What failed on an evaluation is this nation's own affair.
        return new Problem(
            q.clause() + ": " + q.reason(),
            q.clause().equals(InboundDecision.EVALUATION)
                ? "it could not be evaluated"
                : q.clause() + ": " + q.reason());
      }
    } catch (InvalidValueException e) {
      return Problem.of(String.valueOf(e.getMessage()));
    }
    if (report instanceof Report.Notice n) {
      knowledge.apply(n, inForce, true, OptionalLong.of(stamped.wallNs()));
      out.add(new Effect.NoticeRaised(Effect.NoticeKind.NOTICE_TAKEN, partner + " " + words(n)));
    } else {
      knowledge.takePartners(report, stamped.wallNs(), inForce.isForAll(report.header().label()));
    }
    return null;
  }

  private static String words(Report.Notice notice) {
    TrackId track = notice.header().track();
    return switch (notice) {
      case Report.Recall r ->
          "takes back "
              + r.of().map(c -> c + " of ").orElse("all of ")
              + track
              + "; reason: "
              + r.reason();
      case Report.Correction c -> "corrects " + c.corrected().dataClass() + " of " + track;
      case Report.Relabel r -> "gives " + track + " the label " + r.label();
    };
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
