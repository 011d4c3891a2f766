/** Tests of what a node remembers, as it keeps it between starts. */
@NullMarked
package parallax.wire.state;

import org.jspecify.annotations.NullMarked;
