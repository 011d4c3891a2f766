/** Programs beside the journal's own, for tests: what simulation in one process cannot show. */
@org.jspecify.annotations.NullMarked
package parallax.journal.sqlite.process;
