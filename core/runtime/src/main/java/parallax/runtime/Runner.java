package parallax.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.FaultReason;
import parallax.engine.Input;
import parallax.journal.JournalException;
import parallax.journal.log.EntryLog;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.SnapshotStore;
import parallax.link.Keyring;
import parallax.model.UtcTime;
import parallax.wire.FactsCodec;
import parallax.wire.InputCodec;

/**
 * An engine, its journal and its snapshots. The user calls {@link #step}, then {@link #append}, and
 * only then carries out the effects: what leaves is durable here. For one thread.
 */
public final class Runner {
  private final EntryLog log;
  private final SnapshotStore snapshots;
  private final Keyring keyring;
  private final Engines engines;
  private final Faults faults;
  private final List<Remembered> parts = new ArrayList<>();
  private QuietTime quiet = new QuietTime();
  private Engine engine;
  private UtcTime lastTime = new UtcTime(Long.MIN_VALUE);
  private long lastWallNs = Long.MIN_VALUE;

  /** Whether the journal says by which version of the engine's behaviour what is appended came. */
  private boolean saidBehaviour;

  /** One input and what followed from it. */
  public record Done(Input.Stamped input, List<Effect> effects) {}

  /** Is told of each input that was left out because the engine failed on it. */
  @FunctionalInterface
  public interface Faults {
    /** {@code what} went wrong with {@code input}. */
    void leftOut(Input input, String what);
  }

  /** Is shown each input of a replay, in order. */
  @FunctionalInterface
  public interface Replayed {
    /** An input of the journal and what follows from it. */
    void on(Input.Stamped in, List<Effect> effects);
  }

  /**
   * A runner over an open journal.
   *
   * @param log the inputs and what followed from them
   * @param snapshots what the node remembered at times
   * @param keyring the keys that the engines sign with; it signs nothing during a replay
   * @param engines makes engines
   * @param faults is told of inputs that are left out
   */
  public Runner(
      EntryLog log, SnapshotStore snapshots, Keyring keyring, Engines engines, Faults faults) {
    this.log = log;
    this.snapshots = snapshots;
    this.keyring = keyring;
    this.engines = engines;
    this.faults = faults;
    this.engine = engines.fresh();
  }

  /** Makes something beside the engine part of the snapshots; before {@link #start}. */
  public void remember(Remembered part) {
    parts.add(part);
  }

  /** The engine as it stands. */
  public Engine engine() {
    return engine;
  }

  /**
   * Goes on with another engine in the place of the one there is.
   *
   * @param other one that stands where that one does
   */
  public void goOnWith(Engine other) {
    engine = other;
  }

  /**
   * The newest time of receipt seen. No input is stamped earlier, but for those from an {@link
   * Input.ClockCorrected} on.
   */
  public UtcTime lastTime() {
    return lastTime;
  }

  /** The wall clock at the newest input seen, UTC nanoseconds. */
  public long lastWallNs() {
    return lastWallNs;
  }

  /**
   * Makes the engine from the newest good snapshot and the inputs that followed it.
   *
   * @param seen is shown each of these inputs
   * @throws JournalException when that cannot be done; the message says what to do
   */
  public Started start(Replayed seen) throws JournalException {
    quiet = new QuietTime();
    saidBehaviour = false;
    Recovery r = new Recovery(log, snapshots, keyring, engines, parts);
    Started started = r.run(seen);
    engine = r.engine();
    lastTime = r.lastTime();
    lastWallNs = r.lastWallNs();
    return started;
  }

  /**
   * Goes on from what was made of an older journal. A snapshot must be taken before anything else:
   * this journal does not hold what was before.
   */
  public void goOnFrom(Conversion.Converted c) {
    engine = c.engine();
    lastTime = c.lastTime();
    lastWallNs = c.lastWallNs();
  }

  /**
   * What the node remembers now, for a snapshot; cheap. Between {@link #append} and the next {@link
   * #step}.
   */
  public Snapshot capture() throws JournalException {
    SortedMap<String, Supplier<byte[]>> remembered = new TreeMap<>();
    parts.forEach(p -> remembered.put(p.name(), p.remember()));
    return new Snapshot(log.nextPosition(), lastTime, lastWallNs, engine.state(), remembered);
  }

  /**
   * Steps the engine through a batch. An input that the engine cannot digest (a fault of ours) is
   * taken out: the engine is made again from the newest snapshot and what followed it, which do not
   * hold that input, and the batch goes on with a refusal in its place.
   *
   * @param batch inputs in order of receipt; an {@link Input.ClockCorrected} only as the first
   * @param now the node's time of receipt; an earlier one than the last is taken for the last,
   *     unless the batch begins with a correction of the clock
   * @param wallNs wall clock, UTC nanoseconds
   */
  public List<Done> step(List<Input> batch, UtcTime now, long wallNs) throws JournalException {
    return step(batch, now, wallNs, stepped -> false);
  }

  /**
   * The same, but for inputs that are left for later: when it is enough after some of them, only
   * the last of the batch is stepped besides.
   *
   * @param enough is asked after each input, with the number of inputs stepped so far
   * @return what was done; the inputs that are missing in it, all but the last, were not stepped
   */
  public List<Done> step(List<Input> batch, UtcTime now, long wallNs, IntPredicate enough)
      throws JournalException {
    quiet.begin(engine, lastTime, lastWallNs);
    lastTime = timeAfter(lastTime, batch.isEmpty() ? new Input.Tick() : batch.getFirst(), now);
    lastWallNs = wallNs;
    List<Input> inputs = new ArrayList<>(batch);
    for (int attempt = 0; ; attempt++) {
      List<Done> done = new ArrayList<>(inputs.size());
      int at = 0;
      try {
        while (at < inputs.size()) {
          Input.Stamped in = new Input.Stamped(lastTime, wallNs, inputs.get(at));
          done.add(new Done(in, engine.step(in)));
          quiet.stepped(engine.wasQuiet());
          boolean last = at < inputs.size() - 1 && enough.test(at + 1);
          at = last ? inputs.size() - 1 : at + 1;
        }
        return done;
      } catch (RuntimeException e) {
        String what = FaultReason.of(e);
        faults.leftOut(inputs.get(at), what);
        if (attempt > batch.size()) {
          throw e;
        }
        inputs.set(at, inPlaceOf(inputs.get(at), what, e));
        renew();
      }
    }
  }

  /** Time does not run back, but where a correction says so. */
  static UtcTime timeAfter(UtcTime last, Input input, UtcTime now) {
    return input instanceof Input.ClockCorrected ? now : UtcTime.max(last, now);
  }

  private void renew() throws JournalException {
    Recovery r = new Recovery(log, snapshots, keyring, engines, List.of());
    var unused = r.run((in, effects) -> {});
    engine = r.engine();
    quiet.before().ifPresent(this::restep);
  }

  /**
   * What the inputs lead to that stayed out of the journal since the last one in it: whoever steps
   * this after the journal is where this engine is. Empty when none did. Between {@link #append}
   * and the next {@link #step}.
   */
  public Optional<Input.Stamped> unwritten() {
    return quiet.come(engine, lastTime, lastWallNs);
  }

  /** Goes where inputs led that are not in the journal. Their effects were carried out before. */
  private void restep(Input.Stamped leftOut) {
    keyring.replaying(true);
    try {
      engine.step(leftOut);
    } finally {
      keyring.replaying(false);
    }
  }

  private static Input inPlaceOf(Input input, String reason, RuntimeException cause) {
    return switch (input) {
      case Input.PlotReceived p -> new Input.PlotRefused(p.feed(), p.seq(), reason);
      case Input.TrackFiled f -> new Input.PlotRefused(f.feed(), f.seq(), reason);
      case Input.FrameReceived f -> new Input.FrameRefused(f.wire(), reason);
      case Input.Ordered o -> new Input.Tick();
      case Input.Configured c -> throw cause;
      case Input.PlotRefused p -> throw cause;
      case Input.LinkChanged c -> throw cause;
      case Input.FrameRefused f -> throw cause;
      case Input.CheckpointJudged c -> throw cause;
      case Input.RecordsDeleted d -> throw cause;
      case Input.ClockCorrected c -> throw cause;
      case Input.Flush f -> throw cause;
      case Input.Tick t -> throw cause;
      case Input.Quiet q -> throw cause;
    };
  }

  /**
   * Makes a batch durable, the one that was stepped last. One of which nothing lasting came ({@link
   * Engine#wasQuiet}) stays out of the journal; what it did may be carried out all the same. If it
   * is lost in a crash nothing is missing: time goes on, and connections are made anew.
   *
   * @return what the journal holds now that it did not hold before, in order. That is the batch,
   *     and before it what those before it lead to that stayed out; or only the latter, once in a
   *     while; or nothing
   * @throws JournalException {@code FULL} when there is no room, {@code BUSY} when another program
   *     has the store locked: call again with the same batch later; nothing of it may be carried
   *     out before
   */
  public List<Done> append(List<Done> done) throws JournalException {
    List<Done> written = new ArrayList<>(done.size() + 1);
    if (quiet.isQuiet()) {
      quiet.leaveOut();
      if (quiet.isDue(lastWallNs)) {
        unwritten().ifPresent(in -> written.add(new Done(in, List.of())));
      }
    } else {
      quiet.before().ifPresent(in -> written.add(new Done(in, List.of())));
      written.addAll(done);
    }
    if (!written.isEmpty()) {
      write(written);
      quiet.written(lastWallNs);
    }
    return written;
  }

  private void write(List<Done> written) throws JournalException {
    List<JournalEntry> entries = new ArrayList<>(written.size());
    for (Done d : written) {
      boolean say = !saidBehaviour && entries.isEmpty();
      entries.add(
          new JournalEntry(
              InputCodec.encode(d.input()),
              FactsCodec.encode(
                  say ? Optional.of(Engine.BEHAVIOUR) : Optional.empty(), d.effects())));
    }
    log.append(entries);
    saidBehaviour = true;
  }
}
