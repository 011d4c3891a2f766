package parallax.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import parallax.signing.Sha256;

/**
 * A readable line for each thing that happened. All lines go into one hash, so that two runs can be
 * compared; only the last are kept, and only when asked for.
 */
final class Trace {
  private static final int CHUNK = 16 * 1024;

  private final MessageDigest sha256;
  private final StringBuilder unhashed = new StringBuilder(CHUNK + 256);
  private final Deque<String> last = new ArrayDeque<>();
  private final int kept;
  private int from;

  /** Keeps the last {@code kept} lines. */
  Trace(int kept) {
    this.kept = kept;
    sha256 = Sha256.digest();
  }

  /** Adds a line. */
  void say(long atNs, String who, String what) {
    line(atNs, who).append(what);
    end();
  }

  /** Begins a line; whoever asked for it writes on, and then calls {@link #end}. */
  StringBuilder line(long atNs, String who) {
    from = unhashed.length();
    return unhashed.append(atNs / 1_000_000).append(' ').append(who).append(' ');
  }

  /** Ends the line begun. */
  void end() {
    if (kept > 0) {
      last.addLast(unhashed.substring(from));
      if (last.size() > kept) {
        last.removeFirst();
      }
    }
    unhashed.append('\n');
    if (unhashed.length() > CHUNK) {
      hashOn();
    }
  }

  private void hashOn() {
    sha256.update(unhashed.toString().getBytes(StandardCharsets.UTF_8));
    unhashed.setLength(0);
  }

  /** The hash of all lines; the trace ends with it. */
  String hash() {
    hashOn();
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** The last lines, as many as were to be kept. */
  List<String> last() {
    return List.copyOf(last);
  }
}
