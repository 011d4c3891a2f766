package parallax.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.Order;
import parallax.journal.JournalException;
import parallax.journal.log.JournalEntry;
import parallax.journal.log.MemorySnapshotStore;
import parallax.journal.log.StoredSnapshot;
import parallax.link.Frame;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.Sensor;
import parallax.model.UtcTime;
import parallax.runtime.ClockReading;
import parallax.runtime.Engines;
import parallax.runtime.Keeping;
import parallax.runtime.ReceiptClock;
import parallax.runtime.Runner;
import parallax.runtime.Started;
import parallax.signing.Signer;
import parallax.signing.VerificationKey;
import parallax.warning.AdministrativeArea;
import parallax.wire.InputCodec;
import parallax.wire.state.EngineStateCodec;

/**
 * A nation's node without sockets, threads and files: the real engine by the real runner over a
 * simulated disk, stepped as the node's loop does. It may end between any two of step, append and
 * the effects, and starts again.
 */
final class SimNode implements Party {
  private static final int MOST_WAITING = 400;
  private static final long RETRY_NS = 250_000_000;
  private static final String FEED = "national";

  private final World world;
  private final Nation nation;
  private final Chance chance;
  private final SimClock clock;
  private final SimJournal disk = new SimJournal();
  private final MemorySnapshotStore stored = new MemorySnapshotStore();
  private final Engines engines = engines();
  private final Keyring keyring;
  private final Seams seams;
  private final Snapshots snapshots;
  private final Deque<Item> inbox = new ArrayDeque<>();
  private final List<Input> feed = new ArrayList<>();
  private int nextOfFeed;
  private @Nullable Runner runner;
  private @Nullable Shadow shadow;
  private ReceiptClock receipt = new ReceiptClock(UtcTime::new);
  private long seenSetAtNs;
  private long seenSinceNs;

  /** By how much the node's time differed from the clock when it read that first, seconds. */
  private double seenOffS;

  private @Nullable Pending pending;
  private boolean up;
  private boolean planned;
  private long life;
  private int keyGeneration;
  private Treaty.Text agreement;
  private String policy;

  /** An input and whether somebody put it in who could not rightly make it. */
  record Item(Input input, boolean forged) {}

  /** A stepped batch that waits for room on the disk. */
  private record Pending(List<Item> items, List<Runner.Done> done) {}

  SimNode(World world, Nation nation, Chance chance, SimClock clock, Treaty.Text agreement) {
    this.world = world;
    this.nation = nation;
    this.chance = chance;
    this.clock = clock;
    this.agreement = agreement;
    this.policy =
        world.isJudged()
            ? world.treaty().policy(nation, agreement, 1)
            : world.treaty().carefulPolicy(nation, agreement, 1, chance);
    this.seams = new Seams(world.bug(), nation, world.isJudged());
    this.disk.keepOnly(seams::journals);
    List<Signer> signers = new ArrayList<>();
    for (int i = 0; i < Keys.SUCCESSORS; i++) {
      signers.add(world.signatures().signer(Keys.stream(nation, world.channel(), i)));
    }
    this.keyring = new Keyring(signers);
    this.snapshots =
        new Snapshots(
            nation, world.snapshots(), world.bug() == null, this::restoredEngine, world.suspects());
  }

  @Override
  public Nation nation() {
    return nation;
  }

  @Override
  public boolean isUp() {
    return up;
  }

  @Override
  public boolean reads() {
    return inbox.size() < MOST_WAITING;
  }

  SimJournal disk() {
    return disk;
  }

  SimClock clock() {
    return clock;
  }

  String policy() {
    return policy;
  }

  Treaty.Text agreement() {
    return agreement;
  }

  int keyGeneration() {
    return keyGeneration;
  }

  /** From the next start on. */
  void goBy(Treaty.Text newAgreement, String newPolicy) {
    agreement = newAgreement;
    policy = newPolicy;
  }

  /** From the next start on: the key that the configuration names. */
  void configureKey(int generation) {
    keyGeneration = generation;
  }

  /** The key that its streams are signed with now. */
  Optional<VerificationKey> streamKey() {
    Runner r = runner;
    return r == null || r.engine().configuration().isEmpty()
        ? Optional.empty()
        : Optional.of(r.engine().streamKey());
  }

  Engine engine() {
    return runner().engine();
  }

  private Runner runner() {
    Runner r = runner;
    if (r == null) {
      throw new IllegalStateException(nation + " is not up");
    }
    return r;
  }

  private NodeConfiguration configuration() {
    SortedMap<Nation, VerificationKey> linkKeys = new TreeMap<>();
    for (Nation p : world.topology().partners(nation)) {
      linkKeys.put(p, Keys.stream(p, world.channel(), 0).key());
    }
    return new NodeConfiguration(
        nation,
        world.channel(),
        agreement.signed(),
        world.treaty().agreementKeys(),
        Keys.stream(nation, world.channel(), keyGeneration).key(),
        linkKeys,
        world.bug() == InjectedBug.SKIP_RELEASE_CHECK
            ? world.treaty().openPolicy(nation, agreement)
            : policy,
        sensors());
  }

  /** In a world that nobody judges a sensor is taken away and comes back, from start to start. */
  private List<Sensor> sensors() {
    List<Sensor> all = world.sensors(nation);
    return world.isJudged() || all.isEmpty() || life % 3 != 2
        ? all
        : all.subList(0, all.size() - 1);
  }

  private Engines engines() {
    return new Engines() {
      @Override
      public Engine fresh() {
        return new Engine(keyring, seams.codec(), World.AREAS, world.links(), world.signatures());
      }

      @Override
      public Engine of(EngineState state) {
        return restoredEngine(state);
      }

      @Override
      public Optional<AdministrativeArea> area(String code) {
        return World.AREAS.area(code);
      }
    };
  }

  private Engine restoredEngine(EngineState state) {
    return Engine.restored(
        seams.decoded(state),
        keyring,
        seams.codec(),
        World.AREAS,
        world.links(),
        world.signatures());
  }

  // Life.

  /** The process starts: what is stored is read and checked, then it goes on. */
  void start() {
    if (up) {
      return;
    }
    life++;
    seams.beforeStart(disk);
    try {
      disk.reopen();
    } catch (JournalException e) {
      world.say(nation, "refuses to start: " + e.getMessage());
      if (!disk.isDamaged()) {
        throw new BrokenInvariant("store", nation + ": a sound store is refused: " + e);
      }
      disk.unflip();
      world.later(chance.ns(0.2, 1), this::start);
      return;
    }
    if (disk.isDamaged()) {
      throw new BrokenInvariant("store", nation + " starts from a damaged store");
    }
    Runner r = new Runner(disk, stored, keyring, engines, this::leftOut);
    receipt = new ReceiptClock(UtcTime::new);
    try {
      Started started = r.start((in, effects) -> {});
      requireGood(started);
      if (r.lastWallNs() != Long.MIN_VALUE) {
        receipt.goOnAfter(r.lastTime(), r.lastWallNs());
      }
      world.say(nation, "starts and replays " + started.replayed() + " inputs");
    } catch (JournalException | InvalidValueException e) {
      throw new BrokenInvariant("replay", nation + " does not start: " + e.getMessage());
    }
    requireSame(r.engine());
    world.wires().started(nation);
    runner = r;
    snapshots.begin(r);
    up = true;
    world.started();
    inbox.clear();
    planned = false;
    pending = null;
    work(List.of(new Item(new Input.Configured(configuration()), false)));
    if (!up) {
      return;
    }
    for (Input i : seams.afterStart(world, r.engine())) {
      hear(i, false);
    }
    nextOfFeed = (int) r.engine().lastOfFeed(FEED);
    pump();
    for (Nation p : world.topology().partners(nation)) {
      for (Nation way : world.topology().ways(nation, p)) {
        for (Lane lane : Lane.values()) {
          world.network().dial(nation, new Wire(way, new StreamId(nation, p, lane)), true);
        }
      }
    }
    planTick(life);
  }

  /** What was damaged is said, and nothing else; every other note speaks of a fault of ours. */
  private void requireGood(Started started) {
    boolean damaged = stored.isDamaged();
    stored.unflip();
    if (!started.differences().isEmpty()) {
      throw new BrokenInvariant("replay", nation + ": " + started.differences());
    }
    for (String note : started.notes()) {
      if (!damaged || !note.contains("is not used")) {
        throw new BrokenInvariant("replay", nation + ": " + note);
      }
      world.say(nation, note);
    }
  }

  /**
   * Makes the engine from the whole journal, too, and compares what came of it with what came of
   * the inputs when they came, and its state with that of the engine that goes on.
   */
  private void requireSame(Engine goesOn) {
    Engine fresh = replayed(Optional.empty());
    byte[] now = EngineStateCodec.lastingDigest(goesOn.state());
    if (!Arrays.equals(now, EngineStateCodec.lastingDigest(fresh.state()))) {
      throw new BrokenInvariant(
          "snapshot", nation + " starts in another state than all of its journal gives");
    }
  }

  /**
   * An engine made from the whole journal; what came of the inputs must be what came of them then.
   *
   * @param then an input that is stepped after those of the journal
   */
  private Engine replayed(Optional<Input.Stamped> then) {
    NodeRecord replayed = new NodeRecord();
    Engine fresh = engines.fresh();
    keyring.replaying(true);
    try {
      disk.replay(
          1,
          (position, bytes, facts) -> {
            Input.Stamped in = InputCodec.decode(bytes);
            replayed.on(in.input(), fresh.step(in));
          });
      then.ifPresent(fresh::step);
    } catch (JournalException e) {
      throw new BrokenInvariant("replay", nation + ": " + e);
    } finally {
      keyring.replaying(false);
    }
    String difference = world.watch().nation(nation).record.difference(replayed);
    if (!difference.isEmpty()) {
      throw new BrokenInvariant("replay", nation + ": " + difference);
    }
    return fresh;
  }

  private void leftOut(Input input, String what) {
    throw new BrokenInvariant(
        snapshots.isUsed() ? "snapshot" : "fault",
        nation + " cannot digest " + input + ": " + what);
  }

  /** The process is gone; it starts again after a while. */
  void crash(String how) {
    if (!up) {
      return;
    }
    world.say(nation, "crashes " + how);
    up = false;
    life++;
    runner = null;
    shadow = null;
    pending = null;
    inbox.clear();
    world.network().vanish(nation, chance.hit(0.25));
    world.later(chance.ns(0.1, 2.5), this::start);
  }

  /**
   * Rebuilds the engine from the journal beside the one that lives, and compares: what has come of
   * the inputs up to now, how it stands, and for a while all that follows.
   */
  void compareWithReplay() {
    if (!up || pending != null || disk.isDamaged()) {
      return;
    }
    Engine fresh = replayed(runner().unwritten());
    requireNone(new Shadow(fresh), List.of());
  }

  private void requireNone(Shadow s, List<Runner.Done> done) {
    String difference = s.difference(engine(), done);
    if (difference != null) {
      throw new BrokenInvariant("replay", nation + ": " + difference);
    }
    shadow = s.isOver() ? null : s;
  }

  // What comes.

  @Override
  public void onLink(Wire wire, boolean isUp) {
    hear(new Input.LinkChanged(wire, isUp), false);
  }

  @Override
  public void onFrame(Wire wire, Frame frame, boolean forged) {
    hear(new Input.FrameReceived(wire, frame), forged);
  }

  @Override
  public void onMalformed(Wire wire, String detail, boolean forged) {
    hear(new Input.FrameRefused(wire, detail), forged);
  }

  void order(Order order) {
    order(Operators.NAME, order);
  }

  void order(String by, Order order) {
    hear(new Input.Ordered(by, order), false);
  }

  /** What partners told before a moment is deleted. */
  void forgetBefore(long untilNs) {
    hear(new Input.RecordsDeleted("agreement 1, retentionDays", untilNs, 0, 0, 1), false);
  }

  /** The nation's own system says something. */
  void file(FiledTrack track) {
    feed.add(new Input.TrackFiled(FEED, feed.size() + 1, track));
    pump();
  }

  /** A sensor of the nation reports. */
  void plot(Plot plot) {
    feed.add(new Input.PlotReceived(FEED, feed.size() + 1, plot));
    pump();
  }

  private void pump() {
    if (!up) {
      return;
    }
    if (nextOfFeed > 0 && world.faults().strikes(Fault.FEED_REPEAT, 0.05)) {
      hear(feed.get(chance.below(nextOfFeed)), false);
    }
    while (nextOfFeed < feed.size()) {
      if (nextOfFeed + 1 < feed.size() && world.faults().strikes(Fault.FEED_REPEAT, 0.05)) {
        hear(feed.get(nextOfFeed + 1), false);
      }
      hear(feed.get(nextOfFeed++), false);
    }
  }

  private void hear(Input input, boolean forged) {
    if (!up) {
      return;
    }
    inbox.addLast(new Item(input, forged));
    if (!planned) {
      planned = true;
      long of = life;
      world.later(chance.ns(0.0002, 0.02), () -> wake(of));
    }
  }

  // The loop.

  private void wake(long of) {
    if (of != life || !up) {
      return;
    }
    planned = false;
    if (pending != null || inbox.isEmpty()) {
      return;
    }
    List<Item> items = new ArrayList<>(inbox);
    inbox.clear();
    items.add(new Item(new Input.Flush(), false));
    work(items);
  }

  private void planTick(long of) {
    world.later(
        world.tickNs(),
        () -> {
          if (of == life && up) {
            if (pending == null) {
              work(List.of(new Item(new Input.Tick(), false)));
            }
            planTick(of);
          }
        });
  }

  private void work(List<Item> heard) {
    List<Item> items = new ArrayList<>(heard);
    List<Input> inputs = new ArrayList<>(items.size() + 1);
    items.forEach(i -> inputs.add(i.input()));
    ReceiptClock.Stamp now = stamp(inputs);
    if (now.correction().isPresent()) {
      inputs.addFirst(now.correction().get());
      items.addFirst(new Item(now.correction().get(), false));
    }
    List<Runner.Done> done;
    try {
      List<Runner.Done> stepped = step(inputs, now);
      if (shadow != null) {
        requireNone(shadow, stepped);
      }
      done = seams.stepped(stepped);
    } catch (JournalException e) {
      throw new BrokenInvariant("fault", nation + ": " + e);
    }
    if (seams.sendsEarly()) {
      early(done);
      if (!up) {
        return;
      }
    }
    if (world.faults().strikes(Fault.CRASH, 0.0003)) {
      crash("between step and append");
      return;
    }
    if (world.faults().strikes(Fault.TORN_WRITE, 0.0004)) {
      disk.tear(entries(done), chance);
      crash("in the middle of a write");
      return;
    }
    append(items, done);
  }

  private List<Runner.Done> step(List<Input> inputs, ReceiptClock.Stamp now)
      throws JournalException {
    if (!snapshots.isUsed()) {
      return runner().step(inputs, now.time(), now.wallNs());
    }
    List<Runner.Done> done = new ArrayList<>();
    for (Input i : inputs) {
      snapshots.before(runner());
      Runner.Done d = runner().step(List.of(i), now.time(), now.wallNs()).getFirst();
      snapshots.after(d.input(), d.effects());
      done.add(d);
    }
    return done;
  }

  private ReceiptClock.Stamp stamp(List<Input> inputs) {
    ClockReading reading = new ClockReading(clock.read(world.now()), world.now());
    ReceiptClock.Stamp now;
    try {
      now = receipt.stamp(reading, inputs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    now.notices().forEach(n -> world.say(nation, n.kind() + ": " + n.text()));
    if (world.bug() == InjectedBug.TRUST_THE_WALL_CLOCK) {
      UtcTime never = UtcTime.max(runner().lastTime(), new UtcTime(reading.wallNs()));
      now = new ReceiptClock.Stamp(never, reading.wallNs(), Optional.empty(), List.of());
    }
    requireRight(now);
    return now;
  }

  /**
   * A clock that nobody has set for a while is believed, and the node's time is its own: what it
   * differs by is made up within seconds. What it differs by too little for a step, half a second
   * at most, takes a minute: a hundredth of the time that passes, less what the clock drifts
   * meanwhile. They count from the first time that the node reads the clock that was set, since a
   * node that waits for a full disk reads none.
   */
  private void requireRight(ReceiptClock.Stamp now) {
    if (!world.isJudged()) {
      return;
    }
    double off = (now.time().nanos() - clock.read(world.now())) * 1e-9;
    if (clock.setAtNs() != seenSetAtNs) {
      seenSetAtNs = clock.setAtNs();
      seenSinceNs = world.now();
      seenOffS = Math.abs(off);
    }
    long untouched = world.now() - seenSinceNs - 2 * world.tickNs();
    double s = Math.max(0, untouched * 1e-9);
    double stepped = 10.5 - Math.max(0, s - 5) * 0.5;
    double notStepped = Math.min(0.5, seenOffS) - s * (0.01 - Mischief.MOST_DRIFT);
    double may = receipt.isBelieved() ? Math.max(0.02, Math.max(stepped, notStepped)) : 10.5;
    if (untouched > 5_500_000_000L && Math.abs(off) > may) {
      throw new BrokenInvariant(
          "clock",
          nation
              + "'s time is "
              + off
              + " s off its clock, which it has seen untouched for "
              + untouched * 1e-9
              + " s");
    }
  }

  private static List<JournalEntry> entries(List<Runner.Done> done) {
    List<JournalEntry> entries = new ArrayList<>();
    done.forEach(d -> entries.add(JournalEntry.of(InputCodec.encode(d.input()))));
    return entries;
  }

  /** Takes a snapshot at times; now and then a bit of it changes before it is needed. */
  private void snapshot() {
    if (!chance.hit(0.01)) {
      return;
    }
    try {
      long position = runner().capture().writeTo(stored, "simulation").nextPosition();
      for (StoredSnapshot s : stored.list().stream().skip(Keeping.NEWEST).toList()) {
        stored.delete(s);
      }
      if (!stored.isDamaged() && world.faults().strikes(Fault.STORE_FLIP, 0.05)) {
        stored.flip(position, chance.below(stored.bytes(position)), chance.below(8));
      }
    } catch (JournalException e) {
      throw new BrokenInvariant("snapshot", nation + ": " + e);
    }
  }

  private void append(List<Item> items, List<Runner.Done> done) {
    List<Runner.Done> journalled;
    try {
      journalled = runner().append(done);
    } catch (JournalException e) {
      if (e.kind() != JournalException.Kind.FULL) {
        throw new BrokenInvariant("fault", nation + ": " + e);
      }
      pending = new Pending(items, done);
      long of = life;
      world.later(RETRY_NS, () -> retry(of));
      return;
    } catch (IllegalArgumentException e) {
      throw new BrokenInvariant("numbers", nation + ": " + e.getMessage());
    }
    boolean anyEffect = done.stream().anyMatch(d -> !d.effects().isEmpty());
    if (!anyEffect && journalled.isEmpty()) {
      return;
    }
    if (!journalled.isEmpty() && world.faults().strikes(Fault.LOST_SUFFIX, 0.0004)) {
      disk.loseLast();
      crash("and loses what was not synced");
      return;
    }
    say(items, done);
    if (!journalled.isEmpty()) {
      if (journalled.getFirst().input().input() instanceof Input.Quiet q) {
        items.addFirst(new Item(q, false));
      }
      world.watch().appended(nation, items, journalled);
    }
    int crashAfter = -1;
    if (world.faults().strikes(Fault.CRASH, 0.0008)) {
      int effects = 0;
      for (Runner.Done d : done) {
        effects += d.effects().size();
      }
      crashAfter = chance.below(effects + 1);
    }
    act(done, crashAfter);
    if (up && !journalled.isEmpty()) {
      snapshot();
    }
    if (up && chance.hit(world.compares())) {
      compareWithReplay();
    }
  }

  private void say(List<Item> items, List<Runner.Done> done) {
    for (int i = 0; i < done.size(); i++) {
      Runner.Done d = done.get(i);
      boolean forged = i < items.size() && items.get(i).forged();
      Input in = d.input().input();
      if (Lines.isWorthIt(in, d.effects())) {
        StringBuilder line = world.line(nation);
        Lines.say(in, line);
        line.append(forged ? " (forged)" : "");
        Lines.say(d.effects(), line);
        world.trace().end();
      }
    }
  }

  private void retry(long of) {
    Pending p = pending;
    if (of != life || !up || p == null) {
      return;
    }
    pending = null;
    append(p.items(), p.done());
    if (up && pending == null && !inbox.isEmpty() && !planned) {
      planned = true;
      world.later(1, () -> wake(of));
    }
  }

  private void act(List<Runner.Done> done, int crashAfter) {
    int count = 0;
    for (Runner.Done d : done) {
      if (d.input().input() instanceof Input.Ordered o) {
        world.wires().acts(nation, o);
      }
      for (Effect e : d.effects()) {
        if (count++ == crashAfter) {
          crash("between two effects");
          return;
        }
        carryOut(e);
        if (!up) {
          return;
        }
      }
    }
    if (count == crashAfter) {
      crash("after the last effect");
    }
  }

  /** What a bug lets leave before it is durable. */
  private void early(List<Runner.Done> done) {
    for (Runner.Done d : done) {
      for (Effect e : d.effects()) {
        if (e instanceof Effect.SendFrame s && seams.leavesEarly(s.frame())) {
          send(s.wire(), s.frame());
        }
      }
    }
  }

  private void carryOut(Effect e) {
    switch (e) {
      case Effect.SendFrame s -> {
        if (!(seams.sendsEarly() && seams.leavesEarly(s.frame()))) {
          send(s.wire(), s.frame());
        }
      }
      case Effect.CloseLink c -> world.network().close(nation, c.wire());
      case Effect.CutLink c -> world.network().cut(nation, c.wire());
      case Effect.DialLink d -> world.network().dial(nation, d.wire(), false);
      case Effect.AlertRaised a -> world.wires().published(nation, a.action().alert());
      case Effect.OrderAnswered o -> {
        world.wires().acted(nation, o);
        for (Input i : seams.afterOrder(o)) {
          hear(i, false);
        }
      }
      case Effect.OutboxAppended o -> {}
      case Effect.CursorMoved c -> {}
      case Effect.GapRecorded g -> {}
      case Effect.RecordFolded f -> {}
      case Effect.Relayed r -> {}
      case Effect.NoticeApplied a -> {}
      case Effect.PlotsAcknowledged p -> {}
      case Effect.PlotNotUsed p -> {}
      case Effect.PictureChanged p -> {}
      case Effect.DecisionRecorded d -> {}
      case Effect.RecordsTaken r -> {}
      case Effect.NoticeRaised r -> {}
    }
  }

  private void send(Wire wire, Frame frame) {
    Optional<Frame> leaves = seams.leaving(wire, frame, nation);
    if (leaves.isPresent() && world.network().port(nation, wire) != null) {
      world.wires().sent(nation, wire, leaves.get());
      world.network().send(nation, wire, leaves.get());
    }
  }

  /** The partners it has suspended, as its engine has it. */
  SortedSet<Nation> suspended() {
    SortedSet<Nation> out = new TreeSet<>();
    if (up) {
      engine()
          .health()
          .forEach(
              h -> {
                if (h.suspendedHere()) {
                  StreamId s = h.stream();
                  out.add(s.originator().equals(nation) ? s.recipient() : s.originator());
                }
              });
    }
    return out;
  }
}
