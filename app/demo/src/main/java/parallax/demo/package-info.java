/**
 * The demo: three node processes share a historic launch, and what sharing was worth is measured.
 * Nothing here reaches into a node: plots go in through the sensor feed, and all that is measured
 * comes out of the watch.
 */
@NullMarked
package parallax.demo;

import org.jspecify.annotations.NullMarked;
