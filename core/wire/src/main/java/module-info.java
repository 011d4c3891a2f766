/**
 * Our own bytes: records, frames, journal, events, orders. Generated classes stay inside. No I/O.
 */
module parallax.wire {
  requires static transitive org.jspecify;
  requires transitive parallax.engine;
  requires com.google.protobuf;

  exports parallax.wire;
  exports parallax.wire.state;
}
