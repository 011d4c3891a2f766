package parallax.node.net;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;
import parallax.node.keys.CertificateAuthority.Role;

/**
 * Mutual TLS 1.3 with pinned authorities. Whom a connection speaks for follows from the authority
 * that issued its certificate, never from what it says of itself; a certificate whose subject names
 * another nation than its authority's is refused.
 */
public final class Tls {
  /** Who is at the other end, as its certificate proves. */
  public record Peer(Nation nation, Role role, String name) {}

  private static final Context.Key<Peer> PEER = Context.key("parallax-peer");
  private static final String[] PROTOCOLS = {"TLSv1.3"};

  private Tls() {}

  /** Server side: presents {@code name}.pem/.key of {@code keys}; demands a client certificate. */
  public static SslContext server(Path keys, String name, Collection<X509Certificate> pinned)
      throws IOException {
    return GrpcSslContexts.forServer(
            keys.resolve(name + ".pem").toFile(), keys.resolve(name + ".key").toFile())
        .trustManager(pinned.toArray(X509Certificate[]::new))
        .clientAuth(ClientAuth.REQUIRE)
        .protocols(PROTOCOLS)
        .build();
  }

  /** Client side: presents {@code name}.pem/.key; accepts only {@code pinned}'s certificates. */
  public static SslContext client(Path keys, String name, X509Certificate pinned)
      throws IOException {
    return GrpcSslContexts.forClient()
        .keyManager(keys.resolve(name + ".pem").toFile(), keys.resolve(name + ".key").toFile())
        .trustManager(pinned)
        .protocols(PROTOCOLS)
        .build();
  }

  /** The peer of the call being served. */
  static Peer peer() {
    Peer p = PEER.get();
    if (p == null) {
      throw Status.UNAUTHENTICATED.withDescription("no client certificate").asRuntimeException();
    }
    return p;
  }

  /**
   * Names the peer of every call by its certificate and refuses the call when that fails or the
   * role is not one of {@code roles}; {@code refused} is told why.
   */
  static ServerInterceptor identify(
      SortedMap<Nation, X509Certificate> authorities,
      Map<String, Role> roleOfService,
      Consumer<String> refused) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String problem;
        try {
          Peer peer =
              identify(authorities, call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
          Role wanted = roleOfService.get(call.getMethodDescriptor().getServiceName());
          if (peer.role() == wanted) {
            return Contexts.interceptCall(
                Context.current().withValue(PEER, peer), call, headers, next);
          }
          problem = "certificate of role " + peer.role() + " where " + wanted + " is needed";
        } catch (GeneralSecurityException | SSLPeerUnverifiedException e) {
          problem = String.valueOf(e.getMessage());
        }
        refused.accept(problem);
        call.close(Status.PERMISSION_DENIED.withDescription(problem), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
  }

  private static Peer identify(
      SortedMap<Nation, X509Certificate> authorities, @Nullable SSLSession session)
      throws GeneralSecurityException, SSLPeerUnverifiedException {
    if (session == null) {
      throw new GeneralSecurityException("connection without TLS");
    }
    Certificate[] chain = session.getPeerCertificates();
    if (!(chain[0] instanceof X509Certificate leaf)) {
      throw new GeneralSecurityException("client certificate is not X.509");
    }
    Nation issuer = null;
    for (Map.Entry<Nation, X509Certificate> a : authorities.entrySet()) {
      if (isIssuedBy(leaf, a.getValue())) {
        issuer = a.getKey();
      }
    }
    if (issuer == null) {
      throw new GeneralSecurityException(
          "certificate " + leaf.getSubjectX500Principal() + " is of no pinned authority");
    }
    String named = subjectPart(leaf, "O").orElse("nobody");
    if (!named.equals(issuer.code())) {
      throw new GeneralSecurityException(
          "certificate names " + named + " but was issued by the authority of " + issuer);
    }
    String unit = subjectPart(leaf, "OU").orElse("");
    for (Role r : Role.values()) {
      if (r.name().equals(unit)) {
        return new Peer(issuer, r, subjectPart(leaf, "CN").orElse(unit));
      }
    }
    throw new GeneralSecurityException(
        "certificate has role '" + unit + "'; expected a known role");
  }

  private static boolean isIssuedBy(X509Certificate leaf, X509Certificate authority) {
    try {
      leaf.verify(authority.getPublicKey());
      return leaf.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Optional<String> subjectPart(X509Certificate c, String type)
      throws GeneralSecurityException {
    try {
      for (Rdn rdn : new LdapName(c.getSubjectX500Principal().getName()).getRdns()) {
        if (rdn.getType().equalsIgnoreCase(type)) {
          return Optional.of(String.valueOf(rdn.getValue()));
        }
      }
      return Optional.empty();
    } catch (InvalidNameException e) {
      throw new GeneralSecurityException("certificate subject is malformed", e);
    }
  }
}
