/** The running node: its directory, clock, loop and event log. */
@NullMarked
package parallax.node.run;

import org.jspecify.annotations.NullMarked;
