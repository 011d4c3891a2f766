package parallax.model;

/**
 * A sovereign party, by its ISO 3166-1 alpha-3 code.
 *
 * @param code three upper-case ASCII letters, for example {@code JPN}
 */
public record Nation(String code) implements Comparable<Nation> {
  /** Japan. */
  public static final Nation JPN = new Nation("JPN");

  /** The Republic of Korea. */
  public static final Nation KOR = new Nation("KOR");

  /** The United States of America. */
  public static final Nation USA = new Nation("USA");

  /** Validates the code. */
  public Nation {
    boolean ok = code.length() == 3;
    for (int i = 0; ok && i < 3; i++) {
      ok = code.charAt(i) >= 'A' && code.charAt(i) <= 'Z';
    }
    if (!ok) {
      throw new InvalidValueException(
          "nation", "'" + code + "'", "an ISO 3166-1 alpha-3 code such as JPN");
    }
  }

  @Override
  public int compareTo(Nation other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
