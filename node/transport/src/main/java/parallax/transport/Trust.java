package parallax.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.CertificateSubject;
import parallax.model.Nation;
import parallax.transport.Tls.Peer;

/**
 * Whom a node believes: holders of certificates of pinned authorities that name their authority's
 * nation and are valid and not revoked. Paths, purposes and host names are checked by the Java
 * platform (PKIX); what is refused is refused with its reason.
 */
public final class Trust extends X509ExtendedTrustManager {
  private final SortedMap<Nation, List<X509Certificate>> authorities;
  private final RevokedSerials revoked;
  private final Supplier<Instant> now;
  private final X509ExtendedTrustManager pkix;
  private volatile @Nullable X509Certificate lastBelieved;

  /**
   * Believes the certificates of {@code authorities} but those in {@code revoked}. A nation whose
   * authority is being exchanged for another has two for a while.
   */
  public Trust(SortedMap<Nation, List<X509Certificate>> authorities, RevokedSerials revoked)
      throws GeneralSecurityException {
    this(authorities, revoked, Instant::now);
  }

  Trust(
      SortedMap<Nation, List<X509Certificate>> authorities,
      RevokedSerials revoked,
      Supplier<Instant> now)
      throws GeneralSecurityException {
    this.authorities = new TreeMap<>(authorities);
    this.revoked = revoked;
    this.now = now;
    this.pkix = pkix(authorities);
  }

  private static X509ExtendedTrustManager pkix(SortedMap<Nation, List<X509Certificate>> authorities)
      throws GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    try {
      anchors.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store cannot be made", e);
    }
    for (Map.Entry<Nation, List<X509Certificate>> a : authorities.entrySet()) {
      int number = 0;
      for (X509Certificate c : a.getValue()) {
        anchors.setCertificateEntry(a.getKey().code() + "-" + ++number, c);
      }
    }
    TrustManagerFactory f = TrustManagerFactory.getInstance("PKIX");
    f.init(anchors);
    for (TrustManager m : f.getTrustManagers()) {
      if (m instanceof X509ExtendedTrustManager x) {
        return x;
      }
    }
    throw new GeneralSecurityException("this Java platform has no PKIX trust manager");
  }

  /** A pinned authority and its nation. */
  private record Issuer(Nation nation, X509Certificate authority) {}

  private Optional<Issuer> issuer(X509Certificate leaf) {
    for (Map.Entry<Nation, List<X509Certificate>> a : authorities.entrySet()) {
      for (X509Certificate authority : a.getValue()) {
        if (CertificateAuthority.isIssuedBy(leaf, authority)) {
          return Optional.of(new Issuer(a.getKey(), authority));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Whom a certificate stands for.
   *
   * @throws RefusedCertificateException when it is not believed, with the reason
   */
  Peer identify(X509Certificate leaf) throws RefusedCertificateException {
    Nation issuer =
        issuer(leaf)
            .orElseThrow(
                () ->
                    new RefusedCertificateException(
                        CallerRefusal.UNKNOWN_AUTHORITY,
                        "certificate "
                            + leaf.getSubjectX500Principal()
                            + " is of no pinned authority"))
            .nation();
    if (revoked.contains(issuer, leaf.getSerialNumber())) {
      throw new RefusedCertificateException(
          CallerRefusal.REVOKED,
          "certificate " + leaf.getSerialNumber().toString(16) + " of " + issuer + " was revoked");
    }
    CertificateSubject subject;
    try {
      subject = CertificateSubject.of(leaf);
    } catch (GeneralSecurityException e) {
      throw new RefusedCertificateException(
          CallerRefusal.BAD_CERTIFICATE, String.valueOf(e.getMessage()));
    }
    if (!subject.nation().equals(issuer.code())) {
      throw new RefusedCertificateException(
          CallerRefusal.WRONG_NATION,
          "certificate names "
              + subject.nation()
              + " but was issued by the authority of "
              + issuer);
    }
    if (subject.role().isEmpty()) {
      throw new RefusedCertificateException(
          CallerRefusal.BAD_CERTIFICATE, "certificate of " + issuer + " has no role (OU=)");
    }
    Role role = subject.role().get();
    return new Peer(issuer, role, subject.name().isEmpty() ? role.name() : subject.name());
  }

  /** Whether a certificate was revoked since it was believed. */
  boolean isRevoked(X509Certificate leaf) {
    try {
      identify(leaf);
      return false;
    } catch (RefusedCertificateException e) {
      return e.reason() == CallerRefusal.REVOKED;
    }
  }

  /** Whether the certificate believed last was revoked since; asked again, it says no. */
  public boolean forgetRevoked() {
    X509Certificate last = lastBelieved;
    if (last == null || !isRevoked(last)) {
      return false;
    }
    lastBelieved = null;
    return true;
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private void check(X509Certificate[] chain, Check platform) throws CertificateException {
    if (chain.length == 0) {
      throw new RefusedCertificateException(
          CallerRefusal.NO_CERTIFICATE, "no certificate was shown");
    }
    X509Certificate leaf = chain[0];
    Peer peer = identify(leaf);
    valid("certificate of " + peer.nation() + " " + peer.role(), leaf);
    Optional<Issuer> issuer = issuer(leaf);
    if (issuer.isPresent()) {
      valid("authority of " + peer.nation(), issuer.get().authority());
    }
    try {
      platform.run();
    } catch (CertificateException e) {
      throw refusal(e);
    }
    lastBelieved = leaf;
  }

  private void valid(String what, X509Certificate c) throws RefusedCertificateException {
    try {
      c.checkValidity(Date.from(now.get()));
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      throw new RefusedCertificateException(
          CallerRefusal.EXPIRED,
          what
              + " is valid from "
              + c.getNotBefore().toInstant()
              + " to "
              + c.getNotAfter().toInstant());
    }
  }

  private static RefusedCertificateException refusal(CertificateException e) {
    CallerRefusal reason = CallerRefusal.BAD_CERTIFICATE;
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException
          || (t instanceof CertPathValidatorException p
              && p.getReason() == CertPathValidatorException.BasicReason.EXPIRED)) {
        reason = CallerRefusal.EXPIRED;
      }
    }
    RefusedCertificateException out =
        new RefusedCertificateException(reason, String.valueOf(e.getMessage()));
    out.initCause(e);
    return out;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, () -> pkix.checkClientTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, () -> pkix.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, () -> pkix.checkClientTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, () -> pkix.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, () -> pkix.checkClientTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, () -> pkix.checkServerTrusted(chain, authType));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.values().stream().flatMap(List::stream).toArray(X509Certificate[]::new);
  }
}
