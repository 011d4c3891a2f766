package parallax.journal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way to a partner, as an old version stored it.
 *
 * @param partner whom it is for
 * @param seq its number for that partner, from 1, without holes
 * @param record its bytes, not copied: the maker must not change them
 */
@SuppressWarnings("ArrayRecordComponent") // stored millions of times; equality is defined below
public record OutboxEntry(String partner, long seq, byte[] record) {
  /** Validates name and number. */
  public OutboxEntry {
    Names.check("partner", partner);
    if (seq < 1) {
      throw new IllegalArgumentException("outbox number is " + seq + "; expected 1 or more");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutboxEntry o
        && partner.equals(o.partner)
        && seq == o.seq
        && Arrays.equals(record, o.record);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * partner.hashCode() + Long.hashCode(seq)) + Arrays.hashCode(record);
  }

  @Override
  public String toString() {
    return "OutboxEntry[" + partner + " " + seq + ", " + record.length + " bytes]";
  }
}
