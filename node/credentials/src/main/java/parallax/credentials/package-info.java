/**
 * A nation's keys: its certificate authority, its node's certificate, its signing keys, as files.
 */
@NullMarked
package parallax.credentials;

import org.jspecify.annotations.NullMarked;
