/** An engine over a journal: replay, step, append before anything leaves. */
module parallax.runtime {
  requires static transitive org.jspecify;
  requires transitive parallax.engine;
  requires transitive parallax.wire;
  requires transitive parallax.journal;

  exports parallax.runtime;
}
