/** What a node does and knows, in words for people. No I/O. */
module parallax.words {
  requires static transitive org.jspecify;
  requires transitive parallax.engine;
  requires transitive parallax.wire;

  exports parallax.words;
}
