import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import parallax.client.SensorFeed;
import parallax.credentials.CertificateAuthority;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;

/**
 * Reports radar plots to a Parallax node, each once, also when the connection breaks.
 *
 * <p>{@code Feed HOST:PORT NATION FEED KEYS FILE}: KEYS is a folder with sensor.pem, sensor.key and
 * ca.pem; FILE is CSV with the columns time_utc, sensor, range_m, azimuth_deg and elevation_deg.
 */
class Feed {
  public static void main(String[] args) throws Exception {
    int colon = args[0].lastIndexOf(':');
    InetSocketAddress address =
        new InetSocketAddress(
            args[0].substring(0, colon), Integer.parseInt(args[0].substring(colon + 1)));
    Nation nation = new Nation(args[1]);
    Path keys = Path.of(args[3]);
    SensorFeed.Listener listener =
        new SensorFeed.Listener() {
          @Override
          public void notUsed(long seq, String reason) {
            System.out.println("plot " + seq + " was not used: " + reason);
          }

          @Override
          public void trouble(String why) {
            System.err.println("no connection, trying again: " + why);
          }
        };
    try (SensorFeed feed =
        new SensorFeed(
            nation,
            address,
            keys.resolve("sensor.pem"),
            keys.resolve("sensor.key"),
            CertificateAuthority.readCertificates(keys.resolve("ca.pem")),
            args[2],
            listener)) {
      List<String> lines = Files.readAllLines(Path.of(args[4]));
      long held = feed.open(); // line 0 is the header, plot n of the feed is in line n
      for (String line : lines.subList((int) held + 1, lines.size())) {
        feed.report(plot(nation, line.split(",")));
      }
      feed.awaitAcknowledged();
      System.out.println(lines.size() - 1 + " plots are durable at the node");
    }
  }

  private static Plot plot(Nation nation, String[] cells) {
    return new Plot.RadarPlot(
        new SensorId(nation, cells[1]),
        UtcTime.of(Instant.parse(cells[0])),
        Double.parseDouble(cells[2]),
        Math.toRadians(Double.parseDouble(cells[3])), // from true north, clockwise
        Math.toRadians(Double.parseDouble(cells[4])),
        OptionalDouble.empty());
  }
}
