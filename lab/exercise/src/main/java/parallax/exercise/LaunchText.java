package parallax.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads figures out of the free text that publishers write beside their numbers. */
final class LaunchText {
  private static final Pattern SALVO =
      Pattern.compile("(?:^|[\\s(,;])[xX\u00d7]\\s?([1-9]\\d?)(?!\\w)");
  private static final Pattern APART =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(s|sec|min)\\s+apart", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:,\\d{3})*(?:\\.\\d+)?");
  private static final List<String> WORDS =
      List.of(
          "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
          "twelve");
  private static final Pattern MINUTES =
      Pattern.compile(
          "(\\d+(?:\\.\\d+)?|" + String.join("|", WORDS) + ")[\\s-]*min(?:ute)?s?\\b",
          Pattern.CASE_INSENSITIVE);

  private LaunchText() {}

  /** The number after an {@code x}, as in {@code ER-Scud x4}; 1 where there is none. */
  static int salvoSize(String type) {
    Matcher m = SALVO.matcher(type);
    return m.find() ? Integer.parseInt(m.group(1)) : 1;
  }

  /** Seconds between launches, as in {@code 20 s apart} or {@code 5 min apart}. */
  static OptionalDouble apartS(String type) {
    Matcher m = APART.matcher(type);
    return m.find()
        ? OptionalDouble.of(
            Double.parseDouble(m.group(1))
                * (m.group(2).toLowerCase(Locale.ROOT).equals("min") ? 60 : 1))
        : OptionalDouble.empty();
  }

  /** The first number in the text, as in {@code 600 (first 430)}, {@code 2000+}, {@code ~30}. */
  static OptionalDouble firstNumber(String text) {
    Matcher m = NUMBER.matcher(text);
    return m.find()
        ? OptionalDouble.of(Double.parseDouble(m.group().replace(",", "")))
        : OptionalDouble.empty();
  }

  /** Every time given in minutes, in seconds, as in {@code tracked 37 min}. */
  static List<Double> minutesAsSeconds(String text) {
    List<Double> found = new ArrayList<>();
    Matcher m = MINUTES.matcher(text);
    while (m.find()) {
      String n = m.group(1).toLowerCase(Locale.ROOT);
      int word = WORDS.indexOf(n);
      found.add(60 * (word >= 0 ? word + 1 : Double.parseDouble(n)));
    }
    return found;
  }
}
