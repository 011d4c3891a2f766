package parallax.release;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** Reads the clauses of an agreement file. */
final class AgreementFile {
  private AgreementFile() {}

  static Agreement.Terms read(byte[] yaml, String source) {
    YamlFields file =
        new YamlFields(
            source,
            "",
            YamlReader.read(yaml, source),
            "name",
            "version",
            "purpose",
            "parties",
            "channels",
            "validity",
            "scope",
            "neverShared",
            "marking",
            "onwardRelease",
            "retentionDays",
            "sanitisingFloors");
    SortedSet<Nation> parties = file.nations("parties", 2);
    YamlFields validity = file.child("validity", "from", "until");
    UtcTime from = validity.time("from");
    UtcTime until = validity.time("until");
    if (!from.isBefore(until)) {
      throw validity.wrong("until", "is " + until + "; expected a time after 'from', " + from);
    }
    return new Agreement.Terms(
        file.text("name", 120),
        file.whole("version", 1, 1_000_000),
        file.text("purpose", 1000),
        parties,
        file.constants("channels", Channel.class),
        from,
        until,
        scope(file.child("scope", "launchRegions", "probability", "dataClasses", "window")),
        file.constants("neverShared", Agreement.NeverShared.class),
        marking(
            file.child("marking", "policy", "classification", "releasableTo", "caveats"), parties),
        onwardRelease(file, parties),
        file.whole("retentionDays", 1, 36_500),
        file.has("sanitisingFloors")
            ? SanitisingFile.floors(file.child("sanitisingFloors", SanitisingFile.FLOORS))
            : Sanitising.NONE);
  }

  private static Agreement.OnwardRelease onwardRelease(YamlFields file, SortedSet<Nation> parties) {
    if (!file.isMapping("onwardRelease")) {
      file.word("onwardRelease", "none");
      return new Agreement.OnwardRelease(new TreeSet<>());
    }
    YamlFields onward = file.child("onwardRelease", "through");
    SortedSet<Nation> relays = onward.nations("through", 1);
    for (Nation relay : relays) {
      if (!parties.contains(relay)) {
        throw onward.wrong("through", "names " + relay + "; expected parties: " + parties);
      }
    }
    return new Agreement.OnwardRelease(relays);
  }

  private static Agreement.Scope scope(YamlFields scope) {
    YamlFields window =
        scope.child(
            "window",
            "from",
            "until",
            "marginBeforeLaunchS",
            "marginAfterImpactS",
            "longestFlightS");
    window.word("from", "launch");
    window.word("until", "impact");
    return new Agreement.Scope(
        LaunchRegionFile.read(scope),
        scope.number("probability", 0.01, 0.999),
        scope.constants("dataClasses", Agreement.LISTED_CLASSES),
        new Agreement.Window(
            window.number("marginBeforeLaunchS", 0, 600),
            window.number("marginAfterImpactS", 0, 3600),
            window.number("longestFlightS", 60, 86_400)));
  }

  private static Agreement.Marking marking(YamlFields marking, SortedSet<Nation> parties) {
    SortedSet<Nation> releasableTo = marking.nations("releasableTo", 1);
    for (Nation nation : releasableTo) {
      if (!parties.contains(nation)) {
        throw marking.wrong("releasableTo", "names " + nation + "; expected parties: " + parties);
      }
    }
    String policy = marking.text("policy", 60);
    if (!policy.equals(policy.strip())) {
      throw marking.wrong("policy", "is '" + policy + "'; expected no space around it");
    }
    return new Agreement.Marking(
        policy,
        marking.one("classification", Classification.class),
        releasableTo,
        caveats(marking));
  }

  private static List<Caveat> caveats(YamlFields marking) {
    List<Caveat> caveats = new ArrayList<>();
    for (String name : marking.texts("caveats", 60)) {
      try {
        Caveat caveat = new Caveat(name);
        if (caveat.forRelease() != Caveat.ForRelease.PERMITS) {
          throw marking.wrong(
              "caveats",
              "names "
                  + name
                  + ", "
                  + caveat.forRelease().says()
                  + "; expected some of "
                  + Caveat.PERMITTING
                  + ". Who may hold the reports is said by 'releasableTo' alone");
        }
        if (caveats.contains(caveat)) {
          throw marking.wrong("caveats", "names " + name + " twice");
        }
        caveats.add(caveat);
      } catch (InvalidValueException e) {
        throw marking.wrong("caveats", "has one that is none: " + e.getMessage());
      }
    }
    return List.copyOf(caveats);
  }
}
