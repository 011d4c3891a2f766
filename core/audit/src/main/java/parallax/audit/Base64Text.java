package parallax.audit;

import java.util.Base64;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/** Standard base64 (RFC 4648, section 4), one spelling for each value. */
final class Base64Text {
  private Base64Text() {}

  static String of(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String of(Digest digest) {
    return of(digest.bytes());
  }

  /** The bytes; unused bits that are not zero, which decoders overlook, are refused. */
  static byte[] decode(String field, String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      if (of(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(field, shortened(text), "base64");
    }
    throw new InvalidValueException(field, shortened(text), "base64 in its one spelling");
  }

  static Digest digest(String field, String text) {
    byte[] bytes = decode(field, text);
    if (bytes.length != Digest.LENGTH) {
      throw new InvalidValueException(field, bytes.length + " bytes", Digest.LENGTH + " bytes");
    }
    return Digest.of(bytes);
  }

  static String shortened(String text) {
    return text.length() > 100 ? "text of " + text.length() + " characters" : "'" + text + "'";
  }
}
