package parallax.release;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import parallax.model.Utf8Text;

/**
 * Reads the narrow part of YAML 1.2 that agreements and policies use: one document of mappings,
 * lists and scalars. Anchors, aliases, tags, duplicate keys, deep nesting and files over 256 KiB
 * are errors, found while the events stream in, so a hostile file costs neither time nor memory.
 */
final class YamlReader {
  /** Largest file, bytes. */
  static final int LARGEST = 256 * 1024;

  private static final int DEEPEST = 12;

  private final String source;
  private final Iterator<Event> events;

  private YamlReader(String source, Iterator<Event> events) {
    this.source = source;
    this.events = events;
  }

  /** The file's one mapping. */
  static YamlNode.Mapping read(byte[] yaml, String source) {
    if (yaml.length > LARGEST) {
      throw new MalformedFileException(
          source, 0, "the file has " + yaml.length + " bytes; expected at most " + LARGEST);
    }
    String text = decode(yaml, source);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setCodePointLimit(LARGEST)
            .setParseComments(false)
            .build();
    try {
      return new YamlReader(source, new Parse(settings).parseString(text).iterator()).document();
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      throw new MalformedFileException(
          source,
          mark.map(m -> m.getLine() + 1).orElse(0),
          "not YAML: " + shown(plain(String.valueOf(e.getProblem())), 200));
    } catch (YamlEngineException e) {
      throw new MalformedFileException(
          source, 0, "not YAML: " + shown(firstLine(e.getMessage()), 200));
    }
  }

  /** The parser's words for the parts of a file, in words for people. */
  private static String plain(String problem) {
    return problem
        .replaceAll("'?<scalar>'?", "a text")
        .replaceAll("'?<document start>'?", "the end of the file")
        .replaceAll("'?<stream end>'?", "the end of the file")
        .replaceAll("'?<block end>'?", "a line that begins as far left as those before it")
        .replaceAll("'?<([a-z ]+)>'?", "$1");
  }

  private static String decode(byte[] yaml, String source) {
    Optional<String> other = Utf8Text.otherEncoding(yaml);
    if (other.isPresent()) {
      throw new MalformedFileException(
          source, 0, "the file is " + other.get() + "; expected " + Utf8Text.EXPECTED);
    }
    return Utf8Text.decode(yaml, source);
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }

  private YamlNode.Mapping document() {
    Event event = events.next();
    while (event.getEventId() == Event.ID.StreamStart
        || event.getEventId() == Event.ID.DocumentStart) {
      event = events.next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      throw new MalformedFileException(source, 0, "the file is empty");
    }
    YamlNode root = node(event, 1);
    while (events.hasNext()) {
      Event after = events.next();
      if (after.getEventId() == Event.ID.DocumentStart) {
        throw wrong(after, "a second document; expected one");
      }
    }
    if (root instanceof YamlNode.Mapping mapping) {
      return mapping;
    }
    throw new MalformedFileException(source, root.line(), "expected keys and values");
  }

  private YamlNode node(Event event, int depth) {
    if (depth > DEEPEST) {
      throw wrong(event, "nested deeper than " + DEEPEST + " levels");
    }
    if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
      throw wrong(event, "anchors and aliases are not allowed here");
    }
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event);
      case SequenceStart -> sequence(event, depth);
      case MappingStart -> mapping(event, depth);
      case Alias -> throw wrong(event, "anchors and aliases are not allowed here");
      case Comment, DocumentEnd, DocumentStart, MappingEnd, SequenceEnd, StreamEnd, StreamStart ->
          throw wrong(event, "expected a value");
    };
  }

  private YamlNode.Scalar scalar(ScalarEvent event) {
    if (event.getTag().isPresent()) {
      throw wrong(event, "tags such as " + shown(event.getTag().get()) + " are not allowed here");
    }
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    return new YamlNode.Scalar(event.getValue(), plain, line(event));
  }

  private YamlNode.Sequence sequence(Event start, int depth) {
    rejectTag(start);
    List<YamlNode> items = new ArrayList<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
      items.add(node(e, depth + 1));
    }
    return new YamlNode.Sequence(Collections.unmodifiableList(items), line(start));
  }

  private YamlNode.Mapping mapping(Event start, int depth) {
    rejectTag(start);
    TreeMap<String, YamlNode.Entry> entries = new TreeMap<>();
    for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
      if (!(node(e, depth + 1) instanceof YamlNode.Scalar key)) {
        throw wrong(e, "a key that is a list or a mapping; expected a word");
      }
      YamlNode value = node(events.next(), depth + 1);
      YamlNode.Entry before =
          entries.putIfAbsent(key.text(), new YamlNode.Entry(key.line(), value));
      if (before != null) {
        throw wrong(e, "key '" + shown(key.text()) + "' again; it stands on line " + before.line());
      }
    }
    return new YamlNode.Mapping(Collections.unmodifiableSortedMap(entries), line(start));
  }

  private void rejectTag(Event start) {
    if (start instanceof org.snakeyaml.engine.v2.events.CollectionStartEvent c
        && c.getTag().isPresent()) {
      throw wrong(start, "tags such as " + shown(c.getTag().get()) + " are not allowed here");
    }
  }

  private MalformedFileException wrong(Event at, String what) {
    return new MalformedFileException(source, line(at), what);
  }

  private static int line(Event event) {
    return event.getStartMark().map(m -> m.getLine() + 1).orElse(0);
  }

  /**
   * At most 40 characters of {@code text} for a message, every character outside printable US-ASCII
   * written as its code point: a look-alike letter shows as what it is.
   */
  static String shown(String text) {
    return shown(text, 40);
  }

  /** The same with at most {@code most} characters. */
  static String shown(String text, int most) {
    StringBuilder b = new StringBuilder();
    text.codePoints()
        .limit(most)
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7f) {
                b.appendCodePoint(c);
              } else {
                b.append("<U+").append(java.util.HexFormat.of().toHexDigits(c, 6)).append('>');
              }
            });
    return text.codePointCount(0, text.length()) > most ? b.append("...").toString() : b.toString();
  }
}
