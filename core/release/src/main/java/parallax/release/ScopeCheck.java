package parallax.release;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;

/** The clauses that bind sender and receiver alike. Each check answers null when it is kept. */
final class ScopeCheck {
  /** The clause named for notices: whoever was told something is told that it no longer holds. */
  static final String NOTICES = "notices";

  private static final int SLOTS = 256;

  private static final Breach OTHER_CHANNEL =
      new Breach("channels", "the report belongs to another channel");
  private static final Breach NOT_VALID =
      new Breach("validity", "the agreement is not valid at this time");
  private static final Breach CLASS =
      new Breach("scope.dataClasses", "the data class is not agreed");
  private static final Breach LABEL_POLICY =
      new Breach("marking.policy", "the label is of another labelling policy");
  private static final Breach LABEL_LEVEL =
      new Breach("marking.classification", "the label is above the agreement's classification");
  private static final Breach LABEL_READER =
      new Breach("marking.releasableTo", "the label is not releasable to the receiver");
  private static final Breach BEFORE_LAUNCH =
      new Breach("scope.window.from", "it speaks of, or was made at, a time before the launch");
  private static final Breach AFTER_IMPACT =
      new Breach("scope.window.until", "it speaks of, or is told at, a time after the impact");
  private static final Breach ENDED_UNKNOWN =
      new Breach("scope.window.until", "the track is over and it is not known since when");
  private static final Breach TOO_LONG =
      new Breach("scope.window.longestFlightS", "the launch was too long ago");

  /** What is known of one launch point estimate; a breach when it is out of scope. */
  private record Verdict(
      LaunchPointEstimate estimate, LaunchRegion region, String clause, @Nullable Breach breach) {}

  private final AgreementInForce inForce;
  private final Agreement.Scope scope;
  private final Agreement.Marking marking;
  private final Channel channel;

  /**
   * Verdicts on recent estimates. A verdict that is lost is computed again, with the same result.
   */
  private final @Nullable Verdict[] verdicts = new Verdict[SLOTS];

  /**
   * Checks for one nation on one channel.
   *
   * @throws InvalidValueException when the agreement is not in force there, or not the nation's
   */
  ScopeCheck(AgreementInForce inForce, Nation self, Channel channel) {
    if (inForce.channel() != channel) {
      throw new InvalidValueException(
          "channel", channel, inForce.channel() + ", which the agreement is in force for");
    }
    SortedSet<Nation> parties = inForce.agreement().parties();
    if (!parties.contains(self)) {
      throw new InvalidValueException("nation", self, "one of the parties " + parties);
    }
    this.inForce = inForce;
    this.scope = inForce.agreement().scope();
    this.marking = inForce.agreement().marking();
    this.channel = channel;
  }

  /** Channel and validity. */
  @Nullable Breach force(Report report, UtcTime now) {
    if (report.header().channel() != channel) {
      return OTHER_CHANNEL;
    }
    return inForce.isValidAt(now) ? null : NOT_VALID;
  }

  /** Data class. */
  @Nullable Breach dataClass(Report report) {
    return scope.dataClasses().contains(report.dataClass()) ? null : CLASS;
  }

  /**
   * The label: of the agreed policy, not above its level, no caveat but agreed ones, for the
   * reader.
   */
  @Nullable Breach label(ConfidentialityLabel label, Nation reader) {
    if (!label.policy().equals(marking.policy())) {
      return LABEL_POLICY;
    }
    if (label.classification().compareTo(marking.classification()) > 0) {
      return LABEL_LEVEL;
    }
    List<Caveat> caveats = label.caveats();
    for (Caveat c : caveats) {
      if (c.forRelease() != Caveat.ForRelease.PERMITS) {
        return new Breach(
            "marking.caveats", "the label has the caveat " + c + ", " + c.forRelease().says());
      }
      if (!marking.caveats().contains(c)) {
        return new Breach(
            "marking.caveats", "the label has the caveat " + c + ", which is not agreed");
      }
    }
    return label.releasableTo().contains(reader) ? null : LABEL_READER;
  }

  /** Whether the launch came from an agreed region. */
  @Nullable Breach region(LaunchPointEstimate launch) {
    return verdict(launch).breach();
  }

  /** The clause of the region that decided about {@code launch}. */
  String regionClause(LaunchPointEstimate launch) {
    return verdict(launch).clause();
  }

  /** The likeliest region of {@code launch}. */
  LaunchRegion likeliestRegion(LaunchPointEstimate launch) {
    return verdict(launch).region();
  }

  private Verdict verdict(LaunchPointEstimate launch) {
    long bits =
        launch.time().nanos() * 31
            + Double.doubleToLongBits(launch.point().latitudeRad()) * 17
            + Double.doubleToLongBits(launch.point().longitudeRad());
    int slot = (int) ((bits * 0x9E3779B97F4A7C15L) >>> 56);
    Verdict known = verdicts[slot];
    if (known != null && known.estimate().equals(launch)) {
      return known;
    }
    Verdict fresh = judge(launch);
    verdicts[slot] = fresh;
    return fresh;
  }

  /** The likeliest single region must hold the launch with the agreed probability. */
  private Verdict judge(LaunchPointEstimate launch) {
    double most = -1;
    LaunchRegion likeliest = scope.launchRegions().getFirst();
    for (LaunchRegion region : scope.launchRegions()) {
      double p = RegionProbability.inside(region, launch);
      if (p > most) {
        most = p;
        likeliest = region;
      }
    }
    String clause = "scope.launchRegions[" + likeliest.name() + "]";
    if (most >= scope.probability()) {
      return new Verdict(launch, likeliest, clause, null);
    }
    String reason =
        "launched there with probability "
            + Math.round(most * 1000) / 1000.0
            + ", less than the agreed "
            + scope.probability();
    return new Verdict(launch, likeliest, clause, new Breach(clause, reason));
  }

  /**
   * From launch until impact: what the report speaks of, when it was made and when it is told.
   *
   * @param launch the launch it is measured from
   * @param toldAt when it is told, or when it was made if that is what counts
   */
  @Nullable Breach window(
      Report report, LaunchPointEstimate launch, ReleaseContext context, UtcTime toldAt) {
    Agreement.Window window = scope.window();
    UtcTime made = report.header().createdAt();
    UtcTime content = contentTime(report);
    UtcTime first = launch.time().plusSeconds(-window.marginBeforeLaunchS());
    if (content.isBefore(first) || made.isBefore(first) || toldAt.isBefore(first)) {
      return BEFORE_LAUNCH;
    }
    UtcTime newest = UtcTime.max(toldAt, UtcTime.max(made, content));
    if (newest.isAfter(launch.time().plusSeconds(window.longestFlightS()))) {
      return TOO_LONG;
    }
    Optional<UtcTime> over = context.impactTime().or(() -> ownEnd(report));
    if (over.isPresent()) {
      UtcTime last = over.get().plusSeconds(window.marginAfterImpactS());
      return newest.isAfter(last) ? AFTER_IMPACT : null;
    }
    return context.ended() ? ENDED_UNKNOWN : null;
  }

  /** When the track ended, as its last report states it: the time of validity of its last state. */
  private static Optional<UtcTime> ownEnd(Report report) {
    return report instanceof Report.TrackReport t && t.estimate().status() == TrackStatus.ENDED
        ? Optional.of(t.estimate().state().timeOfValidity())
        : Optional.empty();
  }

  /** The moment a report speaks of. */
  static UtcTime contentTime(Report report) {
    return switch (report) {
      case Report.LaunchReport r -> r.launch().time();
      case Report.TrackReport r -> r.estimate().state().timeOfValidity();
      case Report.ImpactReport r -> r.impact().madeFrom();
      case Report.Recall r -> r.madeUntil();
      case Report.Correction r -> contentTime(r.corrected());
      case Report.Relabel r -> r.madeUntil();
    };
  }
}
