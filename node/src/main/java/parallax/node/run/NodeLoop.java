package parallax.node.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.formats.InputCodec;
import parallax.journal.CursorRecord;
import parallax.journal.Journal;
import parallax.journal.JournalException;
import parallax.journal.OutboxEntry;
import parallax.journal.Transaction;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;

/**
 * The loop of a node: takes what has arrived, steps the engine, makes inputs, outbox and cursors
 * durable in one transaction, and only then carries out the other effects. The batch is whatever
 * came while the last one was written; a {@link Input.Tick} closes each.
 */
public final class NodeLoop implements AutoCloseable {
  private static final int QUEUE = 20_000;
  private static final int MOST_A_BATCH = 2_000;
  private static final long TICK_MS = 50;
  private static final long RETRY_MS = 250;
  private static final int MOST_UNWRITTEN = 40;

  private final Journal journal;
  private final NodeClock clock;
  private final Supplier<Engine> newEngine;
  private final EventLog events;
  private final NodeLog log;
  private final BlockingQueue<Input> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Map<String, Long> durablePlots = new ConcurrentSkipListMap<>();
  private final Thread thread = new Thread(this::run, "engine");
  private final List<Input.Stamped> unwritten = new ArrayList<>();
  private Engine engine;
  private UtcTime lastTime = new UtcTime(Long.MIN_VALUE);
  private @Nullable EffectSink sink;
  private volatile boolean running = true;
  private volatile @Nullable String failure;

  /** A loop over an open journal; {@code newEngine} makes engines that know nothing yet. */
  public NodeLoop(
      Journal journal, NodeClock clock, Supplier<Engine> newEngine, EventLog events, NodeLog log) {
    this.journal = journal;
    this.clock = clock;
    this.newEngine = newEngine;
    this.events = events;
    this.log = log;
    this.engine = newEngine.get();
  }

  /**
   * Rebuilds the engine from the journal; returns how many inputs it holds.
   *
   * @throws JournalException when the journal is corrupt
   * @throws InvalidValueException when the rebuilt outboxes are not the stored ones
   */
  public long replay() throws JournalException {
    SortedMap<String, Long> outboxes = new TreeMap<>();
    engine =
        rebuild(
            (in, effects) -> {
              for (Effect e : effects) {
                if (e instanceof Effect.OutboxAppended o) {
                  outboxes.put(o.partner().code(), o.seq());
                }
                if (e instanceof Effect.PlotsAcknowledged p) {
                  durablePlots.put(p.feed(), p.seq());
                }
                if (e instanceof Effect.AlertRaised a && sink != null) {
                  sink.publish(a.action());
                }
                events.add(in.time(), in.wallNs(), 0, e);
              }
            });
    for (Map.Entry<String, Long> o : outboxes.entrySet()) {
      long stored = journal.lastOutboxSeq(o.getKey()).orElse(0);
      if (stored != o.getValue()) {
        throw new InvalidValueException(
            "stored outbox of " + o.getKey(),
            "at " + stored,
            o.getValue() + ", which the journal's inputs give; the store was changed by hand");
      }
    }
    return journal.nextPosition() - 1;
  }

  /**
   * Refuses a journal that another node wrote.
   *
   * @throws InvalidValueException when the replayed journal is of another nation or channel
   */
  public void requireJournalOf(Nation nation, Channel channel) {
    engine
        .configuration()
        .ifPresent(
            c -> {
              if (!c.nation().equals(nation) || c.channel() != channel) {
                throw new InvalidValueException(
                    "journal",
                    "that of " + c.nation() + " on channel " + c.channel(),
                    "one of " + nation + " on channel " + channel + ", or an empty one");
              }
            });
  }

  private interface Replayed {
    void on(Input.Stamped in, List<Effect> effects);
  }

  private Engine rebuild(Replayed seen) throws JournalException {
    Engine fresh = newEngine.get();
    journal.replay(
        1,
        (position, bytes) -> {
          Input.Stamped in = InputCodec.decode(bytes);
          lastTime = UtcTime.max(lastTime, in.time());
          seen.on(in, fresh.step(in));
        });
    return fresh;
  }

  /** Says where effects go; before {@link #replay} and {@link #start}. */
  public void sinkTo(EffectSink effects) {
    this.sink = effects;
  }

  /** Starts the loop's thread with a first input. */
  public void start(Input first) {
    queue.add(first);
    thread.start();
  }

  /** Hands in an input; waits while the loop is behind. False once the node is stopping. */
  public boolean submit(Input input) {
    try {
      while (running) {
        if (queue.offer(input, 100, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /** The last durable number of a feed; 0 when nothing of it is. */
  public long durablePlots(String feed) {
    return durablePlots.getOrDefault(feed, 0L);
  }

  /** Why the loop ended by itself; null while it runs or after it was closed. */
  public @Nullable String failure() {
    return failure;
  }

  private void run() {
    try {
      List<Input> batch = new ArrayList<>();
      while (running) {
        Input first = queue.poll(TICK_MS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, MOST_A_BATCH);
          batch.add(new Input.Flush());
          work(batch);
          batch.clear();
        }
        work(List.of(new Input.Tick()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure = e.getClass().getSimpleName() + ": " + e.getMessage();
      log.say("FATAL", "the node stops: " + failure);
      running = false;
    }
  }

  private record Done(Input.Stamped input, List<Effect> effects) {}

  private void work(List<Input> batch) throws IOException, InterruptedException {
    long wallNs = NodeClock.wallNs();
    lastTime = UtcTime.max(lastTime, clock.at(wallNs));
    List<Done> done = step(batch, lastTime, wallNs);
    if (done.size() == 1
        && done.get(0).input().input() instanceof Input.Tick
        && done.get(0).effects().isEmpty()
        && unwritten.size() < MOST_UNWRITTEN) {
      unwritten.add(done.get(0).input());
      return;
    }
    List<byte[]> inputs = new ArrayList<>(unwritten.size() + done.size());
    unwritten.forEach(in -> inputs.add(InputCodec.encode(in)));
    List<OutboxEntry> outbox = new ArrayList<>();
    List<CursorRecord> cursors = new ArrayList<>();
    for (Done d : done) {
      inputs.add(InputCodec.encode(d.input()));
      for (Effect e : d.effects()) {
        if (e instanceof Effect.OutboxAppended o) {
          outbox.add(new OutboxEntry(o.partner().code(), o.seq(), o.record()));
        } else if (e instanceof Effect.CursorMoved c) {
          cursors.add(new CursorRecord("in/" + c.partner(), c.nextSeq(), c.chainHash()));
        }
      }
    }
    append(new Transaction(inputs, outbox, cursors));
    unwritten.clear();
    for (Done d : done) {
      for (Effect e : d.effects()) {
        carryOut(e);
        events.add(d.input().time(), d.input().wallNs(), NodeClock.wallNs(), e);
      }
    }
  }

  /**
   * Steps the engine through a batch. An input that the engine cannot digest (a fault of ours) is
   * taken out: the engine is rebuilt from the journal, which does not hold that input, and the
   * batch goes on with a refusal in its place.
   */
  private List<Done> step(List<Input> batch, UtcTime now, long wallNs) throws JournalException {
    List<Input> inputs = new ArrayList<>(batch);
    for (int attempt = 0; ; attempt++) {
      List<Done> done = new ArrayList<>(inputs.size());
      int at = 0;
      try {
        for (; at < inputs.size(); at++) {
          Input.Stamped in = new Input.Stamped(now, wallNs, inputs.get(at));
          done.add(new Done(in, engine.step(in)));
        }
        return done;
      } catch (RuntimeException e) {
        String what = e.getClass().getSimpleName() + ": " + e.getMessage();
        log.say("INTERNAL_ERROR", "input left out: " + what);
        if (attempt > batch.size()) {
          throw e;
        }
        inputs.set(at, inPlaceOf(inputs.get(at), what, e));
        engine = rebuild((in, effects) -> {});
        unwritten.forEach(engine::step);
      }
    }
  }

  private static Input inPlaceOf(Input input, String what, RuntimeException cause) {
    String reason = what.length() > 150 ? what.substring(0, 150) : what;
    return switch (input) {
      case Input.PlotReceived p -> new Input.PlotRefused(p.feed(), p.seq(), reason);
      case Input.FrameReceived f -> new Input.FrameRefused(f.partner(), f.direction(), reason);
      case Input.Configured c -> throw cause;
      case Input.PlotRefused p -> throw cause;
      case Input.LinkChanged c -> throw cause;
      case Input.FrameRefused f -> throw cause;
      case Input.Flush f -> throw cause;
      case Input.Tick t -> throw cause;
    };
  }

  /** Appends, waiting for room as long as the store is full: nothing is lost, nothing leaves. */
  private void append(Transaction t) throws JournalException, InterruptedException {
    while (true) {
      try {
        journal.append(t);
        return;
      } catch (JournalException e) {
        if (e.kind() != JournalException.Kind.FULL || !running) {
          throw e;
        }
        log.say(
            "JOURNAL_FULL",
            "no room to store what came in; nothing is released until there is: " + e.getMessage());
        Thread.sleep(RETRY_MS);
      }
    }
  }

  private void carryOut(Effect e) {
    EffectSink s = sink;
    if (s == null) {
      return;
    }
    switch (e) {
      case Effect.SendFrame f -> s.send(f.partner(), f.direction(), f.frame());
      case Effect.CloseLink c -> s.close(c.partner(), c.direction());
      case Effect.AlertRaised a -> s.publish(a.action());
      case Effect.PlotsAcknowledged p -> {
        durablePlots.put(p.feed(), p.seq());
        s.acknowledge(p.feed(), p.seq());
      }
      case Effect.NoticeRaised n -> log.say(n.kind().name(), n.detail());
      case Effect.OutboxAppended o -> {}
      case Effect.CursorMoved c -> {}
      case Effect.PictureChanged p -> {}
      case Effect.DecisionRecorded d -> {}
      case Effect.RecordsTaken r -> {}
    }
  }

  /** Stops the loop after the batch under way. Does not close the journal. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join(5_000); // returns at once when it was never started
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    events.close();
  }
}
