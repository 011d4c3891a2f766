/** Connections with partners, and the guard of the node's ports. */
module parallax.transport {
  requires static transitive org.jspecify;
  requires transitive parallax.engine;
  requires parallax.wire;
  requires transitive parallax.credentials;
  requires transitive io.grpc;
  requires io.grpc.stub;
  requires io.grpc.util;
  requires transitive io.grpc.netty.shaded;

  exports parallax.transport;
}
