/** gRPC over mutually authenticated TLS 1.3: the link between nodes, the sensor feed, the watch. */
@NullMarked
package parallax.transport;

import org.jspecify.annotations.NullMarked;
