package parallax.runtime;

import java.util.Optional;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.warning.AdministrativeArea;

/** Makes the engines of a node, all with the same keys, formats and areas. */
public interface Engines {
  /** An engine that has seen no input yet. */
  Engine fresh();

  /** An engine that goes on from a state. */
  Engine of(EngineState state);

  /** The area of a code; empty when it is not known any more. */
  Optional<AdministrativeArea> area(String code);
}
