package parallax.host;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import parallax.credentials.KeyDescription;
import parallax.model.InvalidValueException;

/** Says which certificates cease to be valid soon, or have ceased. */
public final class Expiry {
  /** From how many days before the end on a certificate is spoken of. */
  public static final int SOON_DAYS = 30;

  private Expiry() {}

  /**
   * A line for each certificate that has less than {@value #SOON_DAYS} days left.
   *
   * @param certificates by what they are, for people
   */
  public static List<String> soon(SortedMap<String, X509Certificate> certificates, Instant now) {
    List<String> out = new ArrayList<>();
    for (Map.Entry<String, X509Certificate> c : certificates.entrySet()) {
      Instant end = c.getValue().getNotAfter().toInstant();
      long days = KeyDescription.daysLeft(c.getValue(), now);
      if (end.isBefore(now)) {
        out.add(c.getKey() + " EXPIRED on " + end + ": its holder is refused");
      } else if (days < SOON_DAYS) {
        out.add(c.getKey() + " expires on " + end + ", in " + days + " days");
      }
    }
    return out;
  }

  /** Whether a certificate is valid at a moment. */
  public static boolean isValid(X509Certificate certificate, Instant now) {
    return !certificate.getNotAfter().toInstant().isBefore(now)
        && !certificate.getNotBefore().toInstant().isAfter(now);
  }

  /**
   * Refuses an own certificate that is not valid now.
   *
   * @throws InvalidValueException saying since or from when, and what to do
   */
  public static void requireValid(String what, X509Certificate certificate, Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (end.isBefore(now)) {
      throw new InvalidValueException(
          what, "expired since " + end, "a valid one; see: parallax keys renew");
    }
    if (begin.isAfter(now)) {
      throw new InvalidValueException(
          what, "not valid before " + begin, "a valid one; is this machine's clock right?");
    }
  }
}
