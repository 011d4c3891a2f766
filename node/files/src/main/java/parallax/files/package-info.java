/** Small files of people, read whole with clear errors, and files written whole or not at all. */
@org.jspecify.annotations.NullMarked
package parallax.files;
