/**
 * Fields that messages have in common: those of reports, configurations and plots, and numbers of
 * enums. For the codecs of this module alone, since generated classes show here.
 */
@NullMarked
package parallax.wire.fields;

import org.jspecify.annotations.NullMarked;
