/** Whole nations in one thread, from one seed, with faults; invariants after every step. No I/O. */
module parallax.simulation {
  requires static transitive org.jspecify;
  requires transitive parallax.runtime;
  requires parallax.formats;
  requires parallax.exercise;
  requires org.snakeyaml.engine.v2;

  exports parallax.simulation;
}
