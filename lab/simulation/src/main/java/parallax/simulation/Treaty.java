package parallax.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.SignedAgreement;
import parallax.signing.VerificationKey;

/** Makes the agreements and policies of a run, as the files that nations would sign and keep. */
final class Treaty {
  private static final List<String> CLASSES =
      List.of("LAUNCH_POINT", "FLIGHT_PATH", "IMPACT_POINT");
  private static final List<String> STATUSES = List.of("CONFIRMED", "COASTED", "LOST");

  private final Chance chance;
  private final Topology topology;
  private final Channel channel;
  private final List<String> parties;

  /** An agreement: its text, and the text with everybody's signature. */
  record Text(String yaml, SignedAgreement signed) {}

  Treaty(Chance chance, Topology topology, Channel channel) {
    this.chance = chance;
    this.topology = topology;
    this.channel = channel;
    this.parties = topology.nations().stream().map(Nation::code).toList();
  }

  /** A version of the agreement. */
  Text agreement(int version) {
    List<String> classes = new ArrayList<>(CLASSES);
    if (chance.hit(0.1)) {
      classes.remove(1 + chance.below(2));
    }
    List<String> readers = new ArrayList<>(parties);
    if (chance.hit(0.05)) {
      readers.remove(chance.below(readers.size()));
    }
    StringBuilder y = new StringBuilder(1500);
    line(y, "name: Agreement of the simulated nations");
    line(y, "version: " + version);
    line(y, "purpose: Warning only.");
    line(y, "parties: " + parties);
    line(y, "channels: [REAL, EXERCISE, TEST]");
    line(y, "validity:");
    line(y, "  from: 2020-01-01T00:00:00Z");
    line(y, "  until: 2036-01-01T00:00:00Z");
    line(y, "scope:");
    line(y, "  launchRegions:");
    region(y, "West", 124.2 + chance.between(-0.3, 0.3), 37.9, 127.4, 41.2);
    if (chance.hit(0.7)) {
      region(y, "East", 127.6, 38.7, 130.2 + chance.between(-0.3, 0.3), 42.2);
    }
    line(y, "  probability: " + (chance.hit(0.8) ? 0.5 : 0.8));
    line(y, "  dataClasses: " + classes);
    line(y, "  window:");
    line(y, "    from: launch");
    line(y, "    until: impact");
    line(y, "    marginBeforeLaunchS: 15");
    line(y, "    marginAfterImpactS: " + (chance.hit(0.5) ? 120 : 20));
    line(y, "    longestFlightS: " + (chance.hit(0.8) ? 7200 : 90));
    line(y, "neverShared: [PRE_LAUNCH_INDICATION, SENSOR_TYPE, SENSOR_PLACE, SENSOR_IDENTITY]");
    line(y, "marking:");
    line(y, "  policy: PARALLAX");
    line(y, "  classification: " + (chance.hit(0.8) ? "UNCLASSIFIED" : "RESTRICTED"));
    line(y, "  releasableTo: " + readers);
    line(y, "  caveats: []");
    if (topology.relays()) {
      line(y, "onwardRelease:");
      line(y, "  through: [" + topology.hub() + "]");
    } else {
      line(y, "onwardRelease: none");
    }
    line(y, "retentionDays: 30");
    return signed(y.toString());
  }

  private static void line(StringBuilder y, String text) {
    y.append(text).append('\n');
  }

  /** A region of five corners: a rectangle with one corner cut. */
  private static void region(
      StringBuilder y, String name, double west, double south, double east, double north) {
    line(y, "    - name: " + name);
    line(y, "      polygon:");
    line(
        y,
        String.format(
            Locale.ROOT,
            "        - [[%.3f, %.3f], [%.3f, %.3f], [%.3f, %.3f], [%.3f, %.3f], [%.3f, %.3f],"
                + " [%.3f, %.3f]]",
            west,
            south,
            east,
            south,
            east,
            north - 0.4,
            east - 0.5,
            north,
            west,
            north,
            west,
            south));
  }

  private Text signed(String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    List<AgreementSignature> signatures = new ArrayList<>();
    for (Nation n : topology.nations()) {
      signatures.add(
          AgreementSigning.sign(bytes, "agreement", n, Keys.agreement(n), Set.of(channel)));
    }
    return new Text(yaml, new SignedAgreement(bytes, "agreement", signatures));
  }

  /** Everybody's agreement key. */
  SortedMap<Nation, VerificationKey> agreementKeys() {
    SortedMap<Nation, VerificationKey> keys = new TreeMap<>();
    topology.nations().forEach(n -> keys.put(n, Keys.agreement(n).key()));
    return keys;
  }

  /** A nation's policy under an agreement: what the agreement covers, narrowed at random. */
  String policy(Nation nation, Text agreement, int version) {
    List<String> covered = CLASSES.stream().filter(c -> covers(agreement, c)).toList();
    SortedSet<String> partners = new TreeSet<>(parties);
    partners.remove(nation.code());
    StringBuilder y = new StringBuilder(800);
    line(y, "name: Policy of " + nation);
    line(y, "version: " + version);
    line(y, "nation: " + nation);
    line(y, "suspension: " + (chance.hit(0.6) ? "announced" : "silent"));
    line(y, "rules:");
    if (chance.hit(0.25)) {
      rule(
          y,
          "not this to that one",
          List.of(chance.pick(covered)),
          List.of(chance.pick(List.copyOf(partners))),
          "",
          "withhold");
    }
    for (String c : covered) {
      if (chance.hit(0.95)) {
        boolean careful = c.equals("FLIGHT_PATH") ? chance.hit(0.8) : chance.hit(0.05);
        rule(y, "tell " + c, List.of(c), partners, careful ? status() : "", "release");
      }
    }
    line(y, "default: withhold");
    return y.toString().replace("rules:\ndefault", "rules: []\ndefault");
  }

  /**
   * A policy with all that rules can ask for: people who release, delays, and limits of how often
   * something is told.
   */
  String carefulPolicy(Nation nation, Text agreement, int version, Chance by) {
    SortedSet<String> partners = new TreeSet<>(parties);
    partners.remove(nation.code());
    StringBuilder y = new StringBuilder(800);
    line(y, "name: Careful policy of " + nation);
    line(y, "version: " + version);
    line(y, "nation: " + nation);
    line(y, "suspension: " + (by.hit(0.5) ? "announced" : "silent"));
    line(y, "rules:");
    for (String c : CLASSES) {
      if (covers(agreement, c)) {
        for (String p : partners) {
          careful(y, c, p, by);
        }
      }
    }
    line(y, "default: withhold");
    return y.toString();
  }

  private static void careful(StringBuilder y, String dataClass, String to, Chance by) {
    int kind = by.below(5);
    String decision = List.of("release", "release", "hold", "sanitise", "sanitise").get(kind);
    rule(y, dataClass + " to " + to, List.of(dataClass), List.of(to), "", decision);
    switch (kind) {
      case 2 ->
          line(
              y,
              "    hold: {deadlineS: "
                  + (1 + by.below(6))
                  + ", otherwise: withhold, twoPerson: "
                  + by.hit(0.5)
                  + "}");
      case 3 -> line(y, "    sanitise: {limitRateS: " + (1 + by.below(4)) + "}");
      case 4 -> line(y, "    sanitise: {delayS: " + (1 + by.below(3)) + "}");
      default -> {}
    }
  }

  private String status() {
    return chance.hit(0.8) ? "CONFIRMED" : chance.pick(STATUSES);
  }

  private static boolean covers(Text agreement, String dataClass) {
    return agreement
        .yaml()
        .lines()
        .anyMatch(l -> l.startsWith("  dataClasses:") && l.contains(dataClass));
  }

  /** A policy that releases all that the agreement permits. */
  String openPolicy(Nation nation, Text agreement) {
    List<String> covered = CLASSES.stream().filter(c -> covers(agreement, c)).toList();
    SortedSet<String> partners = new TreeSet<>(parties);
    partners.remove(nation.code());
    StringBuilder y = new StringBuilder(400);
    line(y, "name: Open policy of " + nation);
    line(y, "version: 1");
    line(y, "nation: " + nation);
    line(y, "rules:");
    rule(y, "all", covered, partners, "", "release");
    line(y, "default: withhold");
    return y.toString();
  }

  private static void rule(
      StringBuilder y,
      String name,
      List<String> classes,
      Iterable<String> to,
      String minimumStatus,
      String decision) {
    List<String> partners = new ArrayList<>();
    to.forEach(partners::add);
    line(y, "  - name: " + name);
    line(y, "    dataClasses: " + classes);
    line(y, "    to: " + partners.stream().collect(Collectors.joining(", ", "[", "]")));
    if (!minimumStatus.isEmpty()) {
      line(y, "    minimumStatus: " + minimumStatus);
    }
    line(y, "    decision: " + decision);
  }
}
