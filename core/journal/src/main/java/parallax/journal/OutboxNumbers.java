package parallax.journal;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The last outbox number of every partner, and the rule that numbers are dense. Shared by all
 * journals, so that the rule stands once.
 */
public final class OutboxNumbers {
  private final TreeMap<String, Long> last = new TreeMap<>();

  /** No partner has a record yet. */
  public OutboxNumbers() {}

  /** Sets what is stored already. */
  public void restore(String partner, long lastSeq) {
    last.put(partner, lastSeq);
  }

  /** The last number of a partner; empty when there is none. */
  public OptionalLong last(String partner) {
    Long seq = last.get(partner);
    return seq == null ? OptionalLong.empty() : OptionalLong.of(seq);
  }

  /**
   * The last numbers as they would be after {@code entries}; nothing is changed yet.
   *
   * @throws IllegalArgumentException when an entry does not have the next number of its partner
   */
  public Map<String, Long> check(List<OutboxEntry> entries) {
    if (entries.isEmpty()) {
      return Map.of();
    }
    TreeMap<String, Long> after = new TreeMap<>();
    for (OutboxEntry e : entries) {
      Long before = after.get(e.partner());
      if (before == null) {
        before = last.getOrDefault(e.partner(), 0L);
      }
      if (e.seq() != before + 1) {
        throw new IllegalArgumentException(
            "outbox number for "
                + e.partner()
                + " is "
                + e.seq()
                + "; expected "
                + (before + 1)
                + ", one more than the last");
      }
      after.put(e.partner(), e.seq());
    }
    return after;
  }

  /** Takes over what {@link #check} returned, once the entries are stored. */
  public void accept(Map<String, Long> after) {
    last.putAll(after);
  }
}
