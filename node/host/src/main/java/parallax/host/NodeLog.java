package parallax.host;

import java.io.PrintStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One line for each thing worth saying, counted by kind, written by SLF4J. What repeats itself is
 * folded: the first lines of a minute are written, after that one line a minute says how many there
 * were and what the last one was, until a minute passes without more.
 *
 * <p>What only {@linkplain #say happens} is folded with lines of its kind that differ in numbers
 * only, so that one fault that repeats itself does not hide another; and by its kind, so that no
 * caller can fill the log. A {@linkplain #change change} of the node's or a partner's state is
 * folded only with changes that say the very same, so that no other line can hide it.
 */
public final class NodeLog {
  /** Lines that repeat each other that a minute may have before the rest is summed up. */
  static final int LINES_A_MINUTE = 20;

  /** Events of one kind that a minute may have before the rest is summed up. */
  static final int EVENTS_A_MINUTE = 300;

  /** Lines that are remembered, to fold those that say the same. */
  static final int MOST_REMEMBERED = 1_000;

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Kinds of lines that somebody should act upon: docs/operations.md says how, for each. */
  static final SortedSet<String> WARNINGS =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(
              List.of(
                  "ALERT_FOLDER",
                  "ALERT_NOT_WRITTEN",
                  "AUDIT_NOT_WRITTEN",
                  "AUDIT_SET_ASIDE",
                  "CERTIFICATE_EXPIRES",
                  "CERTIFICATE_NOT_TAKEN",
                  "CLOCK_BEFORE_JOURNAL",
                  "CLOCK_DOUBTED",
                  "CLOCK_NOT_BELIEVED",
                  "CLOCK_STEPPED",
                  "CONFIGURATION_REFUSED",
                  "GAP",
                  "JOURNAL_BUSY",
                  "JOURNAL_FULL",
                  "JOURNAL_MARK_LOST",
                  "JOURNAL_MARK_NOT_WRITTEN",
                  "JOURNAL_NOTE",
                  "KEYS_AT_RISK",
                  "LINK_VIOLATION",
                  "NOTICE_NOT_APPLIED",
                  "NOT_DELETED",
                  "PARTNER_LOG",
                  "PLOT_REFUSED",
                  "POLICY_NOT_WRITTEN",
                  "RECORD_QUARANTINED",
                  "REPORT_HELD",
                  "REVOCATION_UNREADABLE",
                  "SENSOR_CLOCK",
                  "SET_ASIDE_BY_PARTNER",
                  "SIGNATURES_SLOWER",
                  "SNAPSHOT_NOT_TAKEN",
                  "STATE_DIFFERS",
                  "STOPPING",
                  "TRACK_DOUBTED",
                  "WARM_UP_FAILED")));

  private static final long MINUTE_NS = 60_000_000_000L;
  private static final int LONGEST_TEXT = 1000;

  private final Logger out;
  private final LongSupplier nanos;
  private final SortedMap<String, Long> totals = new TreeMap<>();
  private final SortedMap<String, Repeated> kinds = new TreeMap<>();
  private final Map<String, Repeated> remembered = new LinkedHashMap<>();

  /** Lines that repeat each other. */
  private static final class Repeated {
    final String kind;
    final int most;
    long minuteBegan;
    int lines;
    long leftOut;
    String lastLeftOut = "";

    Repeated(String kind, int most, long now) {
      this.kind = kind;
      this.most = most;
      this.minuteBegan = now;
    }
  }

  /** Writes as the process is configured to ({@code logback.xml}), each line with {@code name}. */
  public NodeLog(String name) {
    this(LoggerFactory.getLogger(name), System::nanoTime);
  }

  /** Writes to {@code out} alone, each line with {@code name}. */
  public NodeLog(PrintStream out, String name) {
    this(out, name, System::nanoTime);
  }

  NodeLog(PrintStream out, String name, LongSupplier nanos) {
    this(LogStream.to(out, name), nanos);
  }

  private NodeLog(Logger out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
  }

  /** Says that something of a kind has happened. */
  public synchronized void say(String kind, String text) {
    long now = nanos.getAsLong();
    Repeated all = ofKind(kind, now);
    if (all.lines < all.most) {
      String like = kind + ": " + NUMBER.matcher(text).replaceAll("#");
      say(remembered(kind, like, now), List.of(all), text, now);
    } else {
      say(all, List.of(), text, now);
    }
  }

  /** Says what has happened out there: a launch, a track. Many such lines may come at once. */
  public synchronized void event(String kind, String text) {
    long now = nanos.getAsLong();
    say(ofKind(kind, now), List.of(), text, now);
  }

  /** Says that a state has changed, at once, whatever else of the kind was said. */
  public synchronized void change(String kind, String text) {
    long now = nanos.getAsLong();
    say(remembered(kind, "change of " + kind + ": " + text, now), List.of(), text, now);
  }

  private Repeated ofKind(String kind, long now) {
    Repeated r = kinds.computeIfAbsent(kind, k -> new Repeated(k, EVENTS_A_MINUTE, now));
    turnMinute(r, now);
    return r;
  }

  /** What folds lines that are alike; remembered in the order of when each was said last. */
  private Repeated remembered(String kind, String like, long now) {
    Repeated r = remembered.remove(like);
    if (r == null) {
      r = new Repeated(kind, LINES_A_MINUTE, now);
      if (remembered.size() >= MOST_REMEMBERED) {
        Iterator<Repeated> oldest = remembered.values().iterator();
        sumUp(oldest.next());
        oldest.remove();
      }
    }
    remembered.put(like, r);
    return r;
  }

  private void say(Repeated r, List<Repeated> alsoCounts, String text, long now) {
    totals.merge(r.kind, 1L, Long::sum);
    turnMinute(r, now);
    if (r.lines < r.most) {
      r.lines++;
      alsoCounts.forEach(a -> a.lines++);
      write(r.kind, text);
    } else {
      r.leftOut++;
      r.lastLeftOut = text;
    }
  }

  /** Writes the sums that are due; to be called every few seconds. */
  public synchronized void sumUp() {
    long now = nanos.getAsLong();
    kinds.values().forEach(r -> turnMinute(r, now));
    remembered.values().forEach(r -> turnMinute(r, now));
  }

  /** Writes every sum, due or not: nothing more comes. */
  public synchronized void end() {
    kinds.values().forEach(this::sumUp);
    remembered.values().forEach(this::sumUp);
  }

  private void turnMinute(Repeated r, long now) {
    if (now - r.minuteBegan >= MINUTE_NS) {
      r.minuteBegan = now;
      if (r.leftOut == 0) {
        r.lines = 0;
      }
      sumUp(r);
    }
  }

  private void sumUp(Repeated r) {
    if (r.leftOut > 0) {
      write(
          r.kind,
          r.leftOut + " more in a minute, " + count(r.kind) + " in all; last: " + r.lastLeftOut);
      r.leftOut = 0;
      r.lastLeftOut = "";
    }
  }

  private void write(String kind, String text) {
    out.atLevel(level(kind)).log(() -> kind + ": " + clean(text));
  }

  private static Level level(String kind) {
    if (kind.equals("FATAL") || kind.startsWith("INTERNAL_")) {
      return Level.ERROR;
    }
    return WARNINGS.contains(kind) || kind.startsWith("REFUSED_") ? Level.WARN : Level.INFO;
  }

  /** On one line, without what would steer a terminal: part of it may be a caller's own words. */
  private static String clean(String text) {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text;
    return cut.replaceAll("\\s*\\R\\s*", "; ").replaceAll("[\\p{Cc}\\p{Cf}]", "?");
  }

  /** How often something of a kind was said, left out or not. */
  public synchronized long count(String kind) {
    return totals.getOrDefault(kind, 0L);
  }

  /** How often anything of the kinds that begin with {@code prefix} was said. */
  public synchronized long countAll(String prefix) {
    long sum = 0;
    for (Map.Entry<String, Long> t : totals.entrySet()) {
      sum += t.getKey().startsWith(prefix) ? t.getValue() : 0;
    }
    return sum;
  }
}
