/**
 * The engine of a node: a pure, single-threaded function of its inputs. The same inputs in the same
 * order give the same effects, bit for bit; that one property gives recovery, after-action review
 * and simulation. It reads no clock, opens no file and starts no thread.
 */
@NullMarked
package parallax.engine;

import org.jspecify.annotations.NullMarked;
