package parallax.release;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackStatus;

/**
 * A nation's own ordered rules; the first that matches decides, and when none does the report is
 * withheld. A policy can only narrow the agreement, never widen it.
 *
 * @param name what people call it
 * @param version from 1
 * @param nation whose policy it is
 * @param rules in order
 * @param announcesSuspension whether a partner is told when it is suspended
 */
public record NationalPolicy(
    String name, int version, Nation nation, List<Rule> rules, boolean announcesSuspension) {
  /** Copies the rules. */
  public NationalPolicy {
    rules = List.copyOf(rules);
  }

  /** How a partner is suspended. */
  enum Suspension {
    /** It is told. */
    ANNOUNCED,
    /** It is not. */
    SILENT
  }

  /** What a rule does. */
  public enum Outcome {
    /** Tell it. */
    RELEASE,
    /** Tell it with something taken away. */
    SANITISE,
    /** Ask a person; without an answer in time do not tell it. */
    HOLD,
    /** Do not tell it. */
    WITHHOLD;

    /**
     * Whether a rule with this outcome also applies when it cannot be judged: true for the outcomes
     * that tell nothing at once.
     */
    boolean decidesInDoubt() {
      return this == WITHHOLD || this == HOLD;
    }
  }

  /**
   * How something is held.
   *
   * @param deadlineS it is withheld when nobody released it within so many seconds
   * @param twoPerson whether two people must release it
   */
  public record Holding(double deadlineS, boolean twoPerson) {}

  /**
   * One rule.
   *
   * @param name unique within the policy; decisions cite it
   * @param dataClasses the data classes it speaks of
   * @param to the partners it speaks of
   * @param minimumStatus the least status the track must have; empty for any
   * @param when a further condition on the record; empty for none
   * @param outcome what it does
   * @param sanitising what is taken away from what is told
   * @param holding how it is held; present with HOLD alone
   */
  public record Rule(
      String name,
      SortedSet<Report.DataClass> dataClasses,
      SortedSet<Nation> to,
      Optional<TrackStatus> minimumStatus,
      Optional<Condition> when,
      Outcome outcome,
      Sanitising sanitising,
      Optional<Holding> holding) {
    /**
     * Whether the plain conditions hold. A status that is not known satisfies every minimum of a
     * rule that withholds or holds, and no minimum above TENTATIVE of a rule that releases.
     */
    boolean matches(Report.DataClass dataClass, Nation partner, Optional<TrackStatus> status) {
      return dataClasses.contains(dataClass) && to.contains(partner) && farEnough(status);
    }

    private boolean farEnough(Optional<TrackStatus> status) {
      if (minimumStatus.isEmpty() || minimumStatus.get() == TrackStatus.TENTATIVE) {
        return true;
      }
      return status
          .map(s -> s.compareTo(minimumStatus.get()) >= 0)
          .orElse(outcome.decidesInDoubt());
    }
  }

  /**
   * Reads a policy file and checks it against the agreement it narrows.
   *
   * @param yaml its bytes, UTF-8, at most 256 KiB
   * @param sourceName what errors call it
   * @param agreement the agreement: a rule for a nation that is no party, or for a data class that
   *     is not agreed, is an error
   * @throws MalformedFileException naming the line and what was expected
   */
  public static NationalPolicy parse(byte[] yaml, String sourceName, Agreement agreement) {
    return PolicyFile.read(yaml, sourceName, agreement);
  }

  /**
   * Refuses a policy that is another text under the name and version of one that was in force: what
   * decisions cite must say for good what was decided by.
   *
   * @param earlier the texts of policies that are or were in force
   * @param next the text of the policy to be put in force; one that is malformed is left to {@link
   *     #parse}
   * @param sourceName what errors call it
   * @throws InvalidValueException naming the version and what to do
   */
  public static void requireNewVersion(Collection<String> earlier, String next, String sourceName) {
    Optional<PolicyFile.Edition> edition = PolicyFile.edition(next);
    for (String text : earlier) {
      if (edition.isPresent() && !text.equals(next) && PolicyFile.edition(text).equals(edition)) {
        throw new InvalidValueException(
            sourceName,
            "another text than version "
                + edition.get().version()
                + " of '"
                + YamlReader.shown(edition.get().name())
                + "' had when it was put in force",
            "a higher version number for a text that was changed");
      }
    }
  }
}
