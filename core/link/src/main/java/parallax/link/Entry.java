package parallax.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;
import parallax.signing.VerificationKey;

/** What stands at one number of a stream. */
public sealed interface Entry {

  /**
   * A record, sent whole.
   *
   * @param bytes encoded report; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // equality is defined below
  record Whole(byte[] bytes) implements Entry {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Whole r && Arrays.equals(bytes, r.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Whole[" + bytes.length + " bytes]";
    }
  }

  /**
   * A record that was not sent, because a newer one of the same track and data class stood behind
   * it while the lane was congested. Its digest keeps the chain verifiable.
   *
   * @param recordDigest SHA-256 of the record that stood here
   * @param into number of the newer record
   */
  record Folded(Digest recordDigest, long into) implements Entry {
    /** Validates the number. */
    public Folded {
      if (into < 2) {
        throw new InvalidValueException("number folded into", into, "2 or more");
      }
    }
  }

  /**
   * A record that was taken in whole and deleted since, at the end of its retention: what a journal
   * keeps in its place. Never sent.
   *
   * @param recordDigest SHA-256 of the record that stood here
   * @param length its length, bytes
   */
  record Deleted(Digest recordDigest, int length) implements Entry {
    /** Validates the length. */
    public Deleted {
      if (length < 0) {
        throw new InvalidValueException("length of the deleted record", length, "0 or more");
      }
    }
  }

  /**
   * From the next number on, batches are signed with another key.
   *
   * @param key the originator's new key of this channel
   */
  record NewKey(VerificationKey key) implements Entry {}
}
