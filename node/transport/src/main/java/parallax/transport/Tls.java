package parallax.transport;

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
import io.grpc.netty.shaded.io.netty.handler.ssl.OpenSslSessionContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.CertificateSubject;
import parallax.credentials.KeyMaterial;
import parallax.credentials.Passphrase;
import parallax.model.Nation;

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

  /** Server side: shows {@code own}, demands a client certificate that {@code trust} believes. */
  public static SslContext server(OwnCertificate own, Trust trust) throws IOException {
    return server(own.manager(), trust);
  }

  static SslContext server(X509ExtendedKeyManager own, Trust trust) throws IOException {
    return withoutResumption(
        GrpcSslContexts.configure(SslContextBuilder.forServer(own))
            .trustManager(trust)
            .clientAuth(ClientAuth.REQUIRE)
            .protocols(PROTOCOLS)
            .build());
  }

  /** Server side, for a program that runs for a while: believes certificates of {@code pinned}. */
  public static SslContext server(Path keys, String name, Collection<X509Certificate> pinned)
      throws IOException, GeneralSecurityException {
    return server(own(keys, name), trust(pinned));
  }

  /** Client side: shows {@code own}; goes on only with a server that {@code trust} believes. */
  public static SslContext client(OwnCertificate own, Trust trust) throws IOException {
    return client(own.manager(), trust);
  }

  static SslContext client(X509ExtendedKeyManager own, Trust trust) throws IOException {
    return withoutResumption(
        GrpcSslContexts.forClient()
            .keyManager(own)
            .trustManager(trust)
            .protocols(PROTOCOLS)
            .build());
  }

  /**
   * Client side, for a program that runs for a while: shows {@code name}.pem/.key of {@code keys};
   * accepts only certificates of {@code pinned}.
   */
  public static SslContext client(Path keys, String name, X509Certificate pinned)
      throws IOException, GeneralSecurityException {
    return client(keys, name, List.of(pinned));
  }

  /** The same with several authorities: one that is being exchanged for another is two. */
  public static SslContext client(Path keys, String name, Collection<X509Certificate> pinned)
      throws IOException, GeneralSecurityException {
    return client(own(keys, name), trust(pinned));
  }

  /** The same with a certificate and its key in files of any names. */
  public static SslContext client(Path pem, Path key, Collection<X509Certificate> pinned)
      throws IOException, GeneralSecurityException {
    return client(new OwnCertificate(pem, key, Passphrase.besideOrTyped(), m -> {}), trust(pinned));
  }

  private static OwnCertificate own(Path keys, String name)
      throws IOException, GeneralSecurityException {
    return new OwnCertificate(keys, name, Passphrase.besideOrTyped(), m -> {});
  }

  private static Trust trust(Collection<X509Certificate> pinned) throws GeneralSecurityException {
    SortedMap<Nation, List<X509Certificate>> authorities = new TreeMap<>();
    for (X509Certificate c : pinned) {
      authorities
          .computeIfAbsent(new Nation(CertificateSubject.of(c).nation()), n -> new ArrayList<>())
          .add(c);
    }
    return new Trust(authorities, new RevokedSerials());
  }

  /**
   * Proves that a node can use a certificate as its own, by a handshake with itself.
   *
   * @param own what the node would show
   * @param trust believes the node's own authority
   * @param hostName the name that partners and clients demand of the certificate
   * @throws GeneralSecurityException when nobody could connect, with the reason and what to do
   */
  public static void requireUsable(KeyMaterial own, Trust trust, String hostName)
      throws GeneralSecurityException {
    HandshakeProof.require(own, trust, hostName);
  }

  /**
   * A resumed session shows no certificate: whoever was revoked meanwhile would be believed again.
   * The Java platform's own TLS, where the native one is missing, cannot be told; see {@link
   * #forgetSessions}.
   */
  private static SslContext withoutResumption(SslContext context) {
    if (context.sessionContext() instanceof OpenSslSessionContext s) {
      s.setSessionCacheEnabled(false);
    }
    return context;
  }

  /** Makes the next handshakes show certificates again. */
  static void forgetSessions(SslContext context) {
    SSLSessionContext sessions = context.sessionContext();
    for (byte[] id : Collections.list(sessions.getIds())) {
      SSLSession s = sessions.getSession(id);
      if (s != null) {
        s.invalidate();
      }
    }
  }

  /** The peer of the call being served. */
  public static Peer peer() {
    Peer p = PEER.get();
    if (p == null) {
      throw Status.UNAUTHENTICATED.withDescription("no client certificate").asRuntimeException();
    }
    return p;
  }

  /**
   * Names the peer of every call by its certificate and refuses the call when {@code trust} does
   * not believe it (any more) or it has another role than the service wants; {@code refused} is
   * told.
   */
  public static ServerInterceptor identify(
      Trust trust, Map<String, Role> roleOfService, BiConsumer<CallerRefusal, String> refused) {
    return new ServerInterceptor() {
      @Override
      public <Q, A> ServerCall.Listener<Q> interceptCall(
          ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        CallerRefusal reason;
        String problem;
        try {
          Peer peer = identify(trust, call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
          Role wanted = roleOfService.get(call.getMethodDescriptor().getServiceName());
          if (peer.role() == wanted) {
            return Contexts.interceptCall(
                Context.current().withValue(PEER, peer), call, headers, next);
          }
          reason = CallerRefusal.WRONG_ROLE;
          problem =
              peer.nation()
                  + " certificate of role "
                  + peer.role()
                  + " where "
                  + wanted
                  + " is needed";
        } catch (RefusedCertificateException e) {
          reason = e.reason();
          problem = String.valueOf(e.getMessage());
        }
        refused.accept(
            reason,
            "call from "
                + call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)
                + ": "
                + problem);
        call.close(Status.PERMISSION_DENIED.withDescription(problem), new Metadata());
        return new ServerCall.Listener<>() {};
      }
    };
  }

  private static Peer identify(Trust trust, @Nullable SSLSession session)
      throws RefusedCertificateException {
    try {
      if (session != null && session.getPeerCertificates()[0] instanceof X509Certificate leaf) {
        return trust.identify(leaf);
      }
    } catch (SSLPeerUnverifiedException e) {
      throw new RefusedCertificateException(CallerRefusal.NO_CERTIFICATE, "no client certificate");
    }
    throw new RefusedCertificateException(CallerRefusal.NO_CERTIFICATE, "connection without TLS");
  }
}
