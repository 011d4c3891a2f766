/**
 * Turns a published launch into a computed flight, and notional sensors with a flight into plots,
 * all from one seed.
 *
 * <p>Nothing here reads a clock, a file or a socket: tables are read from the reader or class-path
 * resource given, and chance comes from the seed given.
 */
@NullMarked
package parallax.exercise;

import org.jspecify.annotations.NullMarked;
