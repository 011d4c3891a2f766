package parallax.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.files.SmallFile;
import parallax.files.WholeFile;
import parallax.model.Check;
import parallax.model.InvalidValueException;
import parallax.model.Utf8Text;

/**
 * Which gateway each sensor feed belongs to: the one whose certificate used it first, by the name
 * (CN) in the certificate. A renewed certificate of the same name goes on with the feed; another
 * gateway cannot use up its numbers.
 *
 * <p>The file {@value #FILE} of the node's directory holds it: a line for each feed, the feed's
 * name, a tabulator, the gateway's name; lines without one that start with {@code #} are remarks.
 * Whoever changes a line gives the feed to another gateway; a running node reads it when the other
 * gateway uses the feed.
 */
public final class FeedHolders {
  /** The file's name. */
  public static final String FILE = "feeds.txt";

  /** Feeds that one gateway may have. */
  static final int MOST_FEEDS = 1_000;

  private final Path file;
  private SortedMap<String, String> holders;

  /**
   * Reads the file; without one, no feed belongs to anybody yet.
   *
   * @throws InvalidValueException when a line says something else
   */
  public FeedHolders(Path file) throws IOException {
    this.file = file;
    this.holders = read();
  }

  /**
   * Says whether a gateway may use a feed; one that belongs to nobody belongs to it from now on,
   * durably.
   *
   * @return why it may not; empty when it may
   * @throws IOException when the file cannot be read or written
   * @throws InvalidValueException when it says something wrong, or the gateway has no fit name
   */
  synchronized Optional<String> refusal(String feed, String gateway) throws IOException {
    if (gateway.equals(holders.get(feed))) {
      return Optional.empty();
    }
    Check.text("name in the certificate of a gateway", gateway, 200);
    holders = read();
    String holder = holders.get(feed);
    if (gateway.equals(holder)) {
      return Optional.empty();
    }
    if (holder != null) {
      return Optional.of(
          "feed '"
              + feed
              + "' belongs to gateway '"
              + holder
              + "' and cannot be used by '"
              + gateway
              + "'. Give this gateway a feed of another name, or change the line in "
              + FILE);
    }
    if (Collections.frequency(holders.values(), gateway) >= MOST_FEEDS) {
      return Optional.of(
          "gateway '"
              + gateway
              + "' has "
              + MOST_FEEDS
              + " feeds already. Use one of them, or delete lines in "
              + FILE);
    }
    SortedMap<String, String> after = new TreeMap<>(holders);
    after.put(feed, gateway);
    write(after);
    holders = after;
    return Optional.empty();
  }

  private SortedMap<String, String> read() throws IOException {
    SortedMap<String, String> out = new TreeMap<>();
    if (!Files.exists(file)) {
      return out;
    }
    String text = Utf8Text.decode(SmallFile.whole(file), file.toString());
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || (line.startsWith("#") && line.indexOf('\t') < 0)) {
        continue;
      }
      String[] parts = line.split("\t", -1);
      if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new InvalidValueException(
            file + ", line " + number,
            parts.length + " parts",
            "a feed's name, a tabulator and its gateway's name");
      }
      if (out.put(parts[0], parts[1]) != null) {
        throw new InvalidValueException(
            file + ", line " + number, "a second one for the same feed", "one for each feed");
      }
    }
    return out;
  }

  private void write(SortedMap<String, String> after) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("# Which gateway each sensor feed belongs to, by the name in its certificate.\n");
    for (Map.Entry<String, String> e : after.entrySet()) {
      text.append(e.getKey()).append('\t').append(e.getValue()).append('\n');
    }
    WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
