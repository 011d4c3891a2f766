/**
 * Signs and verifies bytes with Ed25519 (RFC 8032), each signature bound to one channel and one
 * purpose.
 *
 * <p>Keys are values: where seeds come from and where they are kept is the caller's business.
 */
@NullMarked
package parallax.signing;

import org.jspecify.annotations.NullMarked;
