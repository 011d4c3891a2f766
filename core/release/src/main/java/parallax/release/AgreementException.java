package parallax.release;

/** An agreement is not in force, with the precise reason. */
public final class AgreementException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why an agreement is not in force. */
  public enum Kind {
    /** Its text, or a signature file, cannot be read; the cause says the line. */
    MALFORMED,
    /** The channel asked for is not among its channels. */
    CHANNEL_NOT_COVERED,
    /** A signature, or a missing key, concerns a nation that is not a known party. */
    UNKNOWN_PARTY,
    /** A party has not signed it for this channel. */
    MISSING_SIGNATURE,
    /** A signature is not that party's over these bytes for this channel. */
    BAD_SIGNATURE,
    /** Its validity has not begun. */
    NOT_YET_VALID,
    /** Its validity is over. */
    EXPIRED
  }

  private final Kind kind;

  AgreementException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  AgreementException(Kind kind, MalformedFileException cause) {
    super("malformed agreement: " + cause.getMessage(), cause);
    this.kind = kind;
  }

  /** Why, for a program. */
  public Kind kind() {
    return kind;
  }
}
