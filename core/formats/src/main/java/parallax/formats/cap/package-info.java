/**
 * Alerts as OASIS Common Alerting Protocol 1.2.
 *
 * <p>Source: OASIS CAP-v1.2, 1 July 2010. The official schema is stricter than the text in one
 * point: a date and time has whole seconds and a numeric offset, never {@code Z}.
 */
@NullMarked
package parallax.formats.cap;

import org.jspecify.annotations.NullMarked;
