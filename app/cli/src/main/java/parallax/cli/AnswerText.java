package parallax.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.release.NationalPolicy.Outcome;
import parallax.release.PolicyTrial.Answer;

/** What a policy would decide for one partner, as a person reads it. */
final class AnswerText {
  private AnswerText() {}

  /** Prints what would be decided about a record. */
  static void print(Report record, Nation partner, Answer a) {
    for (String line : lines(record, partner, a)) {
      System.out.println(line);
    }
  }

  /** One line for the partners about whom the same is decided in the same way. */
  static List<String> brief(Iterable<Nation> partners, Function<Nation, Answer> asked) {
    Map<String, List<String>> same = new LinkedHashMap<>();
    for (Nation partner : partners) {
      same.computeIfAbsent(brief(asked.apply(partner)), x -> new ArrayList<>()).add(partner.code());
    }
    List<String> out = new ArrayList<>();
    same.forEach((what, who) -> out.add("  to " + String.join(", ", who) + ": " + what));
    return out;
  }

  private static String brief(Answer a) {
    return word(a.outcome())
        + how(a)
        + " by "
        + rule(a)
        + (a.transformations().isEmpty() ? "" : ", " + String.join(", ", a.transformations()))
        + (a.reason().isEmpty() ? "" : ", because " + a.reason());
  }

  private static List<String> lines(Report record, Nation partner, Answer a) {
    List<String> out = new ArrayList<>();
    out.add("  to " + partner + ": " + word(a.outcome()) + how(a));
    out.add("    rule    " + rule(a));
    out.add("    clause  " + a.clause());
    if (!a.reason().isEmpty()) {
      out.add("    because " + a.reason());
    }
    if (!a.transformations().isEmpty()) {
      out.add("    taken   " + String.join(", ", a.transformations()));
    }
    String head = a.outcome() == Outcome.HOLD ? "    if released, reads  " : "    reads   ";
    if (a.seen().filter(record::equals).isPresent()) {
      out.add(head + "the record as it is");
    } else if (a.seen().isPresent()) {
      for (String line : RecordText.lines(a.seen().get())) {
        out.add(head + line);
        head = " ".repeat(head.length());
      }
    }
    return out;
  }

  private static String how(Answer a) {
    if (a.waitsS().isEmpty()) {
      return "";
    }
    double s = a.waitsS().getAsDouble();
    return a.outcome() == Outcome.HOLD
        ? String.format(
            Locale.ROOT,
            ": %s must release it within %.0f s, or it is withheld",
            people(a.twoPerson()),
            s)
        : String.format(Locale.ROOT, ", after %.1f s", s);
  }

  /** The rule that decides; in quotes unless it stands for none. */
  static String rule(Answer a) {
    return isNoRule(a) ? a.rule() : "'" + a.rule() + "'";
  }

  static boolean isNoRule(Answer a) {
    return a.rule().startsWith("(");
  }

  /** Who must release what is held. */
  static String people(boolean two) {
    return two ? "two people" : "a person";
  }

  static String word(Outcome o) {
    return o.name().toLowerCase(Locale.ROOT);
  }

  /** Everything, for programs. */
  static Map<String, Object> map(Nation partner, Answer a) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("partner", partner.code());
    m.put("decision", word(a.outcome()));
    m.put("rule", a.rule());
    m.put("clause", a.clause());
    m.put("reason", a.reason());
    m.put("transformations", a.transformations());
    m.put("waitsS", a.waitsS().isPresent() ? a.waitsS().getAsDouble() : null);
    m.put("twoPerson", a.twoPerson());
    m.put("seen", a.seen().map((Report r) -> RecordText.map(r)).orElse(null));
    return m;
  }
}
