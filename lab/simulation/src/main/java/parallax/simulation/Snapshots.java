package parallax.simulation;

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

  private final Nation nation;
  private final long every;
  private final boolean comparesStates;
  private final Function<EngineState, Engine> restored;
  private @Nullable Engine kept;
  private long steps;

  /**
   * The snapshots of one node.
   *
   * @param every after how many steps the engine is made anew; 0: never
   * @param comparesStates whether what is remembered is compared as well as what is done
   * @param restored makes an engine from a decoded state
   */
  Snapshots(
      Nation nation, long every, boolean comparesStates, Function<EngineState, Engine> restored) {
    this.nation = nation;
    this.every = every;
    this.comparesStates = comparesStates;
    this.restored = restored;
  }

  boolean isUsed() {
    return every > 0;
  }

  /** A node has started: its engine is kept from here on, and the node goes on with another. */
  void begin(Runner runner) {
    if (isUsed()) {
      kept = runner.engine();
      replace(runner);
    }
  }

  /** An input is about to be stepped. */
  void before(Runner runner) {
    if (isUsed() && ++steps % every == 0) {
      replace(runner);
    }
  }

  private void replace(Runner runner) {
    Engine old = keptEngine();
    try {
      byte[] bytes = EngineStateCodec.encode(runner.engine().state());
      boolean compares = comparesStates && steps % COMPARED == 0;
      if (compares) {
        requireSame(EngineStateCodec.encode(old.state()), bytes, "the state before");
      }
      Engine fresh = restored.apply(EngineStateCodec.decode(bytes));
      if (compares) {
        requireSame(bytes, EngineStateCodec.encode(fresh.state()), "the state again");
      }
      runner.goOnWith(fresh);
    } catch (BrokenInvariant e) {
      throw e;
    } catch (RuntimeException e) {
      throw broken("the engine cannot be made anew: " + e);
    }
    requireSame(shown(old), shown(runner.engine()));
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
