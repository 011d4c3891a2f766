/** Makes a node's directory, and goes on with one that is not whole yet. */
@NullMarked
package parallax.host.setup;

import org.jspecify.annotations.NullMarked;
