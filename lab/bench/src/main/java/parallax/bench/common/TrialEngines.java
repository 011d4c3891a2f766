package parallax.bench.common;

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

/** Makes engines as a node makes its own: with its keys, the bundled areas and given links. */
public final class TrialEngines implements Engines {
  private final Keyring keyring;
  private final LinkConfig links;
  private final AreaCatalogue areas = AreaCatalogue.bundled();

  /** Engines that sign with {@code keyring} and keep their links by {@code links}. */
  public TrialEngines(Keyring keyring, LinkConfig links) {
    this.keyring = keyring;
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
