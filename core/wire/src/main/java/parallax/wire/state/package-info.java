/**
 * What a node remembers, as it keeps it between starts: versioned, deterministic, and for the node
 * itself alone.
 */
@NullMarked
package parallax.wire.state;

import org.jspecify.annotations.NullMarked;
