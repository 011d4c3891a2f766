/** The command line. */
@NullMarked
package parallax.cli;

import org.jspecify.annotations.NullMarked;
