package parallax.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.InvalidValueException;

/**
 * Flat JSON objects in the canonical form of RFC 8785: names sorted, no spaces, the shortest
 * escapes. Values are String, Long and Boolean.
 */
final class CanonicalJson {
  /** Whole numbers beyond this are not exact in every JSON reader (RFC 8785, section 3.2.2.3). */
  private static final long MOST = (1L << 53) - 1;

  private static final String FIELD = "entry";

  private final String text;
  private int at;

  private CanonicalJson(String text) {
    this.text = text;
  }

  static void requireExact(String name, long value) {
    if (value < -MOST || value > MOST) {
      throw new InvalidValueException(name, value, "at most " + MOST + " on either side of 0");
    }
  }

  /** Writes an object, with one more text unless its name is empty. */
  static byte[] write(Fields fields, String extra, String value) {
    Writer w = new Writer();
    w.plain('{');
    boolean pending = !extra.isEmpty();
    for (int i = 0; i < fields.size(); i++) {
      if (pending && extra.compareTo(fields.name(i)) < 0) {
        w.field(extra, value);
        pending = false;
      }
      w.field(fields.name(i), fields.value(i));
    }
    if (pending) {
      w.field(extra, value);
    }
    w.plain('}');
    return Arrays.copyOf(w.bytes, w.size);
  }

  /** Spells in UTF-8, without a text in between: every record that is told makes two entries. */
  private static final class Writer {
    private static final char FIRST_BEYOND_ASCII = 0x80;

    private byte[] bytes = new byte[640];
    private int size;

    void field(String name, Object value) {
      if (size > 1) {
        plain(',');
      }
      string(name);
      plain(':');
      if (value instanceof String s) {
        string(s);
      } else {
        plain(value.toString());
      }
    }

    private void string(String s) {
      plain('"');
      int i = 0;
      while (i < s.length()) {
        char c = s.charAt(i);
        int from = i++;
        if (c >= FIRST_BEYOND_ASCII) {
          while (i < s.length() && s.charAt(i) >= FIRST_BEYOND_ASCII) {
            i++;
          }
          utf8(s.substring(from, i)); // a character may be a pair of these
        } else if (c < ' ' || c == '"' || c == '\\') {
          escape(c);
        } else {
          plain(c);
        }
      }
      plain('"');
    }

    private void utf8(String s) {
      byte[] b = s.getBytes(StandardCharsets.UTF_8);
      room(b.length);
      System.arraycopy(b, 0, bytes, size, b.length);
      size += b.length;
    }

    private void escape(char c) {
      switch (c) {
        case '"' -> plain("\\\"");
        case '\\' -> plain("\\\\");
        case '\b' -> plain("\\b");
        case '\f' -> plain("\\f");
        case '\n' -> plain("\\n");
        case '\r' -> plain("\\r");
        case '\t' -> plain("\\t");
        default -> plain((c < 16 ? "\\u000" : "\\u00") + Integer.toHexString(c));
      }
    }

    private void plain(String ascii) {
      for (int i = 0; i < ascii.length(); i++) {
        plain(ascii.charAt(i));
      }
    }

    private void plain(char ascii) {
      room(1);
      bytes[size++] = (byte) ascii;
    }

    private void room(int more) {
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
      }
    }
  }

  /**
   * Reads an object; names may come in any order here, the caller compares spellings.
   *
   * @throws InvalidValueException when the bytes are no flat object
   */
  static SortedMap<String, Object> parse(byte[] bytes) {
    return new CanonicalJson(new String(bytes, StandardCharsets.UTF_8)).object();
  }

  private SortedMap<String, Object> object() {
    SortedMap<String, Object> out = new TreeMap<>();
    expect('{');
    while (!next('}')) {
      if (!out.isEmpty()) {
        expect(',');
      }
      String name = string();
      expect(':');
      if (out.put(name, value()) != null) {
        throw new InvalidValueException(FIELD, "with two of " + name, "each name once");
      }
    }
    at++;
    if (at != text.length()) {
      throw wrong("its end");
    }
    return out;
  }

  private Object value() {
    if (next('"')) {
      return string();
    }
    for (Boolean b : new Boolean[] {true, false}) {
      if (text.startsWith(b.toString(), at)) {
        at += b.toString().length();
        return b;
      }
    }
    int from = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      long n = Long.parseLong(text.substring(from, at));
      requireExact(FIELD, n);
      return n;
    } catch (NumberFormatException e) {
      throw wrong("a text, a whole number, true or false");
    }
  }

  private String string() {
    expect('"');
    StringBuilder b = new StringBuilder();
    while (!next('"')) {
      char c = take();
      b.append(c == '\\' ? escaped() : c);
    }
    at++;
    return b.toString();
  }

  private char escaped() {
    char c = take();
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"', '\\' -> c;
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(take(), 16);
          if (digit < 0) {
            throw wrong("four hexadecimal digits");
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw wrong("an escape of JSON");
    };
  }

  private boolean next(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private char take() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at++);
  }

  private void expect(char c) {
    if (!next(c)) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private InvalidValueException wrong(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "at its end";
    return new InvalidValueException(FIELD + " at character " + at, found, expected);
  }
}
