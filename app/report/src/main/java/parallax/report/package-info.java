/**
 * What nations' pictures said against the true flight, and how that is drawn: the parts that the
 * demo's page and the battery's page have in common.
 */
@NullMarked
package parallax.report;

import org.jspecify.annotations.NullMarked;
