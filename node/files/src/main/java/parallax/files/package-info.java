<<<<<<< HEAD
/** Small files of people, read whole with clear errors, and files written whole or not at all. */
@org.jspecify.annotations.NullMarked
package parallax.files;
=======
/** Writing files so that they are whole, whatever interrupts it. */
@NullMarked
package parallax.files;

import org.jspecify.annotations.NullMarked;
>>>>>>> e023a14 (Use only a certificate that a handshake has proved; pin every authority of a bundle; encrypt keys)
