/** The command line. */
@NullMarked
package parallax.node.cli;

import org.jspecify.annotations.NullMarked;
