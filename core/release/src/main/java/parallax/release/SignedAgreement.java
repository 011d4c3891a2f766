package parallax.release;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** An agreement file's exact bytes with the signatures found beside it; nothing checked yet. */
public final class SignedAgreement {
  private final byte[] bytes;
  private final String sourceName;
  private final SortedMap<Nation, AgreementSignature> signatures;

  /**
   * Copies what it is given.
   *
   * @param bytes the agreement file
   * @param sourceName what errors call it
   * @param signatures at most one per nation
   */
  public SignedAgreement(
      byte[] bytes, String sourceName, Collection<AgreementSignature> signatures) {
    this.bytes = bytes.clone();
    this.sourceName = sourceName;
    TreeMap<Nation, AgreementSignature> byNation = new TreeMap<>();
    for (AgreementSignature s : signatures) {
      if (byNation.put(s.nation(), s) != null) {
        throw new InvalidValueException(
            "signatures of " + sourceName, "two of " + s.nation(), "one per nation");
      }
    }
    this.signatures = Collections.unmodifiableSortedMap(byNation);
  }

  /** A copy of the agreement file's bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** What errors call the file. */
  public String sourceName() {
    return sourceName;
  }

  /** The signatures by nation. */
  public SortedMap<Nation, AgreementSignature> signatures() {
    return signatures;
  }
}
