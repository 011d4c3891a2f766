package parallax.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import parallax.link.Digest;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;

/** Logs, keys and entries for tests. */
final class Logs {
  static final String ORIGIN = "parallax/KOR/TEST/20260101T000000Z";
  static final SigningKey KEY = key(1);
  static final NoteKey VERIFIES = new NoteKey(ORIGIN, NoteKey.Use.NOTE, KEY.key());

  private static final EntrySalt SALT = new EntrySalt(new byte[EntrySalt.SECRET_LENGTH]);

  private Logs() {}

  static SigningKey key(int seed) {
    byte[] bytes = new byte[SigningKey.SEED_LENGTH];
    new SplittableRandom(seed).nextBytes(bytes);
    return SigningKey.fromSeed(bytes);
  }

  /** Entry {@code n} of a log that tells one story. */
  static byte[] entry(long n) {
    return entry(n, "story");
  }

  static byte[] entry(long n, String story) {
    return LogEntry.of(LogEntry.Kind.NOTICE, new UtcTime(1_000_000_000L * n))
        .with("detail", story + " " + n)
        .with("record", new MerkleHasher().plain(new byte[] {(byte) n, (byte) (n >> 8)}))
        .build()
        .bytes(SALT.of(n));
  }

  /** A signed log of so many entries. */
  static MemoryLog of(int entries) {
    return forked(entries, entries);
  }

  /** A signed log whose entries from a place on tell another story. */
  static MemoryLog forked(int entries, int from) {
    MemoryLog files = new MemoryLog();
    LogWriter writer = LogWriter.begin(files, ORIGIN);
    try {
      for (int i = 0; i < entries; i++) {
        writer.append(entry(i, i < from ? "story" : "other"));
      }
      writer.checkpoint(KEY);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return files;
  }

  static Checkpoint.Signed checkpoint(MemoryLog log) throws IOException {
    return LogReader.checkpoint(log).requireSignedBy(VERIFIES);
  }

  static Digest digest(int n) {
    byte[] bytes = new byte[Digest.LENGTH];
    Arrays.fill(bytes, (byte) n);
    return Digest.of(bytes);
  }
}
