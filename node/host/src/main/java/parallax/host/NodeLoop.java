package parallax.host;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.HeldReport;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.Order;
import parallax.engine.RetentionClause;
import parallax.journal.ForgettingJournal;
import parallax.journal.JournalException;
import parallax.link.Keyring;
import parallax.link.LinkHealth;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.runtime.Retention;
import parallax.runtime.Runner;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * The loop of a node: takes what has arrived, steps the engine, makes inputs, outbox and cursors
 * durable in one transaction, and only then carries out the other effects. The batch is whatever
 * came while the last one was written, up to a limit; a {@link Input.Tick} comes every {@value
 * #TICK_MS} ms, with a transaction of its own, so that no record waits for pictures.
 */
public final class NodeLoop implements AutoCloseable {
  private static final long TICK_MS = 50;
  private static final long RETRY_MS = 250;
  private static final long HEALTH_NS = 200_000_000;

  /**
   * How often it is looked whether something is due to be deleted, and how long a failure rests.
   */
  private static final long LOOK_NS = 86_400_000_000_000L;

  private static final long REST_NS = 60_000_000_000L;

  /** Inputs that are looked at, or deleted from, at once. */
  private static final int PIECE = 200;

  /** What making the engine anew may take of a tick, and inputs between two looks at the clock. */
  private static final long RENEW_NS = 5_000_000;

  private static final int RENEWED_AT_ONCE = 10;

  private final NodeClock clock;
  private final EventLog events;
  private final NodeLog log;
  private final InputQueue queue = new InputQueue();
  private final Map<String, Long> durablePlots = new ConcurrentSkipListMap<>();
  private final Thread thread = new Thread(this::run, "engine");
  private final Runner runner;
  private final ForgettingJournal journal;
  private @Nullable Retention retention;
  private long lookAtNs;
  private final Keyring keyring;
  private @Nullable KeySource keySource;
  private final Deque<CompletableFuture<Effect.OrderAnswered>> orders = new ArrayDeque<>();
  private volatile List<LinkHealth> health = List.of();
  private volatile List<HeldReport> held = List.of();
  private long healthAtNs;
  private @Nullable EffectSink sink;
  private @Nullable Input first;
  private @Nullable AuditLog audit;

  /** Done, but kept out of the journal until something is worth writing. */
  private final List<Runner.Done> unrecorded = new ArrayList<>();

  private volatile boolean running = true;
  private volatile @Nullable String failure;

  /**
   * A loop over an open journal; {@code newEngine} makes engines that know nothing yet and sign
   * with {@code keyring}.
   */
  public NodeLoop(
      ForgettingJournal journal,
      NodeClock clock,
      Keyring keyring,
      Supplier<Engine> newEngine,
      EventLog events,
      NodeLog log) {
    this.journal = journal;
    this.clock = clock;
    this.events = events;
    this.log = log;
    this.keyring = keyring;
    this.runner = new Runner(journal, keyring, newEngine, this::leftOut);
  }

  private void leftOut(Input input, String what) {
    log.say("INTERNAL_ERROR", "input left out: " + what);
    if (input instanceof Input.Ordered) {
      answerNext(null, new IllegalStateException("the node failed on it: " + what));
    }
  }

  /**
   * Goes on with a deletion that was begun, and rebuilds the engine from the journal; returns how
   * many inputs it holds. Where records were deleted alerts follow that were never raised: those
   * are not published.
   *
   * @throws IOException when the journal is corrupt, or the audit log can be neither continued nor
   *     begun
   * @throws InvalidValueException when the rebuilt outboxes are not the stored ones
   */
  public long replay() throws IOException {
    Retention deleting = new Retention(journal);
    stored(
        () -> {
          deleting.finish(PIECE);
          return true;
        });
    retention = deleting;
    long differsThrough = Retention.differsThrough(journal);
    if (audit != null) {
      audit.trustThrough(differsThrough);
    }
    long[] position = {0};
    return runner.replay(
        (in, effects) -> {
          position[0]++;
          if (in.input() instanceof Input.RecordsDeleted d) {
            events.goOnAt(d.events());
          }
          for (Effect e : effects) {
            if (e instanceof Effect.PlotsAcknowledged p) {
              durablePlots.put(p.feed(), p.seq());
            }
            if (e instanceof Effect.AlertRaised a && sink != null && position[0] > differsThrough) {
              sink.publish(a.action());
            }
            events.add(in.time(), in.wallNs(), 0, e);
          }
          if (audit != null) {
            audit.replayed(in, effects);
          }
        });
  }

  /**
   * Refuses a journal that another node wrote.
   *
   * @throws InvalidValueException when the replayed journal is of another nation or channel
   */
  public void requireJournalOf(Nation nation, Channel channel) {
    runner
        .engine()
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

  /** The key that streams are signed with after what was replayed; empty before any start. */
  public Optional<VerificationKey> streamKey() {
    return runner.engine().configuration().map(c -> runner.engine().streamKey());
  }

  /**
   * The policy in force after what was replayed, if an order put it in the place of the one that
   * the last start brought.
   */
  public Optional<String> orderedPolicy(String brought) {
    Engine e = runner.engine();
    Optional<String> inForce = e.configuration().map(NodeConfiguration::policy);
    return e.configuredPolicy().filter(brought::equals).isPresent()
        ? inForce.filter(p -> !p.equals(brought))
        : Optional.empty();
  }

  /** Says where effects go; before {@link #replay} and {@link #start}. */
  public void sinkTo(EffectSink effects) {
    this.sink = effects;
  }

  /** Says where it is recorded what is done; before {@link #replay} and {@link #start}. */
  public void auditTo(AuditLog log) {
    this.audit = log;
  }

  /** Starts the loop's thread with a first input. */
  public void start(Input first) {
    this.first = first;
    thread.start();
  }

  /** Hands in an input; waits while its source is ahead. False once the node is stopping. */
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
      if (first != null) {
        batch.add(first);
      }
      long tickNs = System.nanoTime();
      while (running) {
        queue.take(batch, tickNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!batch.isEmpty()) {
          batch.add(new Input.Flush());
          work(batch);
          batch.clear();
        }
        if (System.nanoTime() - tickNs >= 0) {
          work(List.of(new Input.Tick()));
          deleteWhatIsDue();
          tickNs = System.nanoTime() + TICK_MS * 1_000_000;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure = e.getClass().getSimpleName() + ": " + e.getMessage();
      log.say("FATAL", "the node stops: " + failure);
      running = false;
    }
  }

  private void work(List<Input> batch) throws IOException, InterruptedException {
    long wallNs = NodeClock.wallNs();
    List<Runner.Done> done = runner.step(batch, clock.at(wallNs), wallNs);
    boolean durable = stored(() -> runner.append(done));
    unrecorded.addAll(done);
    if (durable) {
      if (audit != null) {
        audit.done(List.copyOf(unrecorded));
      }
      unrecorded.clear();
      if (done.stream().anyMatch(NodeLoop::answersAnOrder)) {
        held = runner.engine().held(); // whoever has an answer sees what came of it
      }
      for (Runner.Done d : done) {
        for (Effect e : d.effects()) {
          carryOut(e);
          events.add(d.input().time(), d.input().wallNs(), NodeClock.wallNs(), e);
        }
      }
    }
    if (wallNs - healthAtNs > HEALTH_NS || wallNs < healthAtNs) {
      healthAtNs = wallNs;
      health = runner.engine().health();
      held = runner.engine().held();
    }
  }

  /** Looks for, or deletes, a piece of what partners told so long ago that it may not be kept. */
  private void deleteWhatIsDue() throws IOException, InterruptedException {
    Retention r = retention;
    long wallNs = NodeClock.wallNs();
    if (r == null || wallNs < lookAtNs) {
      return;
    }
    Optional<RetentionClause> clause = runner.engine().retention();
    if (clause.isEmpty()) {
      return;
    }
    try {
      if (!Retention.isUnderWay(journal)) {
        if (r.look(clause.get().until(wallNs), PIECE) && !Retention.isUnderWay(journal)) {
          lookAtNs = wallNs + LOOK_NS;
        }
        return;
      }
      if (!r.delete(PIECE) || !renew(r)) {
        return;
      }
    } catch (JournalException e) {
      lookAtNs = wallNs + REST_NS;
      log.say("NOT_DELETED", "what is due is not deleted yet: " + e.getMessage());
      return;
    }
    Input.RecordsDeleted d = r.close(clause.get().clause(), events.next());
    events.forgetBefore(d.untilWallNs());
    work(List.of(d));
  }

  private boolean renew(Retention r) throws JournalException {
    long end = System.nanoTime() + RENEW_NS;
    boolean renewed;
    do {
      renewed = r.renew(runner, RENEWED_AT_ONCE);
    } while (!renewed && System.nanoTime() < end);
    return renewed;
  }

  private static boolean answersAnOrder(Runner.Done d) {
    return d.effects().stream().anyMatch(e -> e instanceof Effect.OrderAnswered);
  }

  /** How the streams to and from each partner were a moment ago. */
  public List<LinkHealth> health() {
    return health;
  }

  /** What waited for a person a moment ago. */
  public List<HeldReport> held() {
    return held;
  }

  /** Where the nation's stream keys are read when a new one is ordered into use. */
  @FunctionalInterface
  public interface KeySource {
    /** The keys as they lie there now. */
    List<SigningKey> read() throws IOException;
  }

  /** Says where the nation's stream keys are; before {@link #start}. */
  public void keysFrom(KeySource source) {
    this.keySource = source;
  }

  /** Hands in an order; the answer comes once it is durable. */
  public CompletableFuture<Effect.OrderAnswered> order(String by, Order order) {
    CompletableFuture<Effect.OrderAnswered> answer = new CompletableFuture<>();
    if (order instanceof Order.RotateKey r && !canSignWith(r.successor())) {
      answer.complete(
          new Effect.OrderAnswered(
              by,
              order,
              false,
              "the node holds no secret half of key " + r.successor().fingerprint()));
      return answer;
    }
    synchronized (orders) {
      orders.add(answer);
      if (!submit(new Input.Ordered(by, order))) {
        orders.removeLast();
        answer.completeExceptionally(new IllegalStateException("the node is stopping"));
      }
    }
    return answer;
  }

  private boolean canSignWith(VerificationKey key) {
    KeySource source = keySource;
    if (!keyring.holds(key) && source != null) {
      try {
        source.read().forEach(keyring::add);
      } catch (IOException | InvalidValueException e) {
        log.say("KEY", "stream keys cannot be read: " + e.getMessage());
      }
    }
    return keyring.holds(key);
  }

  private void answerNext(Effect.@Nullable OrderAnswered answer, @Nullable Exception problem) {
    CompletableFuture<Effect.OrderAnswered> next;
    synchronized (orders) {
      next = orders.poll();
    }
    if (next == null) {
      return;
    }
    if (answer != null) {
      next.complete(answer);
    } else if (problem != null) {
      next.completeExceptionally(problem);
    }
  }

  private interface Storing<T> {
    T run() throws JournalException;
  }

  /** Stores, waiting as long as the store is full or locked: nothing is lost, nothing leaves. */
  private <T> T stored(Storing<T> storing) throws JournalException {
    while (true) {
      try {
        return storing.run();
      } catch (JournalException e) {
        if (!running) {
          throw e;
        }
        switch (e.kind()) {
          case FULL ->
              log.say(
                  "JOURNAL_FULL",
                  "no room to store what came in; nothing is released until there is: "
                      + e.getMessage());
          case BUSY ->
              log.say(
                  "JOURNAL_BUSY",
                  "what came in cannot be stored now; nothing is released until it is: "
                      + e.getMessage());
          case CORRUPT, CLOSED, LOCKED, OTHER -> throw e;
        }
        try {
          Thread.sleep(RETRY_MS);
        } catch (InterruptedException i) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  private void carryOut(Effect e) {
    EffectSink s = sink;
    if (s == null) {
      return;
    }
    switch (e) {
      case Effect.SendFrame f -> s.send(f.wire(), f.frame());
      case Effect.CloseLink c -> s.close(c.wire(), c.reason());
      case Effect.CutLink c -> s.cut(c.wire());
      case Effect.DialLink d -> s.dial(d.wire());
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
      case Effect.RecordFolded f -> {}
      case Effect.Relayed r -> {}
      case Effect.NoticeApplied a ->
          log.say("NOTICE_APPLIED", a.partner() + " has applied the notice on " + a.track());
      case Effect.GapRecorded g ->
          log.say(
              "GAP",
              g.stream() + ": " + g.from() + " to " + g.to() + " will never come: " + g.reason());
      case Effect.OrderAnswered o -> {
        log.say("ORDER", o.by() + (o.done() ? ": " : ", refused: ") + o.detail());
        if (o.done()
            && (o.order() instanceof Order.PutPolicy || o.order() instanceof Order.RevertPolicy)) {
          runner.engine().configuration().ifPresent(c -> s.keepPolicy(c.policy()));
        }
        answerNext(o, null);
      }
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
