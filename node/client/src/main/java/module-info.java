/** What sensors, operators and watchers of a nation use to speak with its node. */
module parallax.client {
  requires static transitive org.jspecify;
  requires transitive parallax.wire;
  requires transitive parallax.credentials;
  requires parallax.transport;
  requires io.grpc;
  requires io.grpc.stub;
  requires io.grpc.netty.shaded;

  exports parallax.client;
}
