package parallax.cli;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Consumer;
import parallax.client.PastEvents;
import parallax.host.NodeSettings;
import parallax.warning.AreaCatalogue;
import parallax.wire.NodeEvent;

/** What a running node has done, as far as it still holds it. */
final class NodeHistory {
  private NodeHistory() {}

  /** Hands over every event that the node holds, oldest first. */
  static void read(NodeAccess node, Consumer<NodeEvent> events)
      throws IOException, InterruptedException {
    NodeSettings settings = node.settings();
    try {
      PastEvents.read(
          settings.nation(),
          settings.nationalAddress(),
          node.identity(),
          node.authorities(),
          AreaCatalogue.bundled(),
          events);
    } catch (GeneralSecurityException e) {
      throw new WrongUse("operator's certificate or key: " + e.getMessage());
    }
  }
}
