package parallax.bench.common;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Where a bench ran: figures of different machines, or of a busy one, do not compare. */
public final class Setting {
  private Setting() {}

  /** One line: Java, processors, load. */
  public static String line() {
    return String.format(
        Locale.ROOT,
        "Java %s on %s %s, %d processors, load %.2f",
        System.getProperty("java.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        load());
  }

  /** The same for the JSON file. */
  public static ObjectNode json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("java", System.getProperty("java.version"))
        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("load", load());
  }

  /** Processes that ran or wanted to, mean of the last minute; below 0 when not known. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
