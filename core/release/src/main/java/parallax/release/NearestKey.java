package parallax.release;

import java.util.List;

/** Finds what somebody may have meant who wrote a key that is not known. */
public final class NearestKey {
  private NearestKey() {}

  /** The known key with the smallest edit distance (Levenshtein); the first of equals. */
  public static String of(String key, List<String> known) {
    String cut = key.length() > 60 ? key.substring(0, 60) : key;
    String best = known.getFirst();
    int least = Integer.MAX_VALUE;
    for (String k : known) {
      int d = distance(cut, k);
      if (d < least) {
        least = d;
        best = k;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
