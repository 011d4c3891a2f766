package parallax.engine;

import java.util.Optional;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;

/** What an operator can order a node to do about its partners. Each is journalled. */
public sealed interface Order {
  /** Which way a suspension holds. */
  enum Direction {
    /** Nothing is told. */
    SEND,
    /** Nothing is taken in. */
    RECEIVE,
    /** Neither. */
    BOTH;

    boolean sends() {
      return this != RECEIVE;
    }

    boolean receives() {
      return this != SEND;
    }
  }

  /** What is told at the end of a suspension of what was not told during it. */
  enum Backfill {
    /** Nothing of it, except notices. */
    NONE,
    /** All of it that may be told now. */
    ALL,
    /** What was made since a moment. */
    SINCE
  }

  /**
   * Suspends a partner, before the next record leaves, until {@link Resume}.
   *
   * @param partner the partner
   * @param direction which way
   * @param reason why, at most 200 characters; told to the partner when the national policy
   *     announces suspensions
   */
  record Suspend(Nation partner, Direction direction, String reason) implements Order {
    private static final int LONGEST_REASON = 200;

    /** Requires a short reason. */
    public Suspend {
      if (reason.length() > LONGEST_REASON) {
        throw new InvalidValueException(
            "reason", reason.length() + " characters", "at most " + LONGEST_REASON);
      }
    }
  }

  /**
   * Ends a suspension.
   *
   * @param partner the partner
   * @param backfill what is told of what was not told meanwhile
   * @param since for {@link Backfill#SINCE}: the moment
   */
  record Resume(Nation partner, Backfill backfill, Optional<UtcTime> since) implements Order {
    /** Requires a moment with {@link Backfill#SINCE}, and with nothing else. */
    public Resume {
      if (since.isPresent() != (backfill == Backfill.SINCE)) {
        throw new InvalidValueException(
            "backfill",
            backfill + (since.isPresent() ? " and a moment" : " no moment"),
            "a moment with SINCE, and with nothing else");
      }
    }
  }

  /**
   * Takes back what was told of an own track.
   *
   * @param track the track
   * @param of the data class; empty: all of it, and it is not told of again
   * @param reason why
   */
  record Recall(TrackId track, Optional<Report.DataClass> of, Report.RecallReason reason)
      implements Order {}

  /**
   * Puts something right that was told of an own track.
   *
   * @param corrected a report of the track; its times and label are set by the node
   */
  record Correct(Report corrected) implements Order {}

  /**
   * Changes the label of what was told of an own track. The newest of it is told again with the new
   * label, so that whoever may hold it now does.
   *
   * @param track the track
   * @param label the new label; its policy and creation time are set by the node
   */
  record Relabel(TrackId track, ConfidentialityLabel label) implements Order {}

  /** What a person decides about a report that is held. */
  enum Answer {
    /** It may be told, as the policy and agreement say by then. */
    RELEASE,
    /** It is not told. */
    REFUSE
  }

  /**
   * Decides about a report that is held.
   *
   * @param held its number
   * @param answer what is decided
   */
  record Decide(long held, Answer answer) implements Order {}

  /**
   * Decides about all reports that are held of a track, for a partner, or by a rule. What is empty
   * means any; a track or a rule is required.
   *
   * @param track the track
   * @param partner for whom they are held
   * @param rule the rule that holds them
   * @param answer what is decided
   */
  record DecideAll(
      Optional<TrackId> track, Optional<Nation> partner, Optional<String> rule, Answer answer)
      implements Order {
    /** Requires a track or a rule. */
    public DecideAll {
      if (track.isEmpty() && rule.isEmpty()) {
        throw new InvalidValueException("held reports", "all", "those of a track or of a rule");
      }
    }

    /** Whether a held report is one of them. */
    public boolean means(HeldReport h) {
      return track.filter(t -> !t.equals(h.track())).isEmpty()
          && partner.filter(n -> !n.equals(h.partner())).isEmpty()
          && rule.filter(r -> !r.equals(h.rule())).isEmpty();
    }
  }

  /**
   * Puts another release policy in force, from the next record on. What waits is decided by it too.
   *
   * @param yaml the policy's text
   */
  record PutPolicy(String yaml) implements Order {}

  /** Puts the release policy in force again that was so before the present one. */
  record RevertPolicy() implements Order {}

  /**
   * Signs the nation's streams with another key from here on, once each partner knows it.
   *
   * @param successor the new key; the node must hold its secret half
   */
  record RotateKey(VerificationKey successor) implements Order {}

  /**
   * Trusts another key of a partner.
   *
   * @param partner the partner
   * @param key the key, as the partner handed it over
   */
  record TrustKey(Nation partner, VerificationKey key) implements Order {}

  /**
   * A partner has lost its journal, or got back an old one: the streams with it start over. What it
   * signs from here on bears a new key; what it signed before is accepted no more, or it could be
   * told again as if it were new. What is known of this nation's own tracks now is told anew.
   *
   * @param partner the partner
   * @param key its new key, as the partner handed it over
   */
  record StartOver(Nation partner, VerificationKey key) implements Order {}

  /**
   * Trusts a key of a partner no longer; open streams that rest on it break off at once.
   *
   * @param partner the partner
   * @param key the key
   */
  record RevokeKey(Nation partner, VerificationKey key) implements Order {}
}
