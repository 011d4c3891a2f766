@NullMarked
package parallax.audit;

import org.jspecify.annotations.NullMarked;
