package parallax.journal;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A place in a stream, as an old version stored it: what comes next, and the hash of all that came
 * before.
 *
 * @param name which stream, for example {@code in/KOR}
 * @param next number of the next record, 0 or more
 * @param chainHash hash of the chain before it; may be empty; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below
public record CursorRecord(String name, long next, byte[] chainHash) {
  /** Validates name and number. */
  public CursorRecord {
    Names.check("cursor name", name);
    if (next < 0) {
      throw new IllegalArgumentException("cursor is " + next + "; expected 0 or more");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CursorRecord o
        && name.equals(o.name)
        && next == o.next
        && Arrays.equals(chainHash, o.chainHash);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Long.hashCode(next)) + Arrays.hashCode(chainHash);
  }

  @Override
  public String toString() {
    return "CursorRecord[" + name + " " + next + ", " + HexFormat.of().formatHex(chainHash) + "]";
  }
}
