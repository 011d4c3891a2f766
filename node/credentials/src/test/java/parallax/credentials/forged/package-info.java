/** Certificates that no authority should issue, for the tests of what believes certificates. */
@org.jspecify.annotations.NullMarked
package parallax.credentials.forged;
