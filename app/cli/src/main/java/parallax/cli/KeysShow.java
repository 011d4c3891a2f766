package parallax.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import parallax.credentials.KeyDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax keys show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Shows nation, role, fingerprint (SHA-256), validity and days left of certificates, and"
            + " fingerprints of keys; never a secret.")
final class KeysShow implements Callable<Integer> {
  @Parameters(paramLabel = "DIR|FILE", description = "keys of a nation or node, or one of them")
  private Path where = Path.of("");

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(where)) {
      throw new WrongUse("no directory or file at " + where);
    }
    return KeysCommand.work(
        () -> {
          List<KeyDescription> keys = KeyDescription.of(where, Instant.now());
          if (json) {
            System.out.println(json(keys));
          } else if (keys.isEmpty()) {
            System.out.println("no keys in " + where);
          } else {
            keys.forEach(KeysShow::print);
          }
        });
  }

  private static void print(KeyDescription k) {
    System.out.printf(Locale.ROOT, "%-26s %s %s%n", k.file().getFileName(), k.nation(), k.role());
    System.out.println("  SHA-256 " + k.fingerprint());
    k.serial().ifPresent(s -> System.out.println("  serial  " + s));
    if (k.validFrom().isPresent() && k.validUntil().isPresent() && k.daysLeft().isPresent()) {
      long left = k.daysLeft().get();
      System.out.println(
          "  valid   "
              + k.validFrom().get()
              + " to "
              + k.validUntil().get()
              + (left < 0 ? ", EXPIRED" : ", " + left + " days left"));
    }
  }

  private static String json(List<KeyDescription> keys) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode array = mapper.createArrayNode();
    for (KeyDescription k : keys) {
      ObjectNode o = array.addObject();
      o.put("file", k.file().toString());
      o.put("nation", k.nation());
      o.put("role", k.role());
      o.put("sha256", k.fingerprint().replace("-", ""));
      o.put("serial", k.serial().orElse(null));
      o.put("validFrom", k.validFrom().map(Instant::toString).orElse(null));
      o.put("validUntil", k.validUntil().map(Instant::toString).orElse(null));
      o.put("daysLeft", k.daysLeft().orElse(null));
    }
    return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(array);
  }
}
