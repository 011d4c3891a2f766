/** From one nation to another: the raw transport, the link alone, and both side by side. */
@NullMarked
package parallax.bench.link;

import org.jspecify.annotations.NullMarked;
