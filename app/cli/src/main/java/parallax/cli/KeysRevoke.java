package parallax.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.NationKeys;
import parallax.credentials.Revocations;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.Nation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parallax keys revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description =
        "Stops believing a certificate. A running node reads it within seconds, refuses the"
            + " certificate and closes what it had open.")
final class KeysRevoke implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "NODEDIR",
      required = true,
      description = "the node's directory")
  private Path directory = Path.of("");

  @Option(
      names = "--partner",
      paramLabel = "XXX",
      required = true,
      description = "whose authority issued it; the own nation for own sensors and operators")
  private String partner = "";

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Which which = new Which();

  /** Which certificate. */
  static final class Which {
    @Option(names = "--serial", paramLabel = "HEX", description = "its serial number")
    private @Nullable String serial;

    @Option(names = "--certificate", paramLabel = "FILE", description = "the certificate itself")
    private @Nullable Path certificate;
  }

  @Override
  public Integer call() throws IOException {
    return KeysCommand.work(
        () -> {
          Nation whose = new Nation(partner);
          NodeDirectory node = new NodeDirectory(directory);
          Nation own = NodeSettings.read(directory).nation();
          Path file = node.revoked(own, whose);
          Path authority = file.resolveSibling(NationKeys.AUTHORITY);
          if (!Files.exists(authority)) {
            throw new WrongUse(whose + " is no partner of this node: there is no " + authority);
          }
          BigInteger serial = serial(authority);
          boolean fresh = Revocations.append(file, serial, Instant.now());
          System.out.println(
              "serial "
                  + serial.toString(16)
                  + " of "
                  + whose
                  + (fresh ? " revoked in " : " was revoked already in ")
                  + file);
        });
  }

  private BigInteger serial(Path authority) throws IOException, GeneralSecurityException {
    if (which.certificate == null) {
      return Revocations.serial(String.valueOf(which.serial));
    }
    X509Certificate c = CertificateAuthority.readCertificate(which.certificate);
    if (CertificateAuthority.readCertificates(authority).stream()
        .noneMatch(a -> CertificateAuthority.isIssuedBy(c, a))) {
      throw new WrongUse(which.certificate + " was not issued by " + authority);
    }
    return c.getSerialNumber();
  }
}
