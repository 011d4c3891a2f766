/** A running node: loop, clock, settings, assembly, national server, audit files. */
module parallax.host {
  requires static transitive org.jspecify;
  requires transitive parallax.runtime;
  requires transitive parallax.audit;
  requires parallax.wire;
  requires parallax.formats;
  requires parallax.words;
  requires transitive parallax.tables;
  requires parallax.files;
  requires transitive parallax.credentials;
  requires transitive parallax.journal.files;
  requires parallax.journal.sqlite;
  requires transitive parallax.transport;
  requires io.grpc;
  requires io.grpc.stub;
  requires org.slf4j;
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires org.snakeyaml.engine.v2;

  exports parallax.host;
  exports parallax.host.check;
  exports parallax.host.setup;
}
