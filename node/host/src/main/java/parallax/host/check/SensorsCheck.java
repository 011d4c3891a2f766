package parallax.host.check;

import java.io.IOException;
import java.nio.file.Files;
import parallax.host.FeedHolders;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;

/** Looks at the table of sensors and at the list of feeds. */
final class SensorsCheck {
  private SensorsCheck() {}

  static void check(NodeDirectory directory, NodeSettings settings, Findings f) {
    f.read("sensors", directory::sensorTable)
        .ifPresent(
            t -> {
              t.errors().forEach(e -> f.error("sensors", directory.sensors() + ", " + e));
              int own = t.of(settings.nation()).size();
              if (own == 0) {
                f.warning(
                    "sensors",
                    directory.sensors()
                        + " has no sensor of "
                        + settings.nation()
                        + ": every plot will be refused");
              } else {
                f.ok("sensors", directory.sensors() + ": " + own + " of " + settings.nation());
              }
              int others = t.sensors().size() - own;
              if (others > 0) {
                f.warning(
                    "sensors",
                    directory.sensors()
                        + " also has "
                        + others
                        + " of other nations, which are passed over: remove them");
              }
            });
    if (Files.exists(directory.feeds()) && f.holds("sensors", () -> readFeeds(directory))) {
      f.ok("sensors", directory.feeds() + " can be read");
    }
  }

  private static void readFeeds(NodeDirectory directory) throws IOException {
    var unused = new FeedHolders(directory.feeds());
  }
}
