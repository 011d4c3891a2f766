/** Whether a node's directory and machine are as a node needs them, without starting it. */
@NullMarked
package parallax.host.check;

import org.jspecify.annotations.NullMarked;
