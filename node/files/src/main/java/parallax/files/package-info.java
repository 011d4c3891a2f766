/** Small files of people, read whole with clear errors, and files written whole or not at all. */
@NullMarked
package parallax.files;

import org.jspecify.annotations.NullMarked;
