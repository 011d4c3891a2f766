/** The running node: its directory, clock, loop and event log. */
@NullMarked
package parallax.host;

import org.jspecify.annotations.NullMarked;
