package parallax.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import parallax.client.SensorFeed;
import parallax.host.NodeClock;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;

/** Plays the plots of one source into one feed of a node. */
final class FeedPlayer {
  private static final long PROGRESS_S = 5;

  /** A node refuses plots further from its time than this, seconds. */
  private static final double NEAR_S = 30;

  /** Which plots of the source are new to the node, and so which numbers they get. */
  enum Numbering {
    /** All; the feed is new. */
    NEW,
    /** Those after as many as the feed has: it has had the beginning of the same source. */
    RESUME,
    /** All; they are numbered after what the feed has. */
    APPEND
  }

  /** Where plots come from. */
  interface Source {
    /** Begins to read from the start. */
    InputStream open() throws IOException;
  }

  /**
   * What to play, and how.
   *
   * @param name what messages call the source
   * @param again whether the source can be read twice, and so can be looked through before
   * @param live whether times are moved, so that the first plot is of now
   * @param strict whether to stop at a line that is no plot
   * @param speed how many seconds between two plots pass in one; empty: one, or as the exercise's
   *     clock goes
   * @param exerciseClock whether the node is known to go by a clock of its own
   * @param clock that clock, where it can be read and is set
   */
  record Play(
      String name,
      Source source,
      PlotFile.Format format,
      boolean again,
      Nation nation,
      Numbering numbering,
      boolean live,
      OptionalDouble speed,
      boolean strict,
      boolean exerciseClock,
      Optional<NodeClock.Setting> clock) {}

  private final Play play;
  private final FeedTally tally;
  private final PrintStream out;
  private final PrintStream err;
  private final FeedPace pace;
  private boolean begun;

  FeedPlayer(Play play, PrintStream out, PrintStream err) {
    this.play = play;
    this.tally = new FeedTally(play.name, err, System::nanoTime);
    this.out = out;
    this.err = err;
    this.pace =
        play.clock.isPresent() && play.speed.isEmpty() && !play.live
            ? new FeedPace(play.clock.get()::wallNsAt, NodeClock::wallNs)
            : new FeedPace(play.live, play.speed.orElse(1), NodeClock::wallNs);
  }

  /** Who is to hear what the node says of the feed. */
  SensorFeed.Listener listener() {
    return tally;
  }

  /**
   * Plays all of it; the exit code.
   *
   * @throws IOException when the source cannot be read
   * @throws WrongUse when the source or the feed's numbers are not as the options say
   */
  int into(SensorFeed feed, String feedName) throws IOException, InterruptedException {
    long plots = play.again ? look() : -1;
    long have;
    try {
      have = feed.open();
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
    require(have, plots, feedName);
    err.println(
        "feed '"
            + feedName
            + "' of "
            + play.nation
            + ": "
            + (plots < 0 ? "plots as they come" : plots + " plots")
            + (have > 0 ? "; the node holds numbers up to " + have : ""));
    boolean whole;
    try (ScheduledExecutorService ticker =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())) {
      var unused =
          ticker.scheduleAtFixedRate(
              () -> err.println(tally.progress()), PROGRESS_S, PROGRESS_S, TimeUnit.SECONDS);
      whole = sendAll(feed, have);
    }
    tally.summary().forEach(out::println);
    return whole && tally.isAllUsed() ? 0 : 1;
  }

  /** How many plots a file has; nothing is sent of one that has none. */
  private long look() throws IOException {
    long plots = 0;
    PlotLine.Bad firstBad = null;
    try (PlotFile lines = lines()) {
      for (PlotLine line = lines.next(); line != null; line = lines.next()) {
        if (line instanceof PlotLine.Good) {
          plots++;
        } else if (line instanceof PlotLine.Bad b && firstBad == null) {
          firstBad = b;
        }
      }
    }
    if (firstBad != null && (play.strict || plots == 0)) {
      throw new WrongUse(tally.said(firstBad) + ". Nothing was sent");
    }
    if (plots == 0) {
      throw new WrongUse(play.name + " holds no plot; expected a line for each");
    }
    return plots;
  }

  private PlotFile lines() throws IOException {
    return new PlotFile(play.source.open(), play.name, play.format, play.nation);
  }

  private void require(long have, long plots, String feedName) {
    if (have > 0 && play.numbering == Numbering.NEW) {
      throw new WrongUse(
          "the node holds "
              + have
              + " plots of feed '"
              + feedName
              + "' already. --resume goes on with the plots of this file that it does not hold,"
              + " --append sends all of them after those, --feed NAME takes another feed");
    }
    if (plots >= 0 && have > plots && play.numbering == Numbering.RESUME) {
      throw new WrongUse(
          "the node holds "
              + have
              + " plots of feed '"
              + feedName
              + "', and "
              + play.name
              + " has "
              + plots
              + ": the feed has had other plots than these. --append sends all of them after those,"
              + " --feed NAME takes another feed");
    }
  }

  /** Whether all that is to be sent was sent and acknowledged. */
  private boolean sendAll(SensorFeed feed, long have) throws IOException, InterruptedException {
    long toSkip = play.numbering == Numbering.RESUME ? have : 0;
    long next = have + 1;
    try (PlotFile lines = lines()) {
      for (PlotLine line = lines.next(); line != null; line = lines.next()) {
        switch (line) {
          case PlotLine.Bad b -> {
            tally.bad(b);
            if (play.strict) {
              drain(feed);
              throw new WrongUse(tally.said(b) + ". Stopped here: " + tally.progress());
            }
          }
          case PlotLine.Good g -> {
            if (toSkip > 0) {
              toSkip--;
              tally.skip();
            } else if (!send(feed, g, next++)) {
              return false;
            }
          }
        }
      }
    }
    return drain(feed);
  }

  private boolean send(SensorFeed feed, PlotLine.Good line, long seq) throws InterruptedException {
    Plot plot = pace.await(line.plot());
    if (!begun) {
      begun = true;
      sayTimes(line.plot().timeOfValidity());
    }
    tally.sending(seq, line.number());
    try {
      feed.report(plot);
      return true;
    } catch (IOException e) {
      err.println(e.getMessage());
      return false;
    }
  }

  private boolean drain(SensorFeed feed) throws InterruptedException {
    try {
      feed.awaitAcknowledged();
      return true;
    } catch (IOException e) {
      err.println(e.getMessage());
      return false;
    }
  }

  private void sayTimes(UtcTime first) {
    if (play.live) {
      err.println(
          "times are moved by "
              + Duration.ofNanos(pace.shiftNs()).toSeconds()
              + " s: the first plot is of now, "
              + new UtcTime(first.nanos() + pace.shiftNs()));
      return;
    }
    double apart = first.secondsSince(new UtcTime(NodeClock.wallNs()));
    if (Math.abs(apart) > NEAR_S && !play.exerciseClock) {
      err.println(
          "the first plot is of "
              + first
              + ". A node that goes by the wall clock refuses plots more than 30 s from it; --live"
              + " moves the times to now");
    }
  }
}
