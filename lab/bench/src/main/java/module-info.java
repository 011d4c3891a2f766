/** What the hot path costs: side by side with the raw transport, and piece by piece. */
module parallax.bench {
  requires static transitive org.jspecify;
  requires parallax.model;
  requires parallax.signing;
  requires parallax.journal;
  requires parallax.journal.files;
  requires parallax.release;
  requires parallax.link;
  requires parallax.warning;
  requires parallax.tracking;
  requires parallax.engine;
  requires parallax.wire;
  requires parallax.runtime;
  requires parallax.host;
  requires io.grpc;
  requires io.grpc.stub;
  requires io.grpc.netty.shaded;
  requires java.management;
  requires java.sql;
  requires info.picocli;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires HdrHistogram;
  requires jmh.core;

  opens parallax.bench to
      info.picocli;
  opens parallax.bench.link to
      info.picocli;
  opens parallax.bench.journal to
      info.picocli;
  opens parallax.bench.start to
      info.picocli;
  opens parallax.bench.micro to
      info.picocli;
}
