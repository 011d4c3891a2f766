package parallax.audit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parallax.link.Digest;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.VerificationKey;
import parallax.wire.CheckpointCodec.Offer;

/**
 * Holds what a partner shows of its head log against what it has shown before. Nothing is believed
 * that the log's key did not sign.
 */
public final class CheckpointJudge {
  private static final String FIRST = "parallax contradiction 1";
  private static final Pattern BEGAN = Pattern.compile("[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z");
  private static final long MOST_ENTRIES = (1L << 53) - 1;

  private final String name;
  private final VerificationKey key;

  /** What is found. */
  public enum Verdict {
    /** The first checkpoint of this partner. */
    FIRST(true),
    /** The one that is held already. */
    SAME(true),
    /** It continues the one that is held. */
    GROWN(true),
    /** The partner has begun another log, and does not go on with the one that is held. */
    NEW_LOG(false),
    /** Two checkpoints that no one log can have; the evidence convinces anybody. */
    FORK(false),
    /** A log that the partner had left, or an earlier size of the one that is held. */
    WENT_BACK(false),
    /** Signed, but not shown to continue the one that is held. */
    NOT_CONTINUED(false),
    /** No checkpoint, or not of this partner. */
    REFUSED(false);

    private final boolean good;

    Verdict(boolean good) {
      this.good = good;
    }

    /** Whether nothing contradicts what is held. */
    public boolean isGood() {
      return good;
    }

    /** Whether what was shown takes the place of what is held. */
    public boolean replacesHeld() {
      return this == FIRST || this == GROWN || this == NEW_LOG;
    }
  }

  /**
   * A verdict and what it rests on.
   *
   * @param verdict what was found
   * @param shown what was shown; empty when it was refused
   * @param detail for people
   * @param evidence what shows it to others; empty when there is nothing to show
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Judgement(
      Verdict verdict, Optional<Checkpoint.Signed> shown, String detail, byte[] evidence) {}

  /**
   * Judges the head log of one partner on one channel.
   *
   * @param key the partner's log key of the channel
   */
  public CheckpointJudge(Nation partner, Channel channel, VerificationKey key) {
    this.name = headLogs(partner, channel);
    this.key = key;
  }

  /** What the names of a nation's head logs begin with; the moment when one began follows. */
  public static String headLogs(Nation nation, Channel channel) {
    return "parallax/" + nation + "/" + channel + "/heads/";
  }

  /** When the log of a checkpoint that was judged began, as its name says. */
  public static String began(Checkpoint checkpoint) {
    return checkpoint.origin().substring(checkpoint.origin().lastIndexOf('/') + 1);
  }

  /**
   * Judges what was shown.
   *
   * @param held the newest checkpoint held of the partner
   * @param left the names of its logs that it had left for others
   */
  public Judgement judge(Optional<Checkpoint.Signed> held, List<String> left, Offer offer) {
    Checkpoint.Signed shown;
    try {
      shown = Checkpoint.Signed.parse(offer.checkpoint());
      require(shown);
    } catch (InvalidValueException e) {
      return new Judgement(
          Verdict.REFUSED, Optional.empty(), String.valueOf(e.getMessage()), new byte[0]);
    }
    return held.map(h -> compare(h, shown, left, offer))
        .orElseGet(() -> good(Verdict.FIRST, shown, "the first, at " + at(shown)));
  }

  private void require(Checkpoint.Signed shown) {
    Checkpoint c = shown.checkpoint();
    if (!c.origin().startsWith(name)
        || !BEGAN.matcher(c.origin().substring(name.length())).matches()) {
      throw new InvalidValueException(
          "origin of the checkpoint",
          Base64Text.shortened(c.origin()),
          name + "<when it began, like 20261125T034742.572Z>");
    }
    if (c.size() < 1 || c.size() > MOST_ENTRIES) {
      throw new InvalidValueException("size of the checkpoint", c.size(), "1 to " + MOST_ENTRIES);
    }
    shown.requireSignedBy(new NoteKey(c.origin(), NoteKey.Use.NOTE, key));
  }

  private static Judgement compare(
      Checkpoint.Signed held, Checkpoint.Signed shown, List<String> left, Offer offer) {
    Checkpoint before = held.checkpoint();
    Checkpoint now = shown.checkpoint();
    if (!before.origin().equals(now.origin())) {
      return left.contains(now.origin())
          ? against(
              Verdict.WENT_BACK,
              held,
              shown,
              offer,
              "it shows " + at(shown) + " again, which it had left for " + at(held))
          : against(
              Verdict.NEW_LOG,
              held,
              shown,
              offer,
              "it shows " + at(shown) + " and goes on no longer with " + at(held));
    }
    if (now.size() < before.size()) {
      return against(
          Verdict.WENT_BACK,
          held,
          shown,
          offer,
          "it shows " + at(shown) + ", but has shown " + at(held));
    }
    if (now.size() == before.size()) {
      return now.root().equals(before.root())
          ? good(Verdict.SAME, shown, "still at " + at(shown))
          : forked(held, shown, now.root(), List.of());
    }
    Digest then = offer.rootThen().orElse(before.root());
    if (!new Proofs()
        .provesConsistency(before.size(), now.size(), then, now.root(), offer.proof())) {
      return against(
          Verdict.NOT_CONTINUED,
          held,
          shown,
          offer,
          "it shows " + at(shown) + " and does not prove that this continues " + at(held));
    }
    return then.equals(before.root())
        ? good(Verdict.GROWN, shown, "continues to " + at(shown))
        : forked(held, shown, then, offer.proof());
  }

  private static Judgement forked(
      Checkpoint.Signed held, Checkpoint.Signed shown, Digest then, List<Digest> proof) {
    return new Judgement(
        Verdict.FORK,
        Optional.of(shown),
        "it has signed two versions: "
            + at(held)
            + " with root "
            + held.checkpoint().root()
            + ", and "
            + at(shown)
            + ", whose root there was "
            + then,
        new ForkProof(held, shown, then, proof).bytes());
  }

  private static Judgement good(Verdict verdict, Checkpoint.Signed shown, String detail) {
    return new Judgement(verdict, Optional.of(shown), detail, new byte[0]);
  }

  private static Judgement against(
      Verdict verdict,
      Checkpoint.Signed held,
      Checkpoint.Signed shown,
      Offer offer,
      String detail) {
    StringBuilder b = new StringBuilder(FIRST).append(' ').append(verdict).append('\n');
    b.append(Base64Text.of(held.bytes())).append('\n');
    b.append(Base64Text.of(shown.bytes())).append('\n');
    b.append(offer.rootThen().map(Base64Text::of).orElse("-")).append('\n');
    offer.proof().forEach(p -> b.append(Base64Text.of(p)).append('\n'));
    return new Judgement(
        verdict, Optional.of(shown), detail, b.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String at(Checkpoint.Signed signed) {
    return signed.checkpoint().size() + " entries of " + signed.checkpoint().origin();
  }
}
