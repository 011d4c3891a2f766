/** The contract test that every journal passes; published for the journals of other modules. */
@NullMarked
package parallax.journal.contract;

import org.jspecify.annotations.NullMarked;
