/**
 * Decides, under a signed agreement and the nation's own policy, what each partner may be told, and
 * checks what partners tell by the same agreement.
 *
 * <p>Every doubt fails closed. Only this package can make a {@link parallax.release.Released}, and
 * nothing else may be sent. Every decision names the national rule and the agreement clause that
 * made it.
 */
@NullMarked
package parallax.release;

import org.jspecify.annotations.NullMarked;
