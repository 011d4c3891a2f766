package parallax.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.engine.Input;
import parallax.model.Nation;
import parallax.runtime.Runner;
import parallax.wire.FrameCodec;
import parallax.wire.state.EngineStateCodec;

/**
 * Throws a node's engine away again and again and makes it anew from its encoded state, beside one
 * that is never thrown away: both must do the same, byte for byte, and show the same.
 */
final class Snapshots {
  /** What is remembered is compared at every step with such a number. */
  private static final int COMPARED = 5;

  private static final int TRIED = 4;
  private static final int TRIED_AT_STARTS = 15;

  /**
   * An engine that forgot something goes along until engines were made anew so often: in turn long,
   * for what shows late, and briefly, for what was taken in before it forgets.
   */
  private static final int[] GOES_ALONG = {8, 1, 16, 2, 8, 1};

  private final Nation nation;
  private final long every;
  private final boolean comparesStates;
  private final Function<EngineState, Engine> restored;
  private final @Nullable Suspects suspects;
  private @Nullable Engine kept;
  private final List<Trial> trials = new ArrayList<>();
  private @Nullable Taken taken;
  private long steps;
  private int goneAlong;
  private int turn;

  /** An engine that forgot what a bug forgets, and goes along. */
  private record Trial(InjectedBug bug, Engine engine) {}

  /** A state that was taken, as it was encoded then. */
  @SuppressWarnings("ArrayRecordComponent") // never changed, compared by content
  private record Taken(EngineState state, byte[] bytes) {}

  /**
   * The snapshots of one node.
   *
   * @param every after how many steps the engine is made anew; 0: never
   * @param comparesStates whether what is remembered is compared as well as what is done
   * @param restored makes an engine from a decoded state
   * @param suspects bugs to be tried beside it; null: none
   */
  Snapshots(
      Nation nation,
      long every,
      boolean comparesStates,
      Function<EngineState, Engine> restored,
      @Nullable Suspects suspects) {
    this.nation = nation;
    this.every = every;
    this.comparesStates = comparesStates;
    this.restored = restored;
    this.suspects = suspects;
  }

  boolean isUsed() {
    return every > 0;
  }

  /** A node has started: its engine is kept from here on, and the node goes on with another. */
  void begin(Runner runner) {
    if (isUsed()) {
      kept = runner.engine();
      taken = null;
      replace(runner, TRIED_AT_STARTS);
    }
  }

  /** An input is about to be stepped. */
  void before(Runner runner) {
    if (isUsed() && ++steps % every == 0) {
      replace(runner, TRIED);
    }
  }

  private void replace(Runner runner, int tried) {
    Engine old = keptEngine();
    try {
      byte[] bytes = EngineStateCodec.encode(runner.engine().state());
      EngineState decoded = EngineStateCodec.decode(bytes);
      Engine fresh = restored.apply(decoded);
      if (comparesStates && steps % COMPARED == 0) {
        requireSame(bytes, EngineStateCodec.encode(fresh.state()), "the state again");
        compare(old, bytes);
      }
      runner.goOnWith(fresh);
      if (tried > TRIED || ++goneAlong >= GOES_ALONG[turn]) {
        goneAlong = 0;
        turn = (turn + 1) % GOES_ALONG.length;
        tryNext(decoded, tried);
      }
    } catch (BrokenInvariant e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken("the engine cannot be made anew: " + e);
    }
    requireSame(shown(old), shown(runner.engine()));
  }

  /** The engine that is kept remembers the same, and what was taken of it before is as it was. */
  private void compare(Engine old, byte[] bytes) {
    Taken before = taken;
    if (before != null) {
      requireSame(before.bytes(), EngineStateCodec.encode(before.state()), "a state taken before");
    }
    EngineState state = old.state();
    requireSame(EngineStateCodec.encode(state), bytes, "the state");
    taken = new Taken(state, bytes);
  }

  /** More are tried at a start than at any other moment: there are few, and much hangs on them. */
  private void tryNext(EngineState state, int most) {
    trials.clear();
    Suspects s = suspects;
    for (int i = 0; s != null && i < most && !s.isEmpty(); i++) {
      InjectedBug bug = s.next();
      if (trials.stream().anyMatch(t -> t.bug() == bug)) {
        return;
      }
      try {
        Engine e = restored.apply(Forgetting.of(state, bug.forgets().orElseThrow()));
        if (shown(e).equals(shown(keptEngine()))) {
          trials.add(new Trial(bug, e));
        } else {
          s.found(bug);
        }
      } catch (RuntimeException e) {
        s.found(bug); // a state without that part is refused
      }
    }
  }

  private void goAlong(Input.Stamped in, List<Effect> effects) {
    for (Trial t : List.copyOf(trials)) {
      if (suspects != null && !doesTheSame(t.engine(), in, effects)) {
        suspects.found(t.bug());
        trials.remove(t);
      }
    }
  }

  private static boolean doesTheSame(Engine e, Input.Stamped in, List<Effect> effects) {
    try {
      List<Effect> other = e.step(in);
      boolean same = other.size() == effects.size();
      for (int i = 0; same && i < effects.size(); i++) {
        same = areSame(other.get(i), effects.get(i));
      }
      return same;
    } catch (RuntimeException fault) {
      return false;
    }
  }

  private Engine keptEngine() {
    Engine e = kept;
    if (e == null) {
      throw new IllegalStateException(nation + " has not started");
    }
    return e;
  }

  private BrokenInvariant broken(String how) {
    return new BrokenInvariant("snapshot", nation + ", step " + steps + ": " + how);
  }

  private void requireSame(byte[] was, byte[] is, String what) {
    int at = Arrays.mismatch(was, is);
    if (at >= 0) {
      throw broken(what + " differs at byte " + at + " of " + was.length + " and " + is.length);
    }
  }

  private void requireSame(List<String> was, List<String> is) {
    for (int i = 0; i < was.size(); i++) {
      if (!was.get(i).equals(is.get(i))) {
        throw broken("shown was " + was.get(i) + "; made anew it is " + is.get(i));
      }
    }
  }

  /** What an engine shows to those who ask it. */
  private static List<String> shown(Engine e) {
    return List.of(
        e.health().toString(),
        e.sharesNothingBecause().toString(),
        e.held().toString(),
        e.notices().toString(),
        e.configuration().isPresent() ? e.streamKey().toString() : "",
        e.configuration().map(c -> c.policy() + c.linkKeys() + c.sensors()).orElse(""),
        e.configuredPolicy().orElse(""),
        e.retention().toString());
  }

  /** An input was stepped with these effects; the engine that is kept must have them too. */
  void after(Input.Stamped in, List<Effect> effects) {
    if (!isUsed()) {
      return;
    }
    List<Effect> would = keptEngine().step(in);
    for (int i = 0; i < Math.max(would.size(), effects.size()); i++) {
      Optional<Effect> was = i < would.size() ? Optional.of(would.get(i)) : Optional.empty();
      Optional<Effect> is = i < effects.size() ? Optional.of(effects.get(i)) : Optional.empty();
      if (was.isEmpty() || is.isEmpty() || !areSame(was.get(), is.get())) {
        throw broken(
            "effect " + i + " of " + in.input() + " was " + was + "; made anew it is " + is);
      }
    }
    goAlong(in, effects);
  }

  private static boolean areSame(Effect a, Effect b) {
    return switch (a) {
      case Effect.OutboxAppended x ->
          b instanceof Effect.OutboxAppended y
              && x.stream().equals(y.stream())
              && x.seq() == y.seq()
              && Arrays.equals(x.record(), y.record());
      case Effect.CursorMoved x ->
          b instanceof Effect.CursorMoved y
              && x.stream().equals(y.stream())
              && x.nextSeq() == y.nextSeq()
              && Arrays.equals(x.chainHash(), y.chainHash());
      case Effect.SendFrame x ->
          b instanceof Effect.SendFrame y
              && x.wire().equals(y.wire())
              && Arrays.equals(FrameCodec.encode(x.frame()), FrameCodec.encode(y.frame()));
      default -> a.equals(b);
    };
  }
}
