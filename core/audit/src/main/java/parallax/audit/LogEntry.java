package parallax.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import parallax.link.Digest;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;

/**
 * One entry of a log: a flat JSON object in the canonical form of RFC 8785 (one spelling: names
 * sorted, no spaces), whose values are texts, whole numbers and truth values. What names it has
 * depends on its kind; docs/audit.md lists them.
 */
public final class LogEntry {
  private static final String KIND = "kind";
  private static final String SALT = "salt";
  private static final String TIME = "time";

  /** What an entry speaks of. */
  public enum Kind {
    /** The log begins. */
    BEGUN,
    /** The node started, with what is in force from here on. */
    START,
    /** Another agreement is in force. */
    AGREEMENT,
    /** Another release policy is in force. */
    POLICY,
    /** A key came into force, was changed, trusted or revoked. */
    KEY,
    /** A release decision. */
    DECISION,
    /** A record got its number in a stream to a partner. */
    RELEASE,
    /** A record of a partner was taken in. */
    TAKEN,
    /** A record of a partner was kept out of the picture. */
    QUARANTINE,
    /** A partner's signed receipt came. */
    RECEIPT,
    /** Numbers of a stream will never come. */
    GAP,
    /** A record was replaced by a newer one before it was sent. */
    FOLDED,
    /** Records of others were passed on. */
    RELAYED,
    /** A partner has applied a recall, correction or change of label. */
    APPLIED,
    /** An alert was issued, updated or cancelled. */
    ALERT,
    /** An operator's order about a track. */
    ORDER,
    /** One of the nation's people released or refused what was held. */
    RELEASE_DESK,
    /** A partner was suspended or resumed, here or by the partner. */
    SUSPENSION,
    /** A partner showed a checkpoint of its log. */
    CHECKPOINT,
    /** Records of partners were deleted at the end of their retention. */
    DELETED,
    /** What a log's newest checkpoint says; of a log of such entries alone. */
    HEAD,
    /** Something else an operator should know of. */
    NOTICE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The kind as entries spell it. */
    public String text() {
      return text;
    }
  }

  private final Fields fields;

  private LogEntry(Fields fields) {
    this.fields = fields;
  }

  /** Begins an entry. */
  static Builder of(Kind kind, UtcTime time) {
    return of(kind, time.toString());
  }

  /** Begins an entry whose time is spelt already. */
  static Builder of(Kind kind, String time) {
    return new Builder().with(KIND, kind.text()).with(TIME, time);
  }

  /** An entry in the making. */
  static final class Builder {
    private final Fields fields = new Fields();

    Builder with(String name, String value) {
      fields.put(name, value);
      return this;
    }

    Builder with(String name, Digest value) {
      return with(name, value.toString());
    }

    Builder with(String name, long value) {
      CanonicalJson.requireExact(name, value);
      fields.put(name, value);
      return this;
    }

    Builder with(String name, boolean value) {
      fields.put(name, value);
      return this;
    }

    LogEntry build() {
      return new LogEntry(fields);
    }
  }

  /**
   * The bytes that are hashed.
   *
   * @param salt the entry's {@link EntrySalt}
   */
  public byte[] bytes(String salt) {
    return CanonicalJson.write(fields, SALT, salt);
  }

  /**
   * Reads an entry.
   *
   * @throws InvalidValueException when the bytes are no flat object in canonical form with kind and
   *     time
   */
  public static LogEntry parse(byte[] bytes) {
    SortedMap<String, Object> parsed = CanonicalJson.parse(bytes);
    LogEntry e = new LogEntry(Fields.of(parsed));
    Object salt = parsed.remove(SALT);
    Fields rest = Fields.of(parsed);
    if (!(salt instanceof String s) || !Arrays.equals(CanonicalJson.write(rest, SALT, s), bytes)) {
      throw new InvalidValueException(
          "entry", "not in canonical form", "a salted object as RFC 8785 spells it");
    }
    e.kind();
    e.time();
    return e;
  }

  /**
   * The kind, as the entry spells it; a log of a newer program may hold others than {@link Kind}.
   */
  public String kind() {
    return required(KIND);
  }

  /** The node's time. */
  public UtcTime time() {
    String text = required(TIME);
    try {
      return UtcTime.of(Instant.parse(text));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new InvalidValueException("time of the entry", "'" + text + "'", "ISO 8601, UTC");
    }
  }

  private String required(String name) {
    return text(name)
        .orElseThrow(() -> new InvalidValueException("entry's " + name, "missing", "a text"));
  }

  /** A text of the entry. */
  public Optional<String> text(String name) {
    return fields.get(name) instanceof String s ? Optional.of(s) : Optional.empty();
  }

  /** A number of the entry. */
  public OptionalLong number(String name) {
    return fields.get(name) instanceof Long n ? OptionalLong.of(n) : OptionalLong.empty();
  }

  /** All names and values; values are String, Long or Boolean. */
  public Map<String, Object> fields() {
    return Collections.unmodifiableSortedMap(fields.sorted());
  }

  /** The record the entry speaks of, by its SHA-256 in hexadecimal, if it speaks of one. */
  public Optional<String> record() {
    return text("record");
  }

  @Override
  public String toString() {
    return new String(CanonicalJson.write(fields, "", ""), StandardCharsets.UTF_8);
  }
}
