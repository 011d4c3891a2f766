/** The contract tests of logs and stores of snapshots; published for those of other modules. */
@NullMarked
package parallax.journal.log.contract;

import org.jspecify.annotations.NullMarked;
