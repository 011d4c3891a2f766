package parallax.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.RetentionClause;
import parallax.journal.JournalException;
import parallax.journal.files.EntryLogReader;
import parallax.journal.files.SnapshotFiles;
import parallax.journal.log.EntryLog;
import parallax.journal.log.LogSegment;
import parallax.journal.log.StoredSnapshot;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaCatalogue;
import parallax.wire.EventMemory;
import parallax.wire.FactsCodec;
import parallax.wire.InputCodec;
import parallax.wire.SnapshotCodec;
import parallax.wire.state.EngineStateCodec;

/**
 * What the journal of a node says of the past. It is only read, without a lock: the node may run,
 * and a copy will do.
 */
public final class PastJournal implements AutoCloseable {
  private static final long EVENTS_BYTES = 64L << 20;

  private final EntryLogReader log;
  private final SnapshotFiles snapshots;
  private final NodeEngines engines =
      new NodeEngines(new Keyring(List.of()), AreaCatalogue.bundled(), LinkConfig.standard());

  private PastJournal(EntryLogReader log, SnapshotFiles snapshots) {
    this.log = log;
    this.snapshots = snapshots;
  }

  /**
   * Opens the journal in a directory.
   *
   * @throws JournalException when there is none, or it cannot be read
   */
  public static PastJournal open(Path journal) throws JournalException {
    EntryLogReader log = EntryLogReader.open(journal);
    return new PastJournal(log, SnapshotFiles.openToRead(journal, log.id()));
  }

  /**
   * A snapshot that is stored.
   *
   * @param file its file's name
   * @param bytes length of its content
   * @param about what it says of itself; empty when that cannot be read
   * @param damage why it cannot be used; empty when nothing is known to be wrong
   */
  public record Kept(
      String file, long bytes, Optional<SnapshotCodec.About> about, Optional<String> damage) {}

  /** An input and what followed from it. */
  @FunctionalInterface
  public interface Shown {
    /**
     * Is shown one.
     *
     * @param position its place in the journal
     * @param in the input
     * @param facts what followed from it and is stored
     */
    void on(long position, Input.Stamped in, List<Effect> facts);
  }

  /** The segments, oldest first. */
  public List<LogSegment> segments() throws JournalException {
    return log.segments();
  }

  /** The snapshots, newest first. */
  public List<Kept> snapshots() throws JournalException {
    List<Kept> out = new ArrayList<>();
    for (StoredSnapshot s : snapshots.list()) {
      out.add(kept(s));
    }
    return out;
  }

  private static Kept kept(StoredSnapshot s) {
    try {
      Optional<SnapshotCodec.About> about =
          s.damage().isPresent()
              ? Optional.empty()
              : Optional.of(SnapshotCodec.decodeAbout(s.about()));
      return new Kept(s.fileName(), s.contentBytes(), about, s.damage());
    } catch (InvalidValueException e) {
      return new Kept(
          s.fileName(),
          s.contentBytes(),
          Optional.empty(),
          Optional.of(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Reads every snapshot whole; returns what is wrong with each that cannot be used.
   *
   * @throws JournalException when they cannot be looked at
   */
  public List<String> damaged() throws JournalException {
    List<String> out = new ArrayList<>();
    for (StoredSnapshot s : snapshots.list()) {
      try {
        var unused = EngineStateCodec.decode(SnapshotCodec.decode(snapshots.read(s)).engine());
      } catch (JournalException | InvalidValueException e) {
        out.add(s.fileName() + ": " + e.getMessage());
      }
    }
    return out;
  }

  /** The first input that is kept. */
  public long firstPosition() throws JournalException {
    return log.firstPosition();
  }

  /**
   * Shows the inputs from a position to the end; returns the position after the last.
   *
   * @param from first to show; the first that is kept when it is not
   */
  public long entries(long from, Shown shown) throws JournalException {
    return log.read(
        Math.max(from, log.firstPosition()),
        (position, input, facts) ->
            shown.on(
                position,
                InputCodec.decode(input),
                FactsCodec.decode(facts, engines::area).facts()));
  }

  /** One input of the journal and its place. */
  public record Placed(long position, Input.Stamped in) {}

  /** The first input that is kept; empty when there is none. */
  public Optional<Placed> first() throws JournalException {
    List<Placed> found = new ArrayList<>();
    some(1, 1, (position, in, facts) -> found.add(new Placed(position, in)));
    return found.stream().findFirst();
  }

  /** The last input that is kept; empty when there is none. */
  public Optional<Placed> last() throws JournalException {
    AtomicReference<byte[]> bytes = new AtomicReference<>();
    long from = log.segments().getLast().firstPosition();
    for (long at = from; bytes.get() == null; at = log.firstPosition()) {
      long end = log.read(at, (position, input, facts) -> bytes.set(input));
      if (bytes.get() != null) {
        return Optional.of(new Placed(end - 1, InputCodec.decode(bytes.get())));
      }
      if (at <= log.firstPosition()) {
        break;
      }
    }
    return Optional.empty();
  }

  /**
   * Shows some inputs.
   *
   * @param from first to show; the first that is kept when it is not
   * @param most how many at most
   */
  public void some(long from, long most, Shown shown) throws JournalException {
    AtomicLong left = new AtomicLong(most);
    try {
      var unused =
          entries(
              from,
              (position, in, facts) -> {
                if (left.getAndDecrement() <= 0) {
                  throw new Reached();
                }
                shown.on(position, in, facts);
              });
    } catch (Reached e) {
      return;
    }
  }

  /**
   * From which moment on pictures can be shown, the node's time; empty when there is no input, or
   * no good snapshot to go on from.
   */
  public Optional<UtcTime> picturesSince() throws JournalException {
    long first = log.firstPosition();
    if (first == 1) {
      return first().map(p -> p.in().time());
    }
    return snapshots().reversed().stream()
        .flatMap(k -> k.about().stream())
        .filter(a -> a.nextPosition() >= first)
        .map(SnapshotCodec.About::time)
        .findFirst();
  }

  /**
   * How long what partners told may be kept, by the agreement in force after the last input; empty
   * when none is.
   */
  public Optional<RetentionClause> retention() throws JournalException {
    Course c = from(Optional.of(new UtcTime(Long.MAX_VALUE)));
    c.goOnToTheEnd();
    return c.engine.retention();
  }

  /** The area of a code; there must be one. */
  public AdministrativeArea area(String code) {
    return engines.area(code).orElseThrow();
  }

  /** Why the journal ends where it does, when something stands behind its last whole batch. */
  public Optional<String> stoppedBy() {
    return log.stoppedBy();
  }

  /**
   * A moment of the past.
   *
   * @param time the node's time of the last input before it
   * @param events what those who watched the node had then: the picture of each launch, and the
   *     newest of everything else
   * @param replayed how many inputs were replayed to get there
   */
  public record Moment(UtcTime time, EventMemory events, long replayed) {}

  /** The moment has come. */
  private static final class Reached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Reached() {
      super(null, null, false, false);
    }
  }

  /** A replay under way. */
  private final class Course {
    private final Engine engine;
    private final EventLog events = new EventLog(EVENTS_BYTES);
    private long next = 1;
    private UtcTime time = new UtcTime(Long.MIN_VALUE);
    private int behaviour = Engine.BEHAVIOUR;
    private long replayed;

    Course(Engine engine) {
      this.engine = engine;
    }

    void goOn(EntryLog.Visitor visitor) throws JournalException {
      try {
        var unused = log.read(next, visitor);
      } catch (Reached e) {
        return;
      }
    }

    void goOnToTheEnd() throws JournalException {
      goOn((position, input, facts) -> step(InputCodec.decode(input), facts));
    }

    void step(Input.Stamped in, byte[] facts) {
      FactsCodec.Followed f = FactsCodec.decode(facts, engines::area);
      behaviour = f.behaviour().orElse(behaviour);
      List<Effect> effects =
          behaviour == Engine.BEHAVIOUR ? engine.step(in) : engine.follow(in, f.facts());
      time = in.time();
      replayed++;
      events.add(in, effects);
    }
  }

  /**
   * A course that goes on from a snapshot: the newest one of a moment, or the oldest of all. One
   * that is damaged is passed by.
   */
  private Course from(Optional<UtcTime> until) throws JournalException {
    List<StoredSnapshot> fitting = new ArrayList<>();
    long first = log.firstPosition();
    for (StoredSnapshot s : snapshots.list()) {
      boolean fits =
          kept(s)
              .about()
              .filter(a -> a.nextPosition() >= first)
              .filter(a -> until.filter(t -> a.time().isAfter(t)).isEmpty())
              .isPresent();
      if (fits) {
        fitting.add(s);
      }
    }
    if (first == 1 && until.isEmpty()) {
      return new Course(engines.fresh());
    }
    for (StoredSnapshot s : until.isPresent() ? fitting : fitting.reversed()) {
      try {
        return from(s);
      } catch (JournalException e) {
        if (e.kind() != JournalException.Kind.CORRUPT) {
          throw e;
        }
      } catch (InvalidValueException e) {
        // another one will do; status tells of it
      }
    }
    if (first == 1) {
      return new Course(engines.fresh());
    }
    throw new JournalException(
        JournalException.Kind.DELETED,
        "the journal does not reach back so far: it begins with input "
            + first
            + "; parallax journal status says from when on pictures can be shown");
  }

  private Course from(StoredSnapshot best) throws JournalException {
    SnapshotCodec.About about = SnapshotCodec.decodeAbout(best.about());
    SnapshotCodec.Content content = SnapshotCodec.decode(snapshots.read(best));
    Course c = new Course(engines.of(EngineStateCodec.decode(content.engine())));
    c.next = about.nextPosition();
    c.time = about.time();
    c.behaviour = about.behaviour();
    byte[] events = content.parts().get(RememberedEvents.NAME);
    if (events != null) {
      c.events.recall(EventMemory.decode(events, engines::area));
    }
    return c;
  }

  /**
   * Makes a moment again, from the snapshot before it.
   *
   * @param until the node's time
   * @throws JournalException when the journal does not reach back so far
   */
  public Moment at(UtcTime until) throws JournalException {
    Course c = from(Optional.of(until));
    c.goOn(
        (position, input, facts) -> {
          Input.Stamped in = InputCodec.decode(input);
          if (in.time().isAfter(until)) {
            throw new Reached();
          }
          c.step(in, facts);
        });
    return new Moment(c.time, c.events.memory(), c.replayed);
  }

  /** Replays all that is kept, and shows what was about to be decided. */
  public void offers(Engine.Offers to) throws JournalException {
    Course c = from(Optional.empty());
    c.engine.showOffers(to);
    c.goOnToTheEnd();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
