package parallax.audit;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/**
 * Where the log of a node has come to: what its writer must know to go on without the entries
 * before it.
 *
 * @param position the journal's position of the last input that is in it
 * @param origin the log's name
 * @param size how many entries it has
 * @param root the root over them
 * @param trail what {@link AuditTrail} remembers, as names and texts
 */
public record AuditState(
    long position, String origin, long size, Digest root, SortedMap<String, String> trail) {
  private static final String FORMAT = "1";
  private static final String TRAIL = "trail ";

  /** Copies the map. */
  public AuditState {
    trail = Collections.unmodifiableSortedMap(new TreeMap<>(trail));
  }

  /** As bytes: a flat object in canonical JSON, so that people can read it. */
  public byte[] toBytes() {
    SortedMap<String, Object> fields = new TreeMap<>();
    fields.put("format", FORMAT);
    fields.put("position", position);
    fields.put("origin", origin);
    fields.put("size", size);
    fields.put("root", Base64Text.of(root));
    trail.forEach((name, text) -> fields.put(TRAIL + name, text));
    return CanonicalJson.write(Fields.of(fields), "", "");
  }

  /** Reads it; throws {@link InvalidValueException} when the bytes are none. */
  public static AuditState parse(byte[] bytes) {
    SortedMap<String, Object> fields = CanonicalJson.parse(bytes);
    if (!FORMAT.equals(fields.get("format"))) {
      throw new InvalidValueException(
          "format of the state of the audit log", fields.get("format") + "", "'" + FORMAT + "'");
    }
    SortedMap<String, String> trail = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (name.startsWith(TRAIL) && value instanceof String s) {
            trail.put(name.substring(TRAIL.length()), s);
          }
        });
    return new AuditState(
        number(fields, "position"),
        text(fields, "origin"),
        number(fields, "size"),
        Base64Text.digest("root", text(fields, "root")),
        trail);
  }

  private static long number(SortedMap<String, Object> fields, String name) {
    if (fields.get(name) instanceof Long n && n >= 0) {
      return n;
    }
    throw new InvalidValueException(name, String.valueOf(fields.get(name)), "a number from 0 on");
  }

  private static String text(SortedMap<String, Object> fields, String name) {
    if (fields.get(name) instanceof String s) {
      return s;
    }
    throw new InvalidValueException(name, String.valueOf(fields.get(name)), "a text");
  }
}
