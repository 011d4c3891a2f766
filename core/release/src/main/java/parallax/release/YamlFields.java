package parallax.release;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import parallax.model.Nation;
import parallax.model.UtcTime;

/**
 * The keys of one YAML mapping, read as the types they must have. Every error names the file, the
 * line, the key, what was found and what was expected; an unknown key names the nearest known one.
 */
final class YamlFields {
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,12})?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
  private static final Pattern UTC =
      Pattern.compile("(19[7-9]|20[0-9]|21[0-9])[0-9]-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z");

  private final String source;
  private final String path;
  private final YamlNode.Mapping mapping;

  /** Reads {@code mapping}; every key must be among {@code known}. */
  YamlFields(String source, String path, YamlNode.Mapping mapping, String... known) {
    this.source = source;
    this.path = path;
    this.mapping = mapping;
    mapping
        .entries()
        .forEach(
            (key, entry) -> {
              if (!Arrays.asList(known).contains(key)) {
                throw new MalformedFileException(
                    source,
                    entry.line(),
                    "unknown key '"
                        + path
                        + YamlReader.shown(key)
                        + "'; nearest known key: '"
                        + path
                        + NearestKey.of(key, Arrays.asList(known))
                        + "'");
              }
            });
  }

  /** Whether the key is there. */
  boolean has(String key) {
    return mapping.entries().containsKey(key);
  }

  /** Whether the key is there and its value a mapping. */
  boolean isMapping(String key) {
    YamlNode.Entry entry = mapping.entries().get(key);
    return entry != null && entry.value() instanceof YamlNode.Mapping;
  }

  /** The line of the key, or of the mapping when it is not there. */
  int line(String key) {
    YamlNode.Entry entry = mapping.entries().get(key);
    return entry == null ? mapping.line() : entry.line();
  }

  /** An error about the key. */
  MalformedFileException wrong(String key, String what) {
    return new MalformedFileException(source, line(key), path + key + " " + what);
  }

  /** An error about the mapping as a whole. */
  MalformedFileException wrongAsAWhole(String what) {
    String name = path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    return new MalformedFileException(source, mapping.line(), name + " " + what);
  }

  /** An error about one node. */
  MalformedFileException wrong(YamlNode at, String key, String what) {
    return new MalformedFileException(source, at.line(), path + key + " " + what);
  }

  private YamlNode value(String key) {
    YamlNode.Entry entry = mapping.entries().get(key);
    if (entry == null) {
      throw new MalformedFileException(source, mapping.line(), "'" + path + key + "' is missing");
    }
    return entry.value();
  }

  private YamlNode.Scalar scalar(String key, YamlNode node, String expected) {
    if (node instanceof YamlNode.Scalar s) {
      return s;
    }
    String found = node instanceof YamlNode.Sequence ? "a list" : "a mapping";
    throw wrong(node, key, "is " + found + "; expected " + expected);
  }

  /** Text of 1 to {@code longest} visible characters. */
  String text(String key, int longest) {
    return text(key, value(key), longest);
  }

  private String text(String key, YamlNode node, int longest) {
    String expected = "text of 1 to " + longest + " characters, no control characters";
    String text = scalar(key, node, expected).text();
    boolean invisible =
        text.codePoints()
            .anyMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
    if (text.isBlank() || text.length() > longest || invisible) {
      throw wrong(node, key, "is '" + YamlReader.shown(text) + "'; expected " + expected);
    }
    return text;
  }

  /** A plain whole number in a closed interval. */
  int whole(String key, int low, int high) {
    String expected = "a whole number from " + low + " to " + high;
    YamlNode.Scalar s = scalar(key, value(key), expected);
    if (s.plain() && WHOLE.matcher(s.text()).matches()) {
      int n = Integer.parseInt(s.text());
      if (n >= low && n <= high) {
        return n;
      }
    }
    throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected " + expected);
  }

  /** A plain decimal number in a closed interval. */
  double number(String key, double low, double high) {
    return number(key, value(key), low, high);
  }

  /** A plain decimal number in a closed interval, at {@code node}. */
  double number(String key, YamlNode node, double low, double high) {
    String expected = "a decimal number from " + low + " to " + high;
    YamlNode.Scalar s = scalar(key, node, expected);
    if (s.plain() && DECIMAL.matcher(s.text()).matches()) {
      double n = Double.parseDouble(s.text());
      if (n >= low && n <= high) {
        return n;
      }
    }
    throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected " + expected);
  }

  /** A number of a closed interval when the key is there. */
  OptionalDouble optionalNumber(String key, double low, double high) {
    return has(key) ? OptionalDouble.of(number(key, low, high)) : OptionalDouble.empty();
  }

  /** {@code true} or {@code false}. */
  boolean yesOrNo(String key) {
    YamlNode.Scalar s = scalar(key, value(key), "true or false");
    if (s.plain() && (s.text().equals("true") || s.text().equals("false"))) {
      return s.text().equals("true");
    }
    throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected true or false");
  }

  /** The flag when the key is there, else no. */
  boolean flag(String key) {
    return has(key) && yesOrNo(key);
  }

  /** A moment in UTC, from 1970 to 2199. */
  UtcTime time(String key) {
    String expected = "a UTC time such as 2026-01-01T00:00:00Z";
    YamlNode.Scalar s = scalar(key, value(key), expected);
    if (UTC.matcher(s.text()).matches()) {
      try {
        return UtcTime.of(Instant.parse(s.text()));
      } catch (DateTimeException e) {
        throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected " + expected);
      }
    }
    throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected " + expected);
  }

  /** Requires one fixed word. */
  void word(String key, String only) {
    YamlNode.Scalar s = scalar(key, value(key), "'" + only + "'");
    if (!s.text().equals(only)) {
      throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected '" + only + "'");
    }
  }

  /** One of the constants of {@code type}. */
  <E extends Enum<E>> E one(String key, Class<E> type) {
    return constant(key, value(key), List.of(type.getEnumConstants()));
  }

  /** One of some constants. */
  <E extends Enum<E>> E constant(String key, List<E> all) {
    return constant(key, value(key), all);
  }

  private <E extends Enum<E>> E constant(String key, YamlNode node, List<E> all) {
    YamlNode.Scalar s = scalar(key, node, "one of " + all);
    for (E e : all) {
      if (e.name().equals(s.text())) {
        return e;
      }
    }
    throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected one of " + all);
  }

  /** One of RELEASE-like constants written in lower case. */
  <E extends Enum<E>> E oneInLowerCase(String key, Class<E> type) {
    YamlNode.Scalar s = scalar(key, value(key), "a word");
    List<String> names = new ArrayList<>();
    for (E e : type.getEnumConstants()) {
      String name = e.name().toLowerCase(java.util.Locale.ROOT);
      if (name.equals(s.text())) {
        return e;
      }
      names.add(name);
    }
    throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected one of " + names);
  }

  /** A list of distinct constants of {@code type}, at least one. */
  <E extends Enum<E>> SortedSet<E> constants(String key, Class<E> type) {
    return constants(key, List.of(type.getEnumConstants()));
  }

  /** A list of distinct constants among {@code all}, at least one. */
  <E extends Enum<E>> SortedSet<E> constants(String key, List<E> all) {
    TreeSet<E> set = new TreeSet<>();
    for (YamlNode item : items(key, 1, all.size())) {
      if (!set.add(constant(key, item, all))) {
        throw wrong(item, key, "names " + ((YamlNode.Scalar) item).text() + " twice");
      }
    }
    return Collections.unmodifiableSortedSet(set);
  }

  /** A list of distinct nations, at least {@code fewest}. */
  SortedSet<Nation> nations(String key, int fewest) {
    TreeSet<Nation> set = new TreeSet<>();
    for (YamlNode item : items(key, fewest, 50)) {
      Nation nation = nation(key, item);
      if (!set.add(nation)) {
        throw wrong(item, key, "names " + nation + " twice");
      }
    }
    return Collections.unmodifiableSortedSet(set);
  }

  /** One nation. */
  Nation nation(String key) {
    return nation(key, value(key));
  }

  private Nation nation(String key, YamlNode node) {
    String expected = "an ISO 3166-1 alpha-3 code in ASCII capitals such as JPN";
    YamlNode.Scalar s = scalar(key, node, expected);
    try {
      return new Nation(s.text());
    } catch (IllegalArgumentException e) {
      throw wrong(s, key, "is '" + YamlReader.shown(s.text()) + "'; expected " + expected);
    }
  }

  /** A list of texts, which may be empty. */
  List<String> texts(String key, int longest) {
    List<String> texts = new ArrayList<>();
    for (YamlNode item : items(key, 0, 20)) {
      texts.add(text(key, item, longest));
    }
    return List.copyOf(texts);
  }

  /** A list of {@code fewest} to {@code most} items. */
  List<YamlNode> items(String key, int fewest, int most) {
    return items(key, value(key), fewest, most);
  }

  /** A list of {@code fewest} to {@code most} items, at {@code node}. */
  List<YamlNode> items(String key, YamlNode node, int fewest, int most) {
    String expected = "a list of " + fewest + " to " + most;
    if (!(node instanceof YamlNode.Sequence s)) {
      throw wrong(node, key, "is not a list; expected " + expected);
    }
    if (s.items().size() < fewest || s.items().size() > most) {
      throw wrong(node, key, "has " + s.items().size() + " items; expected " + expected);
    }
    return s.items();
  }

  /** The keys of the mapping under {@code key}. */
  YamlFields child(String key, String... known) {
    return child(key, value(key), known);
  }

  /** The keys of the mapping at {@code node}. */
  YamlFields child(String key, YamlNode node, String... known) {
    if (node instanceof YamlNode.Mapping m) {
      return new YamlFields(source, path + key + ".", m, known);
    }
    throw wrong(node, key, "is not a mapping; expected the keys " + Arrays.asList(known));
  }

  /** The value under {@code key} when there is one. */
  Optional<YamlNode> optional(String key) {
    return Optional.ofNullable(mapping.entries().get(key)).map(YamlNode.Entry::value);
  }
}
