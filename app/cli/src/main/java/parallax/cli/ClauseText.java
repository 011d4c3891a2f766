package parallax.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import parallax.release.Agreement;
import parallax.release.LaunchRegion;

/** The clauses of an agreement, each under its name, in the order of the file. */
final class ClauseText {
  private ClauseText() {}

  static Map<String, String> of(Agreement a) {
    Agreement.Terms t = a.terms();
    Map<String, String> m = new LinkedHashMap<>();
    m.put("name", t.name());
    m.put("version", Integer.toString(t.version()));
    m.put("purpose", t.purpose());
    m.put("parties", t.parties().toString());
    m.put("channels", t.channels().toString());
    m.put("validity.from", t.from().toString());
    m.put("validity.until", t.until().toString());
    for (LaunchRegion r : t.scope().launchRegions()) {
      m.put("scope.launchRegions[" + r.name() + "]", corners(r));
    }
    m.put("scope.probability", Double.toString(t.scope().probability()));
    m.put("scope.dataClasses", t.scope().dataClasses().toString());
    Agreement.Window w = t.scope().window();
    m.put("scope.window.marginBeforeLaunchS", Double.toString(w.marginBeforeLaunchS()));
    m.put("scope.window.marginAfterImpactS", Double.toString(w.marginAfterImpactS()));
    m.put("scope.window.longestFlightS", Double.toString(w.longestFlightS()));
    m.put("neverShared", t.neverShared().toString());
    m.put("marking.policy", t.marking().policy());
    m.put("marking.classification", t.marking().classification().toString());
    m.put("marking.releasableTo", t.marking().releasableTo().toString());
    m.put("marking.caveats", t.marking().caveats().toString());
    m.put(
        "onwardRelease",
        t.onwardRelease().relays().isEmpty() ? "none" : "through " + t.onwardRelease().relays());
    m.put("retentionDays", Integer.toString(t.retentionDays()));
    m.put(
        "sanitisingFloors",
        t.floors().names().isEmpty() ? "none" : String.join(", ", t.floors().names()));
    return m;
  }

  private static String corners(LaunchRegion r) {
    return r.rings().stream()
        .map(
            ring ->
                ring.stream()
                    .map(c -> "[" + c.longitudeDeg() + ", " + c.latitudeDeg() + "]")
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining(" without "));
  }
}
