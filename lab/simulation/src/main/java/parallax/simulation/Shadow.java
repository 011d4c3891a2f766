package parallax.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.link.Wire;
import parallax.runtime.Runner;
import parallax.wire.FrameCodec;

/**
 * A second engine beside the one of a node, made anew from the node's journal. For a while it is
 * stepped through all that the node's engine is stepped through, and everything that follows must
 * be the same to the last byte. So an input that was wrongly left out of the journal is found,
 * whatever part of the state it had changed.
 */
final class Shadow {
  private static final int INPUTS = 400;

  private final Engine engine;
  private int left = INPUTS;

  /** An engine that has seen the node's journal, and what stayed out of it. */
  Shadow(Engine engine) {
    this.engine = engine;
  }

  /** Steps on; returns what came otherwise, null when nothing did. */
  @Nullable String difference(Engine live, List<Runner.Done> done) {
    for (Runner.Done d : done) {
      left--;
      String lived = words(d.effects());
      String again = words(engine.step(d.input()));
      if (!lived.equals(again)) {
        return "after a replay, "
            + name(d.input().input())
            + " gives "
            + again
            + "; it gave "
            + lived;
      }
    }
    return standing(live).equals(standing(engine))
        ? null
        : "after a replay it stands at " + standing(engine) + "; it stood at " + standing(live);
  }

  /** Whether it was compared for long enough. */
  boolean isOver() {
    return left <= 0;
  }

  /** What an engine shows of its state. */
  static String standing(Engine e) {
    return e.health()
        + " holds "
        + e.held()
        + " has told "
        + e.notices()
        + " keeps "
        + e.retention()
        + " with "
        + e.quietSoFar();
  }

  private static String name(Input input) {
    return input.getClass().getSimpleName();
  }

  private static String words(List<Effect> effects) {
    StringBuilder b = new StringBuilder();
    for (Effect e : effects) {
      switch (e) {
        case Effect.SendFrame s -> frame(s, b);
        case Effect.OutboxAppended o ->
            b.append(o.stream()).append(o.seq()).append(bytes(o.record()));
        case Effect.CursorMoved c ->
            b.append(c.stream()).append(c.nextSeq()).append(bytes(c.chainHash()));
        default -> b.append(e);
      }
      b.append('\n');
    }
    return b.toString();
  }

  private static void frame(Effect.SendFrame s, StringBuilder b) {
    Wire wire = s.wire();
    b.append(wire)
        .append(s.frame().getClass().getSimpleName())
        .append(bytes(FrameCodec.encode(s.frame())));
  }

  private static String bytes(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
