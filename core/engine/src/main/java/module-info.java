/** Composes the machines: step(input) to effects, deterministic. */
module parallax.engine {
  requires static transitive org.jspecify;
  requires transitive parallax.model;
  requires transitive parallax.signing;
  requires transitive parallax.tracking;
  requires transitive parallax.release;
  requires transitive parallax.link;
  requires transitive parallax.warning;

  exports parallax.engine;
}
