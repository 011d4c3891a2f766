package parallax.release;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackStatus;
import parallax.release.NationalPolicy.Outcome;
import parallax.release.NationalPolicy.Rule;

/** Reads a national policy file and checks it against the agreement it narrows. */
final class PolicyFile {
  private static final int MOST_RULES = 200;
  private static final int MOST_VERSION = 1_000_000;

  private PolicyFile() {}

  static NationalPolicy read(byte[] yaml, String source, Agreement agreement) {
    YamlFields file =
        new YamlFields(
            source,
            "",
            YamlReader.read(yaml, source),
            "name",
            "version",
            "nation",
            "suspension",
            "rules",
            "default");
    Nation nation = file.nation("nation");
    if (!agreement.parties().contains(nation)) {
      throw file.wrong(
          "nation", "is " + nation + "; expected a party of the agreement: " + agreement.parties());
    }
    file.word("default", "withhold");
    List<Rule> rules = new ArrayList<>();
    for (YamlNode item : file.items("rules", 0, MOST_RULES)) {
      YamlFields fields =
          file.child(
              "rules",
              item,
              "name",
              "dataClasses",
              "to",
              "minimumStatus",
              "when",
              "decision",
              "sanitise",
              "hold");
      Rule rule = rule(fields, nation, agreement);
      for (Rule earlier : rules) {
        if (earlier.name().equals(rule.name())) {
          throw fields.wrong("name", "is '" + YamlReader.shown(rule.name()) + "' twice");
        }
      }
      requireReachable(rule, rules, fields);
      rules.add(rule);
    }
    return new NationalPolicy(
        file.text("name", 120),
        file.whole("version", 1, MOST_VERSION),
        nation,
        rules,
        !file.has("suspension")
            || file.oneInLowerCase("suspension", NationalPolicy.Suspension.class)
                == NationalPolicy.Suspension.ANNOUNCED);
  }

  /** What a decision cites of a policy. */
  record Edition(String name, int version) {}

  /** The edition of a policy's text; empty when it is malformed. */
  static Optional<Edition> edition(String yaml) {
    String source = "policy";
    try {
      YamlNode.Mapping all = YamlReader.read(yaml.getBytes(StandardCharsets.UTF_8), source);
      String[] keys = all.entries().keySet().toArray(String[]::new);
      YamlFields file = new YamlFields(source, "", all, keys);
      return Optional.of(
          new Edition(file.text("name", 120), file.whole("version", 1, MOST_VERSION)));
    } catch (MalformedFileException e) {
      return Optional.empty();
    }
  }

  private static Rule rule(YamlFields fields, Nation nation, Agreement agreement) {
    String name = fields.text("name", 120);
    if (name.startsWith("(")) {
      throw fields.wrong("name", "starts with '('; expected a name of the nation's own");
    }
    SortedSet<Report.DataClass> classes = fields.constants("dataClasses", Agreement.LISTED_CLASSES);
    for (Report.DataClass c : classes) {
      if (!agreement.scope().dataClasses().contains(c)) {
        throw fields.wrong(
            "dataClasses",
            "names " + c + "; the agreement covers " + agreement.scope().dataClasses());
      }
    }
    SortedSet<Nation> to = fields.nations("to", 1);
    for (Nation partner : to) {
      if (!agreement.parties().contains(partner) || partner.equals(nation)) {
        SortedSet<Nation> partners = new TreeSet<>(agreement.parties());
        partners.remove(nation);
        throw fields.wrong("to", "names " + partner + "; expected partners: " + partners);
      }
    }
    Optional<TrackStatus> minimum =
        fields.has("minimumStatus")
            ? Optional.of(fields.one("minimumStatus", TrackStatus.class))
            : Optional.empty();
    Outcome outcome = fields.oneInLowerCase("decision", Outcome.class);
    boolean mayTell = outcome == Outcome.SANITISE || outcome == Outcome.HOLD;
    if (fields.has("sanitise") ? !mayTell : outcome == Outcome.SANITISE) {
      throw fields.wrong(
          "decision",
          "is "
              + outcome.name().toLowerCase(Locale.ROOT)
              + "; expected 'sanitise' beside a decision sanitise, and else beside hold only");
    }
    if (fields.has("hold") != (outcome == Outcome.HOLD)) {
      throw fields.wrong("decision", "is hold without 'hold', or 'hold' without decision hold");
    }
    Sanitising sanitising =
        fields.has("sanitise")
            ? SanitisingFile.read(fields.child("sanitise", SanitisingFile.ALL), agreement.scope())
            : Sanitising.NONE;
    if (outcome == Outcome.HOLD && sanitising.delayS().isPresent()) {
      throw fields.wrong("sanitise", "has delayS; what is held waits for a person instead");
    }
    return new Rule(
        name,
        classes,
        to,
        minimum,
        fields.has("when") ? Optional.of(condition(fields, to, agreement)) : Optional.empty(),
        outcome,
        sanitising,
        outcome == Outcome.HOLD
            ? Optional.of(holding(fields.child("hold", "deadlineS", "otherwise", "twoPerson")))
            : Optional.empty());
  }

  private static Condition condition(YamlFields fields, SortedSet<Nation> to, Agreement agreement) {
    try {
      return Condition.compile(fields.text("when", Condition.LONGEST), to, agreement.channels());
    } catch (Condition.WrongException e) {
      throw fields.wrong("when", String.valueOf(e.getMessage()));
    }
  }

  private static NationalPolicy.Holding holding(YamlFields hold) {
    hold.word("otherwise", "withhold");
    return new NationalPolicy.Holding(hold.number("deadlineS", 1, 3600), hold.flag("twoPerson"));
  }

  /**
   * Refuses a rule that can never decide anything, because earlier rules decide all its cases
   * whatever else the record says. There are few cases (data class, partner, status or none known),
   * so all of them are tried.
   */
  private static void requireReachable(Rule rule, List<Rule> earlier, YamlFields fields) {
    List<Optional<TrackStatus>> statuses = new ArrayList<>();
    statuses.add(Optional.empty());
    for (TrackStatus s : TrackStatus.values()) {
      statuses.add(Optional.of(s));
    }
    for (Report.DataClass c : rule.dataClasses()) {
      for (Nation to : rule.to()) {
        for (Optional<TrackStatus> s : statuses) {
          if (rule.matches(c, to, s)
              && earlier.stream().noneMatch(r -> holdsWherever(r, rule) && r.matches(c, to, s))) {
            return;
          }
        }
      }
    }
    throw fields.wrong(
        "name",
        "'" + YamlReader.shown(rule.name()) + "' can never decide: earlier rules match all of it");
  }

  /**
   * Whether the condition of an earlier rule holds for every record for which that of a later rule
   * holds.
   */
  private static boolean holdsWherever(Rule earlier, Rule later) {
    return earlier.when().isEmpty()
        || earlier.when().get().constant().isPresent()
        || (earlier.when().equals(later.when())
            && (earlier.outcome().decidesInDoubt() || !later.outcome().decidesInDoubt()));
  }
}
