package parallax.release;

import java.util.List;
import java.util.SortedMap;

/** A piece of a YAML file with the line it starts on (from 1). */
sealed interface YamlNode {
  int line();

  /** One value as written; {@code plain} when it stands without quotes. */
  record Scalar(String text, boolean plain, int line) implements YamlNode {}

  /** A list. */
  record Sequence(List<YamlNode> items, int line) implements YamlNode {}

  /** Keys and values; no key twice. */
  record Mapping(SortedMap<String, Entry> entries, int line) implements YamlNode {}

  /** The value of a key, and the line of the key. */
  record Entry(int line, YamlNode value) {}
}
