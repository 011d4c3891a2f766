package parallax.journal.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What stands at one position of the log.
 *
 * @param input what was taken in; the maker must not change it, as it is not copied
 * @param facts what became of it; may be empty; not copied either
 */
@SuppressWarnings("ArrayRecordComponent") // stored millions of times; equality is defined below
public record JournalEntry(byte[] input, byte[] facts) {
  private static final byte[] NONE = new byte[0];

  /** An entry without facts. */
  public static JournalEntry of(byte[] input) {
    return new JournalEntry(input, NONE);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JournalEntry o
        && Arrays.equals(input, o.input)
        && Arrays.equals(facts, o.facts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(input) + Arrays.hashCode(facts);
  }

  @Override
  public String toString() {
    return "JournalEntry[" + input.length + " bytes, facts " + facts.length + " bytes]";
  }
}
