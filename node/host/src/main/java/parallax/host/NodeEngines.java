package parallax.host;

import java.util.Optional;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.link.Keyring;
import parallax.link.LinkConfig;
import parallax.link.Verifier;
import parallax.runtime.Engines;
import parallax.warning.AdministrativeArea;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

/** Makes the engines of a node. */
final class NodeEngines implements Engines {
  private final Keyring keyring;
  private final AreaCatalogue areas;
  private final LinkConfig links;

  NodeEngines(Keyring keyring, AreaCatalogue areas, LinkConfig links) {
    this.keyring = keyring;
    this.areas = areas;
    this.links = links;
  }

  @Override
  public Engine fresh() {
    return new Engine(keyring, new ProtoReportCodec(), areas, links);
  }

  @Override
  public Engine of(EngineState state) {
    return Engine.restored(state, keyring, new ProtoReportCodec(), areas, links, Verifier.PLAIN);
  }

  @Override
  public Optional<AdministrativeArea> area(String code) {
    return areas.area(code);
  }
}
