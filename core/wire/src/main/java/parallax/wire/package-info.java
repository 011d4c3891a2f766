/**
 * The wire of the link, the sensor feed and the journal (protocol buffers, package parallax.v1).
 * Decoders take bytes from anywhere: what is not valid raises {@link
 * parallax.model.InvalidValueException} naming the field, what was found and what was expected.
 */
@NullMarked
package parallax.wire;

import org.jspecify.annotations.NullMarked;
