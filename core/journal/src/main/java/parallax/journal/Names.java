package parallax.journal;

/** The check of partners' and cursors' names. */
final class Names {
  private static final int LONGEST = 100;

  private Names() {}

  static void check(String field, String name) {
    if (name.isBlank() || name.length() > LONGEST) {
      throw new IllegalArgumentException(
          field + " has " + name.length() + " characters; expected 1 to " + LONGEST);
    }
  }
}
