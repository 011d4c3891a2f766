package parallax.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what a command says of a mistake can be read by somebody who knows no Java. */
final class PlainWords {
  private static final int MOST_LINES = 4;
  private static final int LONGEST_LINE = 600;

  /** Says of each thing in a line of its own how it is. */
  private static final List<String> REPORT = List.of("node", "check");

  /** Words of Java, of its libraries, and of their insides. */
  private static final List<Pattern> BANNED =
      List.of(
          Pattern.compile("Exception|Throwable|\\bError\\b|\\bat [a-z]+[.][a-z]+[.]"),
          Pattern.compile("\\b(java|javax|sun|jdk|picocli|com|org)[.][a-zA-Z]"),
          Pattern.compile("(?i)netty|grpc|bouncy|snakeyaml|jackson|jdbc|sqlite|\\bjvm\\b|picocli"),
          Pattern.compile("[\\p{Cntrl}&&[^\n\r\t]]"),
          Pattern.compile("\\bnull\\b|\\bNaN\\b|\\bInfinity\\b"),
          Pattern.compile("(?i)errno|For input string|index -?[0-9]|line -1|\\bline 0\\b"),
          Pattern.compile("is not an? (int|long|double|boolean|float|short|byte)\\b"),
          Pattern.compile("Optional\\[|\\[[A-Z]@|@[0-9a-f]{6,}|<[a-z][a-zA-Z]*>"),
          Pattern.compile("(?i)unmappable|malformed input|input length|charset|code ?point"),
          Pattern.compile("\\b(DER|ASN[.]?1|tag|octets?|OID)\\b"),
          Pattern.compile("(?i)fault of parallax itself|stack ?trace|heap|array size"),
          Pattern.compile("\\b(?!MiB)[A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*\\b")); // names of classes

  private PlainWords() {}

  /**
   * What is wrong with a text; empty when nothing is.
   *
   * @param text what the command said
   * @param typed the words that were typed, which it may repeat
   */
  static List<String> faults(String text, List<String> typed) {
    List<String> out = new ArrayList<>();
    boolean isReport = typed.size() > 1 && typed.subList(0, 2).equals(REPORT);
    if (text.isBlank()) {
      out.add("says nothing");
    }
    if (text.lines().count() > MOST_LINES && !isReport) {
      out.add("says " + text.lines().count() + " lines");
    }
    text.lines()
        .filter(l -> l.length() > LONGEST_LINE)
        .forEach(l -> out.add("says a line of " + l.length() + " characters"));
    String own = text;
    List<String> words = new ArrayList<>(typed);
    typed.forEach(t -> words.add(t.substring(t.indexOf('=') + 1)));
    for (String word : words) {
      own = word.length() < 3 ? own : own.replace(word, "");
    }
    own = own.replaceAll("[^\\s']*/[^\\s']*", ""); // paths
    for (Pattern p : BANNED) {
      Matcher m = p.matcher(own);
      if (m.find()) {
        out.add("says '" + m.group() + "'");
      }
    }
    return out;
  }
}
