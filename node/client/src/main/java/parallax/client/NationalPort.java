package parallax.client;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import parallax.credentials.CertificateAuthority;
import parallax.model.Nation;
import parallax.transport.Rpc;

/** Connections with a node's national port. */
final class NationalPort {
  private NationalPort() {}

  /** A connection that opens when it is first used; the node must show its nation's name. */
  static ManagedChannel channel(Nation nation, InetSocketAddress address, SslContext tls) {
    return NettyChannelBuilder.forAddress(address)
        .overrideAuthority(CertificateAuthority.hostName(nation))
        .sslContext(tls)
        .maxInboundMessageSize(Rpc.MAX_MESSAGE_BYTES)
        .build();
  }
}
