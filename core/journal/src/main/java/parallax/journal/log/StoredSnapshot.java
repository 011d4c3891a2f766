package parallax.journal.log;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stored snapshot without reading its content.
 *
 * @param nextPosition position of the first entry that it does not contain
 * @param about what its writer said of it; not to be changed; empty when the header is damaged
 * @param contentBytes length of its content, bytes; 0 when the header is damaged
 * @param fileName its name in the store
 * @param damage what is wrong with its header or length; it cannot be read then
 */
@SuppressWarnings("ArrayRecordComponent") // equality is defined below
public record StoredSnapshot(
    long nextPosition, byte[] about, long contentBytes, String fileName, Optional<String> damage) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredSnapshot o
        && nextPosition == o.nextPosition
        && Arrays.equals(about, o.about)
        && contentBytes == o.contentBytes
        && fileName.equals(o.fileName)
        && damage.equals(o.damage);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(nextPosition) + Arrays.hashCode(about)) + fileName.hashCode();
  }

  @Override
  public String toString() {
    return "StoredSnapshot["
        + fileName
        + ", "
        + contentBytes
        + " bytes"
        + damage.map(d -> ", " + d).orElse("")
        + "]";
  }
}
