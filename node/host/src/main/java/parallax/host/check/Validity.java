package parallax.host.check;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import parallax.credentials.KeyDescription;
import parallax.host.Expiry;
import parallax.model.UtcTime;

/** Says until when things are valid, and warns in time. */
final class Validity {
  private Validity() {}

  /** Says when a certificate ends; an error when it has, a warning when it soon will. */
  static void sayEnd(
      Findings f, String about, String what, X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant();
    long days = KeyDescription.daysLeft(certificate, now);
    if (end.isBefore(now)) {
      f.error(about, what + " EXPIRED on " + end + "; its holder is refused: renew it");
    } else if (certificate.getNotBefore().toInstant().isAfter(now)) {
      f.error(
          about,
          what
              + " is not valid before "
              + certificate.getNotBefore().toInstant()
              + "; is this machine's clock right?");
    } else if (days < Expiry.SOON_DAYS) {
      f.warning(about, what + " is good until " + end + ", only " + days + " days: renew it");
    } else {
      f.ok(about, what + " is good until " + end + ", " + days + " days");
    }
  }

  /** Whole days between two times. */
  static long days(UtcTime from, UtcTime to) {
    return Duration.ofNanos(to.nanos() - from.nanos()).toDays();
  }
}
