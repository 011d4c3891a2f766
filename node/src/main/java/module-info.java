/** Sockets, clocks, threads, files, keys and the command line of a node. */
module parallax.node {
  requires static transitive org.jspecify;
  requires parallax.model;
  requires parallax.signing;
  requires parallax.journal;
  requires parallax.tracking;
  requires parallax.release;
  requires parallax.link;
  requires parallax.warning;
  requires parallax.engine;
  requires parallax.formats;
  requires parallax.runtime;
  requires parallax.audit;
  requires parallax.exercise;
  requires parallax.simulation;
  requires io.grpc;
  requires io.grpc.stub;
  requires io.grpc.util;
  requires io.grpc.netty.shaded;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires java.sql;
  requires java.naming;
  requires info.picocli;
  requires com.fasterxml.jackson.databind;
  requires GeographicLib.Java;
  requires org.snakeyaml.engine.v2;

  exports parallax.node.keys to
      parallax.bench;
  exports parallax.node.net to
      parallax.bench;
  exports parallax.node.run to
      parallax.bench;
  exports parallax.node.store to
      parallax.bench;

  opens parallax.node.cli to
      info.picocli;
}
