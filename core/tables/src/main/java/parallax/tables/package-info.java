/** Tables that people write, as CSV: what each column means, and which row was wrong. */
@org.jspecify.annotations.NullMarked
package parallax.tables;
