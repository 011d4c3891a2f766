/** The one way in which tests of the node wait, for the tests of other modules too. */
@org.jspecify.annotations.NullMarked
package parallax.files.waiting;
