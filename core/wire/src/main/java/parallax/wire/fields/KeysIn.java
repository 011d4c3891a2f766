package parallax.wire.fields;

import com.google.protobuf.ByteString;
import java.util.Map;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.signing.VerificationKey;

/**
 * Reads the keys of one message. That the bytes of a key are a point of the curve is dear to find
 * out, and one key stands in many places: of equal bytes it is found out once.
 */
public final class KeysIn {
  private final Map<ByteString, VerificationKey> known =
      new TreeMap<>(ByteString.unsignedLexicographicalComparator());

  /** Of a message of which no key was read yet. */
  public KeysIn() {}

  /**
   * A key.
   *
   * @param field what errors call it
   * @throws InvalidValueException when the bytes are no key
   */
  public VerificationKey key(String field, ByteString bytes) {
    VerificationKey before = known.get(bytes);
    if (before != null) {
      return before;
    }
    VerificationKey key =
        VerificationKey.of(WireFields.exactly(field, bytes, VerificationKey.LENGTH));
    known.put(bytes, key);
    return key;
  }
}
