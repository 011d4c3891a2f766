package parallax.transport;

import java.security.cert.CertificateException;

/** A certificate that is not believed, and why. */
final class RefusedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final CallerRefusal reason;

  RefusedCertificateException(CallerRefusal reason, String message) {
    super(message);
    this.reason = reason;
  }

  CallerRefusal reason() {
    return reason;
  }
}
