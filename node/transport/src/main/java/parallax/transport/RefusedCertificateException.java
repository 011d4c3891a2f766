package parallax.transport;

import java.security.cert.CertificateException;

/** A certificate that is not believed, and why. */
final class RefusedCertificateException extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final Refusal reason;

  RefusedCertificateException(Refusal reason, String message) {
    super(message);
    this.reason = reason;
  }

  Refusal reason() {
    return reason;
  }
}
