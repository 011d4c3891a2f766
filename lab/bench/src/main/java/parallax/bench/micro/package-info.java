/** The pieces of the hot path, each alone, under JMH. */
@NullMarked
package parallax.bench.micro;

import org.jspecify.annotations.NullMarked;
