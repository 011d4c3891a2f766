package parallax.host;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import parallax.files.SmallFile;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.model.Utf8Text;
import parallax.runtime.ClockReading;

/**
 * Reads the machine's clocks, and tells the node's time at a wall time. The node's time is what
 * tracks and alerts go by. It is the wall time itself, except in an exercise with a clock of its
 * own: then the file {@code clock.properties} in the node's directory says when the exercise starts
 * and how fast its time passes. Until the start the file is read again each time, so that the start
 * can be moved.
 */
public final class NodeClock {
  /** Name of the file in the node's directory. */
  public static final String FILE = "clock.properties";

  private static final int TRIES = 5;
  private static final long CLOSE_NS = 1_000_000;

  private final Path file;
  private final boolean exercise;
  private @Nullable Setting setting;

  /**
   * The clock of an exercise.
   *
   * @param start the exercise's time at {@code wallStartNs}
   * @param wallStartNs the wall time of the start, UTC nanoseconds; {@link #NOT_YET} while that is
   *     not decided
   * @param speed how many seconds of the exercise pass in one second of the wall clock
   * @param end the exercise's time at which its clock stops
   */
  public record Setting(UtcTime start, long wallStartNs, double speed, UtcTime end) {
    /** The start is not decided yet. */
    public static final long NOT_YET = Long.MAX_VALUE;

    /** The exercise's time at a wall time. It stands still before the start and after the end. */
    public UtcTime at(long wallNs) {
      long ns = start.nanos() + Math.round(Math.max(0, wallNs - wallStartNs) * speed);
      return new UtcTime(Math.min(end.nanos(), ns));
    }

    /** The wall time at which the exercise stands at {@code time}, UTC nanoseconds. */
    public long wallNsAt(UtcTime time) {
      return wallStartNs + Math.round((time.nanos() - start.nanos()) / speed);
    }

    /** Writes the setting to a node's directory, all or nothing. */
    public void write(Path directory) throws IOException {
      Properties p = new Properties();
      p.setProperty("startNs", Long.toString(start.nanos()));
      p.setProperty("wallStartNs", Long.toString(wallStartNs));
      p.setProperty("speed", Double.toString(speed));
      p.setProperty("endNs", Long.toString(end.nanos()));
      Path fresh = directory.resolve(FILE + ".new");
      try (var w = Files.newBufferedWriter(fresh)) {
        p.store(w, "exercise clock");
      }
      Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Reads the setting.
     *
     * @throws IOException when there is no such file
     * @throws InvalidValueException when it does not say what it must
     */
    public static Setting read(Path file) throws IOException {
      Properties p = new Properties();
      try {
        p.load(new StringReader(Utf8Text.decode(SmallFile.whole(file), file.toString())));
      } catch (NoSuchFileException e) {
        throw new IOException("exerciseClock is true, but there is no " + file, e);
      }
      return new Setting(
          new UtcTime(number(file, p, "startNs").longValue()),
          number(file, p, "wallStartNs").longValue(),
          number(file, p, "speed").doubleValue(),
          new UtcTime(number(file, p, "endNs").longValue()));
    }

    private static Number number(Path file, Properties p, String key) {
      String text = p.getProperty(key, "");
      try {
        if (key.equals("speed")) {
          return Double.valueOf(text);
        }
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new InvalidValueException(file + ": " + key, "'" + text + "'", "a number");
      }
    }
  }

  /** A clock for a node; only on channel EXERCISE or TEST may it differ from the wall clock. */
  public NodeClock(Path directory, Channel channel, boolean ownClock) {
    this.file = directory.resolve(FILE);
    if (ownClock && channel == Channel.REAL) {
      throw new InvalidValueException(
          "exerciseClock", "true on channel REAL", "the wall clock on channel REAL");
    }
    this.exercise = ownClock;
  }

  /**
   * Both clocks of the machine at one moment: the tightest of a few tries, so that a thread that
   * was held up between the two does not look like a clock that was set.
   */
  static ClockReading reading() {
    ClockReading best = new ClockReading(0, 0);
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES && least > CLOSE_NS; i++) {
      long before = System.nanoTime();
      long wall = wallNs();
      long took = System.nanoTime() - before;
      if (took < least) {
        least = took;
        best = new ClockReading(wall, before + took / 2);
      }
    }
    return best;
  }

  /** UTC nanoseconds of the wall clock, to the microsecond. */
  public static long wallNs() {
    return UtcTime.of(Instant.now()).nanos();
  }

  /**
   * The node's time at the wall time {@code wallNs}.
   *
   * @throws IOException when the exercise clock's file cannot be read
   */
  public synchronized UtcTime at(long wallNs) throws IOException {
    if (!exercise) {
      return new UtcTime(wallNs);
    }
    Setting s = setting;
    if (s == null || wallNs < s.wallStartNs()) {
      s = Setting.read(file);
      setting = s;
    }
    return s.at(wallNs);
  }
}
