package parallax.host;

import java.util.List;
import java.util.Optional;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.link.Keyring;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

/** Whether a node shares anything with its partners, and the words in which that is said. */
public final class Sharing {
  private Sharing() {}

  /** What is said when nothing is shared, everywhere in the same words. */
  public static String nothingBecause(String why) {
    return "SHARING NOTHING BECAUSE " + why;
  }

  /**
   * Why a new node would share nothing under a configuration: asked of an engine that is thrown
   * away. Empty when an agreement and a policy would be in force.
   *
   * @param keys the node's stream keys
   * @param now the node's time
   */
  public static Optional<String> nothingUnder(
      NodeConfiguration configuration, List<SigningKey> keys, AreaCatalogue areas, UtcTime now) {
    Engine engine = new Engine(new Keyring(keys), new ProtoReportCodec(), areas);
    Input.Configured input = new Input.Configured(configuration);
    List<Effect> unused = engine.step(new Input.Stamped(now, NodeClock.wallNs(), input));
    return engine.sharesNothingBecause();
  }
}
