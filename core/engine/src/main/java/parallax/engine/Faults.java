package parallax.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps a fault of this software to the part that it strikes, and tells it. Each part has a name
 * that people understand: a launch, a warning, a partner's stream. A fault that stays is told once;
 * it is told again when it reads otherwise, or comes back after the part had worked.
 */
final class Faults {
  /** Most parts whose fault is remembered; beyond it the oldest is forgotten, and told again. */
  static final int MOST = 1_000;

  /** What was told of each part that does not work. */
  private final Map<String, String> told = new LinkedHashMap<>();

  Faults() {
    this(List.of());
  }

  /** With what another had told. */
  Faults(List<EngineState.ToldFault> told) {
    told.forEach(t -> this.told.put(t.part(), t.reason()));
  }

  /** What was told of each part that does not work, the oldest first. */
  List<EngineState.ToldFault> state() {
    List<EngineState.ToldFault> out = new ArrayList<>();
    told.forEach((part, reason) -> out.add(new EngineState.ToldFault(part, reason)));
    return out;
  }

  /** Whether every part works. */
  boolean none() {
    return told.isEmpty();
  }

  /** Forgets what was told: it may repeat words of a record. What still fails is told again. */
  void forget() {
    told.clear();
  }

  /**
   * Does the work of one part. A fault in it ends there.
   *
   * @param part what the work is, for people to read
   * @return whether it was done
   */
  boolean guard(String part, List<Effect> out, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      tell(part, "It is left out and tried again; everything else goes on.", e, out);
      return false;
    }
    if (!told.isEmpty()) {
      told.remove(part);
    }
    return true;
  }

  /**
   * Tells a fault.
   *
   * @param part the part that failed
   * @param meaning what follows from it, a sentence
   * @param fault what was thrown
   */
  void tell(String part, String meaning, RuntimeException fault, List<Effect> out) {
    String reason = FaultReason.of(fault);
    if (!reason.equals(told.put(part, reason))) {
      out.add(
          new Effect.NoticeRaised(
              Effect.NoticeKind.INTERNAL_FAULT,
              part
                  + ": a fault in this software ("
                  + reason
                  + "). "
                  + meaning
                  + " Please report it to the maintainers."));
    }
    if (told.size() > MOST) {
      Iterator<String> oldestFirst = told.keySet().iterator();
      oldestFirst.next();
      oldestFirst.remove();
    }
  }
}
