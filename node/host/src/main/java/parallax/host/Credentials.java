package parallax.host;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.KeyMaterial;
import parallax.credentials.NationKeys;
import parallax.credentials.Revocations;
import parallax.files.FileProblem;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.transport.OwnCertificate;
import parallax.transport.RevokedSerials;
import parallax.transport.Trust;

/**
 * What a node shows of itself and whom it believes, as its directory says: own certificate, pinned
 * authorities, revocations. Read at the start and looked at again while the node runs.
 */
final class Credentials {
  private final NodeDirectory directory;
  private final Nation nation;
  private final NodeLog log;
  private final List<X509Certificate> authorities;
  private final SortedMap<Nation, List<X509Certificate>> partners;
  private final OwnCertificate own;
  private final RevokedSerials revoked = new RevokedSerials();
  private final SortedMap<Nation, Revocations> read = new TreeMap<>();
  private final Trust ownClients;
  private final Trust partnersTrust;
  private String notTaken = "";

  /**
   * Reads everything.
   *
   * @throws InvalidValueException when a file says something wrong, or an own certificate is not
   *     valid now
   */
  Credentials(NodeDirectory directory, Nation nation, NodeLog log, Instant now)
      throws IOException, GeneralSecurityException {
    this.directory = directory;
    this.nation = nation;
    this.log = log;
    Path ca = directory.keys().resolve(NationKeys.AUTHORITY);
    this.authorities = CertificateAuthority.readCertificates(ca);
    NodeCertificate.requireNation(ca, authorities, nation);
    NodeCertificate.requireOneValid(ca, authorities, now);
    this.partners = directory.partnerAuthorities();
    for (Map.Entry<Nation, List<X509Certificate>> p : partners.entrySet()) {
      NodeCertificate.requireNation(
          directory.partner(p.getKey()).resolve(NationKeys.AUTHORITY), p.getValue(), p.getKey());
    }
    for (Nation n : nations()) {
      Path file = directory.revoked(nation, n);
      Revocations r = Revocations.read(file);
      if (!r.faults().isEmpty()) {
        throw new InvalidValueException(
            file.toString(), "wrong in " + r.faults().get(0), "serial numbers");
      }
      take(n, r);
    }
    this.ownClients = trustIn(nation, authorities);
    this.partnersTrust = new Trust(partners, revoked);
    this.own = new OwnCertificate(directory.keys(), NationKeys.name(Role.NODE), this::check);
  }

  private Trust trustIn(Nation n, List<X509Certificate> pinned) throws GeneralSecurityException {
    return new Trust(new TreeMap<>(Map.of(n, pinned)), revoked);
  }

  /** What the node's own certificate must be. */
  private void check(KeyMaterial m) throws GeneralSecurityException {
    NodeCertificate.require(
        directory.keys(), nation, m, authorities, trustIn(nation, authorities), Instant.now());
  }

  private List<Nation> nations() {
    List<Nation> out = new ArrayList<>(partners.keySet());
    out.add(nation);
    return out;
  }

  private void take(Nation n, Revocations r) {
    read.put(n, r);
    revoked.set(n, r.serials());
  }

  /** What the node shows. */
  OwnCertificate own() {
    return own;
  }

  /** Whom the national port believes. */
  Trust ownClients() {
    return ownClients;
  }

  /** Whom the link port believes. */
  Trust partners() {
    return partnersTrust;
  }

  /** Whom a connection to one partner believes. */
  Trust partner(Nation partner) throws GeneralSecurityException {
    List<X509Certificate> pinned = partners.get(partner);
    if (pinned == null) {
      throw new InvalidValueException(
          "partner " + partner, "without a pinned authority", "a file partners/.../ca.pem");
    }
    return trustIn(partner, pinned);
  }

  /** Takes up a renewed certificate, if there is one that can be used. */
  void lookForNewCertificate() {
    try {
      if (own.reload()) {
        log.say(
            "CERTIFICATE_RENEWED",
            "new connections show serial "
                + own.certificate().getSerialNumber().toString(16)
                + ", valid until "
                + own.certificate().getNotAfter().toInstant());
        notTaken = "";
      }
    } catch (IOException e) {
      sayNotTaken(FileProblem.of(e));
    } catch (GeneralSecurityException | InvalidValueException e) {
      sayNotTaken(String.valueOf(e.getMessage()));
    }
  }

  /** Says once why the files beside the certificate in use are not taken up. */
  private void sayNotTaken(String why) {
    if (!why.equals(notTaken)) {
      notTaken = why;
      log.say(
          "CERTIFICATE_NOT_TAKEN",
          "the new certificate is not used, and the node goes on showing the old one: " + why);
    }
  }

  /**
   * Takes up what was revoked since; true when anything changed. A file that went or cannot be read
   * leaves what it said in force; a wrong line is spoken of and the others count.
   */
  boolean lookForRevocations() {
    boolean changed = false;
    for (Nation n : nations()) {
      Path file = directory.revoked(nation, n);
      try {
        Revocations before = read.getOrDefault(n, Revocations.NONE);
        Revocations r = Revocations.read(file);
        if (r.equals(before) || r.equals(Revocations.NONE)) {
          continue;
        }
        take(n, r);
        changed = true;
        log.say(
            "CERTIFICATE_REVOKED",
            file + " now names " + r.serials().size() + " certificates of " + n);
        r.faults()
            .forEach(
                f ->
                    log.say(
                        "REVOCATION_UNREADABLE",
                        file
                            + ", "
                            + f
                            + ". This line revokes nothing; the others count. Mend it"));
      } catch (IOException e) {
        log.say(
            "REVOCATION_UNREADABLE",
            FileProblem.of(e)
                + ". What was revoked before stays revoked; what is added is not seen until the"
                + " file can be read");
      }
    }
    return changed;
  }

  /** Says what expires soon, of own and partners' certificates and of those connected now. */
  void sayWhatExpires(Collection<X509Certificate> connected, Instant now) {
    SortedMap<String, X509Certificate> all = new TreeMap<>();
    Path keys = directory.keys();
    putAll(all, "own authority " + keys.resolve(NationKeys.AUTHORITY), authorities);
    all.put("own certificate " + keys.resolve("node.pem"), own.certificate());
    partners.forEach(
        (n, pinned) ->
            putAll(
                all,
                "authority of " + n + " " + directory.partner(n).resolve(NationKeys.AUTHORITY),
                pinned));
    for (X509Certificate c : connected) {
      all.put(
          "certificate "
              + c.getSerialNumber().toString(16)
              + " of "
              + c.getSubjectX500Principal()
              + ", which is connected,",
          c);
    }
    Expiry.soon(all, now).forEach(line -> log.say("CERTIFICATE_EXPIRES", line));
  }

  /** Names each certificate of a file; one of several also by its serial number. */
  private static void putAll(
      SortedMap<String, X509Certificate> all, String what, List<X509Certificate> certificates) {
    for (X509Certificate c : certificates) {
      all.put(
          certificates.size() == 1
              ? what
              : what + ", serial " + c.getSerialNumber().toString(16) + ",",
          c);
    }
  }
}
