package parallax.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.HeldReport;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.NoticeProgress;
import parallax.engine.Order;
import parallax.journal.JournalException;
import parallax.link.Keyring;
import parallax.link.LinkHealth;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.NationalPolicy;
import parallax.runtime.ClockNotice;
import parallax.runtime.Engines;
import parallax.runtime.ReceiptClock;
import parallax.runtime.Runner;
import parallax.runtime.Started;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;
import parallax.wire.FeedStatus;

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

  /** While the node stops and has to wait, it says so this often. */
  private static final long SAY_STOPPING_MS = 5_000;

  private final ReceiptClock clock;
  private final EventLog events;
  private final NodeLog log;
  private final InputQueue queue = new InputQueue();
  private final Thread thread = new Thread(this::run, "engine");
  private final Runner runner;
  private final NodeStore store;
  private final Snapshots snapshots;
  private final DueDeletions deletions;
  private final Keyring keyring;
  private @Nullable KeySource keySource;
  private final PendingOrders orders = new PendingOrders();
  private final EffectHandler handler;
  private volatile List<LinkHealth> health = List.of();
  private volatile Optional<String> sharesNothing =
      Optional.of("the node is starting and has not read its configuration yet");
  private volatile List<HeldReport> held = List.of();
  private volatile List<NoticeProgress> notices = List.of();
  private volatile long nowNs;
  private long healthAtNs = System.nanoTime() - HEALTH_NS;
  private boolean forgot;
  private @Nullable Input first;
  private @Nullable AuditLog audit;

  /** Whether the journal holds all that the engine has stepped. */
  private volatile boolean whole = true;

  /** Inputs that were handed in and taken up; only the loop's thread counts. */
  private volatile long taken;

  private volatile boolean running = true;
  private volatile @Nullable String failure;

  /** A loop over an open journal; {@code engines} sign with {@code keyring}. */
  public NodeLoop(
      NodeStore store,
      NodeClock clock,
      Keyring keyring,
      Engines engines,
      EventLog events,
      NodeLog log) {
    this.store = store;
    this.clock = new ReceiptClock(clock::at);
    this.events = events;
    this.log = log;
    this.keyring = keyring;
    this.runner = new Runner(store.log(), store.snapshots(), keyring, engines, this::leftOut);
    this.runner.remember(new RememberedEvents(events, engines::area));
    this.snapshots = new Snapshots(runner, store, log);
    this.deletions = new DueDeletions(runner, store, snapshots, events, log);
    this.handler = new EffectHandler(log, orders, this::policyInForce);
    this.runner.remember(handler.feedCounts());
  }

  private void leftOut(Input input, String what) {
    log.say("INTERNAL_ERROR", "input left out: " + what);
    if (input instanceof Input.Ordered) {
      orders.failed("the node failed on it: " + what);
    }
  }

  /**
   * Makes the engine from the newest good snapshot and the inputs that followed it. Alerts that may
   * not have been published are published again.
   *
   * @throws IOException when the journal cannot be read; the message says what to do
   */
  public Started recover() throws IOException {
    Started started =
        runner.start(
            (in, effects) -> {
              replayed(in, effects);
              if (audit != null) {
                audit.replayed(in, effects);
              }
            });
    return recovered(started);
  }

  private void replayed(Input.Stamped in, List<Effect> effects) {
    forgot |= in.input() instanceof Input.RecordsDeleted;
    effects.forEach(handler::replayed);
    events.add(in, effects);
  }

  private Started recovered(Started started) throws IOException {
    for (String note : started.notes()) {
      log.change("JOURNAL_NOTE", note);
    }
    for (String difference : started.differences()) {
      log.change("STATE_DIFFERS", difference);
    }
    events.alerts().forEach(handler::replayed);
    runner.engine().feeds().forEach(handler::feedRecovered);
    if (runner.lastWallNs() != Long.MIN_VALUE) {
      clock.goOnAfter(runner.lastTime(), runner.lastWallNs());
    }
    snapshots.started(store.log().nextPosition(), started.replayed());
    if (forgot) {
      snapshots.soon(true); // the node ended before there was one without what was deleted
    }
    return started;
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

  /**
   * Refuses a policy that is another text under the version of the one in force after what was
   * replayed.
   *
   * @param file what errors call it
   */
  public void requireNewVersion(String policy, String file) {
    policyInForce().ifPresent(p -> NationalPolicy.requireNewVersion(List.of(p), policy, file));
  }

  /** Says where effects go; before {@link #recover} and {@link #start}. */
  public void sinkTo(EffectSink effects) {
    handler.sinkTo(effects);
  }

  /** Says where it is recorded what is done; before {@link #recover} and {@link #start}. */
  public void auditTo(AuditLog log) {
    this.audit = log;
    runner.remember(log);
  }

  /** Starts the loop's thread with a first input. */
  public void start(Input first) {
    this.first = first;
    thread.start();
  }

  /**
   * Hands in an input, whether there is room or not; never waits.
   *
   * @param whenRoom runs once, as soon as the input's source may hand in more again, on any thread;
   *     does not run when the answer is true, or when the node is stopping
   * @return whether the input's source may hand in more now
   */
  public boolean put(Input input, Runnable whenRoom) {
    return put(List.of(input), whenRoom);
  }

  /** The same with several inputs of one source, at least one. */
  boolean put(List<Input> inputs, Runnable whenRoom) {
    return running && queue.put(inputs, whenRoom);
  }

  /** How many inputs that were handed in have been taken up since the start. */
  public long taken() {
    return taken;
  }

  /** Whether inputs are still taken. */
  public boolean isRunning() {
    return running;
  }

  /**
   * Hands in an input; waits while its source has too much waiting, so it must not be called with a
   * lock held. False once the node is stopping.
   */
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
    return handler.durablePlots(feed);
  }

  /** How each sensor feed is. */
  public List<FeedStatus> feeds() {
    return handler.feeds();
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
        int urgent =
            batch.isEmpty()
                ? queue.take(batch, tickNs - System.nanoTime(), TimeUnit.NANOSECONDS)
                : queue.takeUrgent(batch);
        if (!batch.isEmpty()) {
          batch.add(new Input.Flush());
          batch = workFor(batch, urgent);
        }
        if (System.nanoTime() - tickNs >= 0) {
          work(List.of(new Input.Tick()));
          upkeep();
          tickNs = System.nanoTime() + TICK_MS * 1_000_000;
        }
      }
      queue.takeOwn(batch);
      if (!batch.isEmpty()) {
        work(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      ended(e);
    } finally {
      running = false;
      orders.end("the node is stopping");
    }
  }

  private void ended(Exception e) {
    if (!running && e instanceof JournalException j) {
      Optional<String> why =
          switch (j.kind()) {
            case FULL -> Optional.of("there is still no room to store what came in last");
            case BUSY -> Optional.of("another program still has the store locked");
            case CORRUPT, CLOSED, LOCKED, NEWER, DELETED, OTHER -> Optional.empty();
          };
      if (why.isPresent()) {
        log.say(
            "STOPPING",
            why.get() + "; it was not acknowledged, so those who sent it send it again");
        return;
      }
    }
    failure = e.getClass().getSimpleName() + ": " + e.getMessage();
    log.change("FATAL", "the node stops: " + failure);
  }

  /**
   * Works on a batch for a while: as soon as something urgent waits, or when its {@link Turn} is
   * over, the rest is left for the next time, but what is urgent in it is not.
   *
   * @param batch its last input ends it
   * @param urgent how many at its beginning are urgent
   * @return what is left
   */
  private List<Input> workFor(List<Input> batch, int urgent)
      throws IOException, InterruptedException {
    int done = work(batch, new Turn(queue, urgent));
    taken = taken() + done - 1; // without the one that ends it
    return new ArrayList<>(batch.subList(done - 1, batch.size() - 1));
  }

  private void work(List<Input> batch) throws IOException, InterruptedException {
    var unused = work(batch, stepped -> false);
  }

  /** Works on a batch; the answer is how many of its inputs were stepped. */
  private int work(List<Input> batch, IntPredicate enough)
      throws IOException, InterruptedException {
    ReceiptClock.Stamp now = clock.stamp(NodeClock.reading(), batch);
    for (ClockNotice n : now.notices()) {
      log.say(
          n.kind().name(),
          n.text() + " (number " + clock.counts().get(n.kind()) + " of its kind since the start)");
    }
    if (now.correction().isPresent()) {
      var unused = work(List.of(now.correction().get()), now, stepped -> false);
    }
    return work(batch, now, enough);
  }

  private int work(List<Input> batch, ReceiptClock.Stamp now, IntPredicate enough)
      throws IOException, InterruptedException {
    whole = false;
    long began = System.nanoTime();
    List<Runner.Done> done = runner.step(batch, now.time(), now.wallNs(), enough);
    snapshots.worked(System.nanoTime() - began);
    List<Runner.Done> journalled = stored(() -> runner.append(done));
    whole = true;
    if (audit != null && !journalled.isEmpty()) {
      audit.done(journalled, () -> running);
    }
    if (done.stream().anyMatch(NodeLoop::answersAnOrder)) {
      lookAtDesk(now.time()); // whoever has an answer sees what came of it
    }
    boolean recorded = !journalled.isEmpty() && journalled.getLast().equals(done.getLast());
    for (Runner.Done d : done) {
      handler.taken(d.input().input());
      if (d.input().input() instanceof Input.Configured c) {
        saySharing(c.configuration());
      }
      for (Effect e : d.effects()) {
        handler.carryOut(d.input().time(), e);
      }
    }
    handler.answerFeeds();
    if (recorded) { // events are numbered in the order of the journal
      events.add(done, clock.wallNs(System.nanoTime()));
    }
    if (System.nanoTime() - healthAtNs > HEALTH_NS) {
      healthAtNs = System.nanoTime();
      health = runner.engine().health();
      lookAtDesk(now.time());
    }
    return done.size();
  }

  private void lookAtDesk(UtcTime now) {
    nowNs = now.nanos();
    held = runner.engine().held();
    notices = runner.engine().notices();
  }

  private void saySharing(NodeConfiguration c) {
    sharesNothing = runner.engine().sharesNothingBecause();
    String up = c.nation() + " node is up on channel " + c.channel();
    log.change(
        "START",
        up
            + sharesNothing
                .map(why -> ", but it is " + Sharing.nothingBecause(why))
                .orElseGet(() -> ", and shares with " + c.linkKeys().keySet()));
  }

  /** Why nothing is shared with any partner; empty when something may be. */
  public Optional<String> sharesNothing() {
    return sharesNothing;
  }

  private void upkeep() throws IOException, InterruptedException {
    long nowNs = System.nanoTime();
    long wallNs = clock.wallNs(nowNs);
    boolean mayDelete = clock.mayDelete(nowNs);
    Optional<Input> due = deletions.look(nowNs, wallNs, mayDelete);
    if (due.isPresent()) {
      work(List.of(due.get()));
    }
    snapshots.look(wallNs, deletions.untilWallNs(wallNs, mayDelete));
  }

  private Optional<String> policyInForce() {
    return runner.engine().configuration().map(NodeConfiguration::policy);
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

  /** What partners had made of the newest notices a moment ago. */
  public List<NoticeProgress> notices() {
    return notices;
  }

  /** The node's time a moment ago: an exercise may have a clock of its own. */
  public long nowNs() {
    return nowNs;
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
    if (!orders.add(answer, () -> put(new Input.Ordered(by, order), () -> {}))) {
      answer.complete(
          new Effect.OrderAnswered(
              by,
              order,
              false,
              PendingOrders.MOST
                  + " orders wait for the node already; give the order again later"));
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

  private interface Storing<T> {
    T run() throws JournalException;
  }

  /** Stores, waiting as long as the store is full or locked: nothing is lost, nothing leaves. */
  private <T> T stored(Storing<T> storing) throws JournalException, InterruptedException {
    String waitsFor = "";
    while (true) {
      try {
        T result = storing.run();
        if (!waitsFor.isEmpty()) {
          log.change(waitsFor, "what waited is stored now, and is told");
        }
        return result;
      } catch (JournalException e) {
        if (!running) {
          throw e;
        }
        waitsFor =
            switch (e.kind()) {
              case FULL -> "JOURNAL_FULL";
              case BUSY -> "JOURNAL_BUSY";
              case CORRUPT, CLOSED, LOCKED, NEWER, DELETED, OTHER -> throw e;
            };
        log.change(
            waitsFor,
            "what came in cannot be stored, so nothing is acknowledged, released or warned of until"
                + " it is: "
                + e.getMessage());
        Thread.sleep(RETRY_MS);
      }
    }
  }

  /**
   * Stops the loop: no more inputs are taken, and the batch under way is finished, however long the
   * disk takes for it. When this returns the loop's thread uses the journal no longer. Does not
   * close the journal.
   */
  @Override
  public void close() {
    running = false;
    boolean interrupted = false;
    long beganNs = System.nanoTime();
    while (thread.isAlive()) { // false at once when it was never started
      try {
        thread.join(SAY_STOPPING_MS);
        if (thread.isAlive()) {
          log.say(
              "STOPPING",
              "stopping since "
                  + (System.nanoTime() - beganNs) / 1_000_000_000
                  + " s: the node waits until the disk has stored what came in last, and ends then;"
                  + " ended by force it would lose nothing that was acknowledged");
        }
      } catch (InterruptedException e) {
        interrupted = true; // the journal must not be closed before the thread has ended
      }
    }
    orders.end("the node is stopping");
    snapshots.takeLast(failure == null && whole);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    events.close();
  }
}
