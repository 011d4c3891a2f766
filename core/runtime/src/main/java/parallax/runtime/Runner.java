package parallax.runtime;

import java.util.ArrayList;
import java.util.List;
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
import parallax.link.Frame;
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
  private static final int MOST_UNWRITTEN = 40;

  private final Journal journal;
  private final Keyring keyring;
  private final Supplier<Engine> newEngine;
  private final Faults faults;
  private final List<Input.Stamped> unwritten = new ArrayList<>();
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
   * Rebuilds the engine from the journal; returns how many inputs it holds.
   *
   * @throws JournalException when the journal is corrupt
   * @throws InvalidValueException when the rebuilt outboxes and cursors are not the stored ones
   */
  public long replay(Replayed seen) throws JournalException {
    unwritten.clear();
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
    restep();
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
      engine = renewed;
      renewed = null;
      nextToRenew = 1;
      restep();
    }
  }

  /** Steps the inputs that are not in the journal yet. Their effects were carried out before. */
  private void restep() {
    keyring.replaying(true);
    try {
      unwritten.forEach(engine::step);
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
    };
  }

  /**
   * Makes a stepped batch durable. A batch that holds only ticks, flushes and receipts, and had no
   * effects, is not written at once but with the next batch. If it is lost in a crash nothing is
   * missing: time goes on, and partners send their receipts again.
   *
   * @return whether anything was written
   * @throws JournalException {@code FULL} when there is no room, {@code BUSY} when another program
   *     has the store locked: call again with the same batch later; nothing of it may be carried
   *     out before
   */
  public boolean append(List<Done> done) throws JournalException {
    if (unwritten.size() + done.size() <= MOST_UNWRITTEN && mayWait(done)) {
      done.forEach(d -> unwritten.add(d.input()));
      return false;
    }
    List<byte[]> inputs = new ArrayList<>(unwritten.size() + done.size());
    unwritten.forEach(in -> inputs.add(InputCodec.encode(in)));
    List<OutboxEntry> outbox = new ArrayList<>();
    List<CursorRecord> cursors = new ArrayList<>();
    for (Done d : done) {
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
    unwritten.clear();
    return true;
  }

  private static boolean mayWait(List<Done> done) {
    return done.stream()
        .allMatch(
            d ->
                d.effects().isEmpty()
                    && switch (d.input().input()) {
                      case Input.Tick t -> true;
                      case Input.Flush f -> true;
                      case Input.FrameReceived f -> f.frame() instanceof Frame.Ack;
                      default -> false;
                    });
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
