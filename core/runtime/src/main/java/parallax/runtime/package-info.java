/** An engine over a journal: replay, step, append before anything leaves. */
@NullMarked
package parallax.runtime;

import org.jspecify.annotations.NullMarked;
