package parallax.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.FaultReason;
import parallax.engine.Input;
import parallax.journal.CursorRecord;
import parallax.journal.Journal;
import parallax.journal.JournalException;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;
import parallax.link.Keyring;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.wire.InputCodec;

/**
 * An engine and its journal. The user calls {@link #step}, then {@link #append}, and only then
 * carries out the effects: what leaves is durable here. For one thread.
 */
public final class Runner {
  private final Journal journal;
  private final Keyring keyring;
  private final Supplier<Engine> newEngine;
  private final Faults faults;
  private QuietTime quiet = new QuietTime();
  private Engine engine;
  private @Nullable Engine renewed;
  private long nextToRenew = 1;
  private UtcTime lastTime = new UtcTime(Long.MIN_VALUE);
  private long lastWallNs = Long.MIN_VALUE;

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
   * @param journal the journal
   * @param keyring the keys that the engines sign with; it signs nothing during a replay
   * @param newEngine makes an engine that has seen no input yet
   * @param faults is told of inputs that are left out
   */
  public Runner(Journal journal, Keyring keyring, Supplier<Engine> newEngine, Faults faults) {
    this.journal = journal;
    this.keyring = keyring;
    this.newEngine = newEngine;
    this.faults = faults;
    this.engine = newEngine.get();
  }

  /** The engine as it stands. */
  public Engine engine() {
    return engine;
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
   * Rebuilds the engine from the journal; returns how many inputs it holds.
   *
   * @throws JournalException when the journal is corrupt
   * @throws InvalidValueException when the rebuilt outboxes and cursors are not the stored ones
   */
  public long replay(Replayed seen) throws JournalException {
    quiet = new QuietTime();
    engine =
        rebuild(
            (in, effects) -> {
              lastTime = timeAfter(in.input(), in.time());
              lastWallNs = in.wallNs();
              seen.on(in, effects);
            });
    for (LinkHealth h : engine.health()) {
      requireStored(h);
    }
    return journal.nextPosition() - 1;
  }

  /** Compares a stored outbox or cursor with the one that follows from the replayed inputs. */
  private void requireStored(LinkHealth h) throws JournalException {
    StreamId stream = h.stream();
    boolean ours =
        engine.configuration().filter(c -> c.nation().equals(stream.originator())).isPresent();
    String what = ours ? "outbox" : "cursor";
    long given = ours ? h.highWaterMark() : h.acknowledged() + 1;
    long stored =
        ours
            ? journal.lastOutboxSeq(outboxName(stream)).orElse(0)
            : journal.cursor(cursorName(stream)).map(CursorRecord::next).orElse(1L);
    if (stored != given) {
      throw new InvalidValueException(
          "stored " + what + " of " + stream,
          "at " + stored,
          given + ", which the journal's inputs give; the store was changed by hand");
    }
  }

  private Engine rebuild(Replayed seen) throws JournalException {
    Engine fresh = newEngine.get();
    keyring.replaying(true);
    try {
      journal.replay(
          1,
          (position, bytes) -> {
            Input.Stamped in = InputCodec.decode(bytes);
            seen.on(in, fresh.step(in));
          });
    } finally {
      keyring.replaying(false);
    }
    return fresh;
  }

  /**
   * Steps the engine through a batch. An input that the engine cannot digest (a fault of ours) is
   * taken out: the engine is rebuilt from the journal, which does not hold that input, and the
   * batch goes on with a refusal in its place.
   *
   * @param batch inputs in order of receipt; an {@link Input.ClockCorrected} only as the first
   * @param now the node's time of receipt; an earlier one than the last is taken for the last,
   *     unless the batch begins with a correction of the clock
   * @param wallNs wall clock, UTC nanoseconds
   */
  public List<Done> step(List<Input> batch, UtcTime now, long wallNs) throws JournalException {
    quiet.begin(engine, lastTime, lastWallNs);
    lastTime = timeAfter(batch.isEmpty() ? new Input.Tick() : batch.getFirst(), now);
    lastWallNs = wallNs;
    List<Input> inputs = new ArrayList<>(batch);
    for (int attempt = 0; ; attempt++) {
      List<Done> done = new ArrayList<>(inputs.size());
      int at = 0;
      try {
        for (; at < inputs.size(); at++) {
          Input.Stamped in = new Input.Stamped(lastTime, wallNs, inputs.get(at));
          done.add(new Done(in, engine.step(in)));
          quiet.stepped(engine.wasQuiet());
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
  private UtcTime timeAfter(Input input, UtcTime now) {
    return input instanceof Input.ClockCorrected ? now : UtcTime.max(lastTime, now);
  }

  private void renew() throws JournalException {
    engine = rebuild((in, effects) -> {});
    quiet.before().ifPresent(this::restep);
  }

  /** The position of the next input that {@link #renew(List)} must be given. */
  long nextToRenew() {
    return nextToRenew;
  }

  /**
   * Goes on making a second engine from the journal, while the first one goes on working.
   *
   * @param inputs the next inputs of the journal, from {@link #nextToRenew} on, in order
   */
  void renew(List<byte[]> inputs) {
    Engine fresh = renewed == null ? newEngine.get() : renewed;
    renewed = fresh;
    keyring.replaying(true);
    try {
      inputs.forEach(bytes -> fresh.step(InputCodec.decode(bytes)));
    } finally {
      keyring.replaying(false);
    }
    nextToRenew += inputs.size();
  }

  /** Puts the second engine in the place of the first, once it has seen the whole journal. */
  void swap() {
    if (renewed != null) {
      Optional<Input.Stamped> leftOut = unwritten();
      engine = renewed;
      renewed = null;
      nextToRenew = 1;
      leftOut.ifPresent(this::restep);
    }
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
    List<byte[]> inputs = new ArrayList<>(written.size());
    List<OutboxEntry> outbox = new ArrayList<>();
    List<CursorRecord> cursors = new ArrayList<>();
    for (Done d : written) {
      inputs.add(InputCodec.encode(d.input()));
      if (d.input().input() instanceof Input.RecordsDeleted x) {
        cursors.addAll(Retention.closed(x, journal.nextPosition() + inputs.size() - 1));
      }
      for (Effect e : d.effects()) {
        if (e instanceof Effect.OutboxAppended o) {
          outbox.add(new OutboxEntry(outboxName(o.stream()), o.seq(), o.record()));
        } else if (e instanceof Effect.CursorMoved c) {
          cursors.add(new CursorRecord(cursorName(c.stream()), c.nextSeq(), c.chainHash()));
        }
      }
    }
    journal.append(new Transaction(inputs, outbox, cursors));
  }

  /** The journal's name of the outbox of one of this nation's streams. */
  public static String outboxName(StreamId stream) {
    return stream.recipient() + "/" + stream.lane();
  }

  /** The journal's name of the cursor of a partner's stream. */
  public static String cursorName(StreamId stream) {
    return "in/" + stream.originator() + "/" + stream.lane();
  }
}
