package parallax.release;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;

/**
 * A value that one named partner may be told: the proof of a release decision. Only this package
 * can make one, so what was not released cannot be sent, nor sent to another partner.
 *
 * @param <T> what is released
 */
public final class Released<T> {
  private final T value;
  private final Nation recipient;
  private final String rule;
  private final String clause;

  Released(T value, Nation recipient, String rule, String clause) {
    this.value = value;
    this.recipient = recipient;
    this.rule = rule;
    this.clause = clause;
  }

  /** What may be told. */
  public T value() {
    return value;
  }

  /** The only partner it may be told to. */
  public Nation recipient() {
    return recipient;
  }

  /** Name of the national rule that released it. */
  public String rule() {
    return rule;
  }

  /** The agreement clause that permits it. */
  public String clause() {
    return clause;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Released<?> r
        && value.equals(r.value)
        && recipient.equals(r.recipient)
        && rule.equals(r.rule)
        && clause.equals(r.clause);
  }

  @Override
  public int hashCode() {
    return Objects.hash(value, recipient, rule, clause);
  }

  @Override
  public String toString() {
    return "Released[to " + recipient + " by '" + rule + "', " + clause + ": " + value + "]";
  }
}
