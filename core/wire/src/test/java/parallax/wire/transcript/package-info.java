/** Golden transcripts of the link protocol, written by the state machines and read without them. */
@NullMarked
package parallax.wire.transcript;

import org.jspecify.annotations.NullMarked;
