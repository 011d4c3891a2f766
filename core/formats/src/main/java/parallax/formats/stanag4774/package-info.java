/** Security labels as STANAG 4774 (ADatP-4774) XML. */
@NullMarked
package parallax.formats.stanag4774;

import org.jspecify.annotations.NullMarked;
