package parallax.bench.link;

import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import parallax.bench.common.Samples;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.transport.Tls;

/** Two nations with authorities of their own, each of which has pinned the other's. */
record Partners(SslContext dialling, SslContext accepting) {
  /** Makes authorities and certificates; the keys lie in {@code folder}. */
  static Partners create(Path folder) throws IOException, GeneralSecurityException {
    Instant now = Instant.now();
    CertificateAuthority from = CertificateAuthority.create(Samples.ORIGINATOR, now, 2);
    CertificateAuthority to = CertificateAuthority.create(Samples.RECIPIENT, now, 2);
    Files.createDirectories(folder);
    from.issue(Role.NODE, folder, "from", now, 2);
    to.issue(Role.NODE, folder, "to", now, 2);
    return new Partners(
        Tls.client(folder, "from", to.certificate()),
        Tls.server(folder, "to", List.of(from.certificate())));
  }
}
