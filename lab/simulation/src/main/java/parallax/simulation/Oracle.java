package parallax.simulation;

import java.util.List;
import java.util.Optional;
import parallax.model.Caveat;
import parallax.model.ConfidentialityLabel;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.simulation.AgreementWords.Answer;

/**
 * Says by the words of the agreement and of a nation's policy what a partner may be told: naively,
 * one sentence after the other, and apart from the module that decides.
 */
final class Oracle {
  private static final List<String> LEVELS =
      List.of("UNCLASSIFIED", "RESTRICTED", "CONFIDENTIAL", "SECRET");
  private static final String NO_PREDICTION = "the originator cannot tell yet";

  private final AgreementWords agreement;
  private final List<AgreementWords.Rule> rules;

  /** What is known of the track a report is of. */
  record About(
      Optional<LaunchPointEstimate> launch,
      Optional<UtcTime> impact,
      Optional<TrackStatus> status) {}

  /** An answer with the sentence that gave it. */
  record Says(Answer answer, String why) {
    static Says no(String why) {
      return new Says(Answer.NO, why);
    }
  }

  Oracle(AgreementWords agreement, String policy) {
    this.agreement = agreement;
    this.rules = AgreementWords.rules(policy);
  }

  AgreementWords agreement() {
    return agreement;
  }

  /** Whether a partner may be told a report that is no notice, at a moment. */
  Says mayTell(
      Report report, About about, Nation self, Nation partner, String channel, UtcTime now) {
    Says basics = basics(report, self, partner, channel, now);
    if (basics.answer() != Answer.YES) {
      return basics;
    }
    if (!agreement.classes.contains(report.dataClass().name())) {
      return Says.no("the data class is not agreed");
    }
    if (report instanceof Report.ImpactReport i
        && i.impact() instanceof ImpactPointPrediction.CannotTellYet c
        && !c.reason().equals(NO_PREDICTION)) {
      return Says.no("free text is never shared");
    }
    if (about.launch().isEmpty()) {
      return Says.no("no launch is known");
    }
    Says place = place(about.launch().get());
    if (place.answer() == Answer.NO) {
      return place;
    }
    Says time = time(report, about, now);
    if (time.answer() != Answer.YES) {
      return time;
    }
    Says rule = rule(report, about, partner);
    return rule.answer() == Answer.YES ? place : rule;
  }

  /**
   * Whether a partner may be told a report of a track that was computed by its nation's node, so
   * that only what the reports themselves say is known of it: whatever depends on more is left out.
   */
  Says mayTellComputed(
      Report report,
      Optional<LaunchPointEstimate> launch,
      Nation self,
      Nation partner,
      String channel,
      UtcTime now) {
    Says basics = basics(report, self, partner, channel, now);
    if (basics.answer() != Answer.YES) {
      return basics;
    }
    if (!agreement.classes.contains(report.dataClass().name())) {
      return Says.no("the data class is not agreed");
    }
    return launch.map(this::place).orElse(new Says(Answer.UNSURE, ""));
  }

  /** Whether a partner that was told of the track may be told a notice about it. */
  Says mayNotify(Report.Notice notice, Nation self, Nation partner, String channel, UtcTime now) {
    Says basics = basics(notice, self, partner, channel, now);
    if (basics.answer() != Answer.YES) {
      return basics;
    }
    if (notice instanceof Report.Correction c) {
      if (!agreement.classes.contains(c.corrected().dataClass().name())) {
        return Says.no("the data class is not agreed");
      }
      if (c.corrected() instanceof Report.LaunchReport l) {
        return place(l.launch());
      }
    }
    return basics;
  }

  /** Whether a label is of the agreed policy, not above its level and of known caveats. */
  boolean isMarkedAsAgreed(ConfidentialityLabel label) {
    return label.policy().equals(agreement.labelPolicy)
        && LEVELS.indexOf(label.classification().name()) <= LEVELS.indexOf(agreement.classification)
        && agreement.caveats.containsAll(label.caveats().stream().map(Caveat::name).toList());
  }

  /** What holds of every report: the parties, the channel, the validity, the label. */
  private Says basics(Report report, Nation self, Nation partner, String channel, UtcTime now) {
    Report.Header h = report.header();
    if (!agreement.parties.contains(self.code()) || !agreement.parties.contains(partner.code())) {
      return Says.no("not between parties");
    }
    if (!h.originator().equals(self)) {
      return Says.no("another nation's report; there is no onward release");
    }
    if (!h.channel().name().equals(channel) || !agreement.channels.contains(channel)) {
      return Says.no("another channel");
    }
    if (now.nanos() < agreement.fromNs || now.nanos() >= agreement.untilNs) {
      return Says.no("the agreement is not valid at this time");
    }
    if (!isMarkedAsAgreed(h.label())) {
      return Says.no("marked otherwise than agreed");
    }
    if (h.label().releasableTo().stream().noneMatch(n -> n.equals(partner))) {
      return Says.no("not releasable to the partner");
    }
    return new Says(Answer.YES, "");
  }

  private Says place(LaunchPointEstimate launch) {
    Answer in = agreement.inside(launch);
    return new Says(in, in == Answer.NO ? "launched outside the regions" : "");
  }

  /** What it speaks of, when it was made, when it is told: from launch until impact. */
  private Says time(Report report, About about, UtcTime now) {
    double launch = about.launch().orElseThrow().time().secondsSince(now);
    double told = 0;
    double made = report.header().createdAt().secondsSince(now);
    double spoken = spokenOf(report).secondsSince(now);
    double first = Math.min(told, Math.min(made, spoken));
    double last = Math.max(told, Math.max(made, spoken));
    if (made > told) {
      return Says.no("it was made in the future");
    }
    if (first < launch - agreement.beforeS) {
      return Says.no("before the launch");
    }
    if (last > launch + agreement.longestS) {
      return Says.no("too long after the launch");
    }
    boolean ended = about.status().filter(s -> s == TrackStatus.ENDED).isPresent();
    Optional<UtcTime> over = about.impact();
    if (over.isEmpty()
        && report instanceof Report.TrackReport t
        && t.estimate().status() == TrackStatus.ENDED) {
      over = Optional.of(t.estimate().state().timeOfValidity());
    }
    if (over.isPresent()) {
      return last > over.get().secondsSince(now) + agreement.afterS
          ? Says.no("after the impact")
          : new Says(Answer.YES, "");
    }
    return ended ? Says.no("over, and not known since when") : new Says(Answer.YES, "");
  }

  /** The moment a report speaks of. */
  static UtcTime spokenOf(Report report) {
    return switch (report) {
      case Report.LaunchReport r -> r.launch().time();
      case Report.TrackReport r -> r.estimate().state().timeOfValidity();
      case Report.ImpactReport r -> r.impact().madeFrom();
      case Report.Notice n -> n.header().createdAt();
    };
  }

  private Says rule(Report report, About about, Nation partner) {
    Optional<TrackStatus> status =
        report instanceof Report.TrackReport t
            ? Optional.of(t.estimate().status())
            : about.status();
    for (AgreementWords.Rule r : rules) {
      if (r.classes().contains(report.dataClass().name())
          && r.to().contains(partner.code())
          && isFarEnough(r, status)) {
        return r.releases()
            ? new Says(Answer.YES, "")
            : Says.no("the nation's policy withholds it");
      }
    }
    return Says.no("no rule of the nation's policy releases it");
  }

  private static boolean isFarEnough(AgreementWords.Rule r, Optional<TrackStatus> status) {
    if (r.minimumStatus().isEmpty()) {
      return true;
    }
    TrackStatus least = TrackStatus.valueOf(r.minimumStatus().get());
    if (least == TrackStatus.TENTATIVE) {
      return true;
    }
    return status.map(s -> s.compareTo(least) >= 0).orElse(!r.releases());
  }

  /**
   * Whether what a partner told may be shown: out of scope it must not be.
   *
   * @param launch the launch that was accepted of the track before, or that it brings
   */
  Says mayShow(
      Report report,
      Optional<LaunchPointEstimate> launch,
      Nation from,
      Nation self,
      String channel) {
    Report.Header h = report.header();
    if (!h.originator().equals(from)) {
      return Says.no("a report of " + h.originator() + " told by " + from);
    }
    if (!h.channel().name().equals(channel)) {
      return Says.no("a report of channel " + h.channel());
    }
    if (!h.label().releasableTo().contains(self)) {
      return Says.no("not releasable to this nation");
    }
    if (report instanceof Report.Correction c) {
      return !agreement.classes.contains(c.corrected().dataClass().name())
          ? Says.no("the data class is not agreed")
          : c.corrected() instanceof Report.LaunchReport l
              ? place(l.launch())
              : new Says(Answer.YES, "");
    }
    if (report instanceof Report.Notice) {
      return new Says(Answer.YES, "");
    }
    if (!agreement.classes.contains(report.dataClass().name())) {
      return Says.no("the data class is not agreed");
    }
    if (launch.isEmpty()) {
      return Says.no("no launch is known");
    }
    return place(launch.get());
  }
}
