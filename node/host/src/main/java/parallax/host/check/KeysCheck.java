package parallax.host.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.CertificateSubject;
import parallax.credentials.Fingerprints;
import parallax.credentials.KeyFolder;
import parallax.credentials.KeyMaterial;
import parallax.credentials.NationKeys;
import parallax.credentials.Revocations;
import parallax.host.NodeCertificate;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.Nation;
import parallax.transport.RevokedSerials;
import parallax.transport.Trust;

/** Looks at the node's own keys and certificates, and uses them. */
final class KeysCheck {
  private static final String ABOUT = "keys";

  private final NodeDirectory directory;
  private final Nation nation;
  private final NodeSettings settings;
  private final Findings f;
  private final Instant now;

  KeysCheck(NodeDirectory directory, NodeSettings settings, Findings f, Instant now) {
    this.directory = directory;
    this.nation = settings.nation();
    this.settings = settings;
    this.f = f;
    this.now = now;
  }

  /** Who may read the secrets, and which of them do not belong here; asks for no settings. */
  static void checkFolder(NodeDirectory directory, Findings f) {
    Path keys = directory.keys();
    f.read(ABOUT, () -> KeyFolder.openSecrets(keys))
        .ifPresent(
            open ->
                open.forEach(
                    o ->
                        f.error(
                            ABOUT,
                            "others than its owner may read or change "
                                + keys.resolve(o)
                                + ": chmod 600")));
    f.read(ABOUT, () -> KeyFolder.notForANode(keys))
        .ifPresent(
            offline ->
                offline.forEach(
                    o ->
                        f.warning(
                            ABOUT,
                            keys.resolve(o)
                                + " can speak for the whole nation and no running node needs it:"
                                + " move it to a medium that is locked away")));
  }

  void check() {
    Optional<RevokedSerials> revoked = revoked();
    Path ca = directory.keys().resolve(NationKeys.AUTHORITY);
    Optional<List<X509Certificate>> authorities =
        f.read(ABOUT, () -> CertificateAuthority.readCertificates(ca));
    if (authorities.isPresent() && revoked.isPresent()) {
      withAuthorities(ca, authorities.get(), revoked.get());
    }
    f.read(ABOUT, () -> directory.streamKeys(settings))
        .ifPresent(
            k ->
                f.ok(
                    ABOUT,
                    "stream key of channel "
                        + settings.channel()
                        + ", SHA-256 "
                        + Fingerprints.of(k.getFirst().key())));
    logKey();
  }

  private Optional<RevokedSerials> revoked() {
    Path file = directory.revoked(nation, nation);
    Optional<Revocations> r = f.read(ABOUT, () -> Revocations.read(file));
    r.ifPresent(x -> x.faults().forEach(w -> f.error(ABOUT, file + ", " + w)));
    return r.map(
        x -> {
          RevokedSerials serials = new RevokedSerials();
          serials.set(nation, x.serials());
          return serials;
        });
  }

  private void withAuthorities(Path ca, List<X509Certificate> authorities, RevokedSerials revoked) {
    if (!f.holds(ABOUT, () -> NodeCertificate.requireNation(ca, authorities, nation))) {
      return;
    }
    for (X509Certificate a : authorities) {
      Validity.sayEnd(f, ABOUT, "own authority " + ca, a, now);
    }
    Optional<Trust> trust =
        f.read(ABOUT, () -> new Trust(new TreeMap<>(Map.of(nation, authorities)), revoked));
    if (trust.isEmpty()) {
      return;
    }
    Path pem = directory.keys().resolve(NationKeys.name(Role.NODE) + ".pem");
    Optional<KeyMaterial> own = f.read(ABOUT, () -> material(Role.NODE));
    if (own.isPresent()
        && f.holds(
            ABOUT,
            () ->
                NodeCertificate.require(
                    directory.keys(), nation, own.get(), authorities, trust.get(), now))) {
      f.ok(ABOUT, pem + ": a TLS connection of the node with itself succeeds");
      Validity.sayEnd(f, ABOUT, pem.toString(), own.get().certificate(), now);
    }
    for (Role client : List.of(Role.OPERATOR, Role.SENSOR)) {
      client(client, authorities);
    }
  }

  private KeyMaterial material(Role role) throws IOException, GeneralSecurityException {
    Path keys = directory.keys();
    String name = NationKeys.name(role);
    return KeyMaterial.read(keys.resolve(name + ".pem"), keys.resolve(name + ".key"));
  }

  /** A client's certificate that lies beside the node's: nobody but that client needs it. */
  private void client(Role role, List<X509Certificate> authorities) {
    Path pem = directory.keys().resolve(NationKeys.name(role) + ".pem");
    if (!Files.exists(pem)) {
      return;
    }
    f.read(ABOUT, () -> material(role))
        .ifPresent(
            m -> {
              X509Certificate c = m.certificate();
              if (authorities.stream().noneMatch(a -> CertificateAuthority.isIssuedBy(c, a))) {
                f.warning(ABOUT, pem + " was not issued by the authority beside it");
              } else if (!f.read(ABOUT, () -> CertificateSubject.of(c).role())
                  .filter(Optional.of(role)::equals)
                  .isPresent()) {
                f.warning(ABOUT, pem + " is no certificate of role " + role);
              } else {
                Validity.sayEnd(f, ABOUT, pem.toString(), c, now);
              }
            });
  }

  /** The key of the audit log is made at the first start; only one that is there can be wrong. */
  private void logKey() {
    Path seed = NationKeys.logSeed(directory.keys(), settings.channel());
    boolean made =
        Files.exists(seed) || Files.exists(NationKeys.logKey(directory.keys(), settings.channel()));
    if (!made) {
      f.ok(ABOUT, "the audit log's key is not made yet; the first start makes it");
    } else {
      f.read(ABOUT, () -> NationKeys.ownLogSeed(directory.keys(), nation, settings.channel()).key())
          .ifPresent(k -> f.ok(ABOUT, "audit log's key, SHA-256 " + Fingerprints.of(k)));
    }
  }
}
