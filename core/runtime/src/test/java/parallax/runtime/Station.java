package parallax.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.engine.TrialParties;
import parallax.journal.JournalException;
import parallax.journal.log.MemoryEntryLog;
import parallax.journal.log.MemorySnapshotStore;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.StreamId;
import parallax.link.Verifier;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;
import parallax.wire.SnapshotCodec;

/** A nation's runner over a journal in memory, and everything it did. */
final class Station {
  static final UtcTime LAUNCH = new UtcTime(1_700_000_000_000_000_000L);

  /** A filed track of this number is one that the engine fails on. */
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();

  private static final List<Nation> PARTIES = List.of(Nation.JPN, Nation.KOR, Nation.USA);

  final Nation nation;
  final List<String> faults = new ArrayList<>();
  final List<Runner.Done> done = new ArrayList<>();

  MemoryEntryLog journal = new MemoryEntryLog();
  MemorySnapshotStore snapshots = new MemorySnapshotStore();

  /** How the runner has started last. */
  Started started = new Started(Optional.empty(), 0, List.of(), List.of());

  Runner runner;
  UtcTime now = LAUNCH;
  private long lastFiled;

  Station(Nation nation) {
    this.nation = nation;
    this.runner = newRunner();
  }

  private Runner newRunner() {
    Keyring keyring = Keyring.of(streamKey(nation));
    return new Runner(
        journal,
        snapshots,
        keyring,
        engines(keyring),
        (input, what) -> faults.add(input.getClass().getSimpleName() + ": " + what));
  }

  /** A track that the engine fails on: what no caller may give stands for a fault of ours. */
  @SuppressWarnings("NullAway")
  Input indigestible() {
    return new Input.TrackFiled("feed", ++lastFiled, null);
  }

  /** A frame that the engine fails on. */
  @SuppressWarnings("NullAway") // what no caller may give stands for a fault of ours
  static Input indigestible(Wire wire) {
    return new Input.FrameReceived(wire, null);
  }

  static SigningKey streamKey(Nation nation) {
    return key(10 + PARTIES.indexOf(nation));
  }

  private static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, (byte) number);
    return SigningKey.fromSeed(seed);
  }

  NodeConfiguration configuration() {
    return new TrialParties(
            PARTIES,
            Channel.EXERCISE,
            "agreement",
            n -> key(1 + PARTIES.indexOf(n)),
            Station::streamKey)
        .configuration(nation, List.of());
  }

  Input configured() {
    return new Input.Configured(configuration());
  }

  Input filed(long number) {
    return filed(number, LAUNCH);
  }

  Input filed(long number, UtcTime launched) {
    return new Input.TrackFiled(
        "feed",
        ++lastFiled,
        new FiledTrack(
            number,
            Optional.of(
                new LaunchPointEstimate(
                    Geodetic.ofDegrees(39.2, 125.67, 0),
                    Covariance.diagonal(1e8, 1e8),
                    launched,
                    2)),
            Optional.empty(),
            Optional.empty()));
  }

  long lastFiled() {
    return lastFiled;
  }

  List<Runner.Done> step(Input... batch) throws JournalException {
    return runner.step(List.of(batch), now, now.nanos());
  }

  /** Steps, appends and remembers what the journal holds now. */
  List<Runner.Done> take(Input... batch) throws JournalException {
    List<Runner.Done> all = step(batch);
    done.addAll(runner.append(all));
    return all;
  }

  static Engines engines(Keyring keyring) {
    return new Engines() {
      @Override
      public Engine fresh() {
        return new Engine(keyring, new ProtoReportCodec(), AREAS);
      }

      @Override
      public Engine of(EngineState state) {
        return Engine.restored(
            state, keyring, new ProtoReportCodec(), AREAS, LinkConfig.standard(), Verifier.PLAIN);
      }

      @Override
      public Optional<AdministrativeArea> area(String code) {
        return AREAS.area(code);
      }
    };
  }

  /** Takes a snapshot. */
  SnapshotCodec.About snapshot() throws JournalException {
    return runner.capture().writeTo(snapshots, "of the test");
  }

  /** A new process on the same journal and snapshots, before it has looked into them. */
  void reopen() throws JournalException {
    journal.reopen();
    runner = newRunner();
  }

  /** The same with what {@link #journal} is now, which nobody has written to. */
  void reopenEmpty() {
    runner = newRunner();
  }

  /** Another journal in place of the one there was, and no snapshots. */
  void reopen(MemoryEntryLog other) {
    journal = other;
    snapshots = new MemorySnapshotStore();
    runner = newRunner();
  }

  List<Runner.Done> replay() throws JournalException {
    List<Runner.Done> seen = new ArrayList<>();
    started = runner.start((in, effects) -> seen.add(new Runner.Done(in, effects)));
    if (started.replayed() != seen.size()) {
      throw new AssertionError(started + ", " + seen.size() + " seen");
    }
    return seen;
  }

  static StreamId stream(Nation from, Nation to, Lane lane) {
    return new StreamId(from, to, lane);
  }

  /** Joins two stations and lets everything pass between them, as the loops of two nodes would. */
  static void exchange(Station a, Station b) throws JournalException {
    for (Lane lane : Lane.values()) {
      for (Station s : List.of(a, b)) {
        Station other = s == a ? b : a;
        Wire out = new Wire(other.nation, stream(s.nation, other.nation, lane));
        Wire in = new Wire(s.nation, stream(s.nation, other.nation, lane));
        deliver(a, b, other.take(new Input.LinkChanged(in, true)), other);
        deliver(a, b, s.take(new Input.LinkChanged(out, true)), s);
      }
    }
    beat(a, b, 5);
  }

  /** Some seconds pass for two stations that are joined. */
  static void beat(Station a, Station b, int seconds) throws JournalException {
    for (int i = 0; i < seconds; i++) {
      a.now = a.now.plusSeconds(1);
      b.now = a.now;
      deliver(a, b, a.take(new Input.Tick()), a);
      deliver(a, b, b.take(new Input.Tick()), b);
    }
  }

  private static void deliver(Station a, Station b, List<Runner.Done> done, Station from)
      throws JournalException {
    Station to = from == a ? b : a;
    for (Runner.Done d : done) {
      for (Effect e : d.effects()) {
        if (e instanceof Effect.SendFrame s && s.wire().peer().equals(to.nation)) {
          Wire wire = new Wire(from.nation, s.wire().stream());
          deliver(a, b, to.take(new Input.FrameReceived(wire, s.frame())), to);
        }
      }
    }
  }

  static <E extends Effect> List<E> of(Class<E> type, List<Runner.Done> done) {
    List<E> out = new ArrayList<>();
    for (Runner.Done d : done) {
      for (Effect e : d.effects()) {
        if (type.isInstance(e)) {
          out.add(type.cast(e));
        }
      }
    }
    return out;
  }

  /** In words; of frames only where they go, because a replay signs nothing. */
  static List<String> told(List<Runner.Done> done) {
    List<String> out = new ArrayList<>();
    for (Runner.Done d : done) {
      out.add(d.input().time() + " " + d.input().wallNs() + " " + name(d.input().input()));
      for (Effect e : d.effects()) {
        out.add("  " + words(e));
      }
    }
    return out;
  }

  private static String name(Input input) {
    return input.getClass().getSimpleName();
  }

  private static String words(Effect e) {
    return switch (e) {
      case Effect.OutboxAppended o -> o.stream() + " " + o.seq() + " " + hex(o.record());
      case Effect.CursorMoved c -> c.stream() + " " + c.nextSeq() + " " + hex(c.chainHash());
      case Effect.SendFrame s -> s.wire() + " " + s.frame().getClass().getSimpleName();
      default -> e.toString();
    };
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
