package parallax.release;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** Reads the clauses of an agreement file. */
final class AgreementFile {
  private static final int MOST_CORNERS = 2000;

  private AgreementFile() {}

  static Agreement.Terms read(byte[] yaml, String source) {
    Fields file =
        new Fields(
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
    Fields validity = file.child("validity", "from", "until");
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

  private static Agreement.OnwardRelease onwardRelease(Fields file, SortedSet<Nation> parties) {
    if (!file.isMapping("onwardRelease")) {
      file.word("onwardRelease", "none");
      return new Agreement.OnwardRelease(new TreeSet<>());
    }
    Fields onward = file.child("onwardRelease", "through");
    SortedSet<Nation> relays = onward.nations("through", 1);
    for (Nation relay : relays) {
      if (!parties.contains(relay)) {
        throw onward.wrong("through", "names " + relay + "; expected parties: " + parties);
      }
    }
    return new Agreement.OnwardRelease(relays);
  }

  private static Agreement.Scope scope(Fields scope) {
    Fields window =
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
        regions(scope),
        scope.number("probability", 0.01, 0.999),
        scope.constants("dataClasses", Agreement.LISTED_CLASSES),
        new Agreement.Window(
            window.number("marginBeforeLaunchS", 0, 600),
            window.number("marginAfterImpactS", 0, 3600),
            window.number("longestFlightS", 60, 86_400)));
  }

  private static Agreement.Marking marking(Fields marking, SortedSet<Nation> parties) {
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

  private static List<Caveat> caveats(Fields marking) {
    List<Caveat> caveats = new ArrayList<>();
    for (String name : marking.texts("caveats", 60)) {
      try {
        Caveat caveat = new Caveat(name);
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

  private static List<LaunchRegion> regions(Fields scope) {
    List<LaunchRegion> regions = new ArrayList<>();
    SortedSet<String> names = new TreeSet<>();
    int[] corners = {0};
    for (YamlNode item : scope.items("launchRegions", 1, 20)) {
      Fields region = scope.child("launchRegions", item, "name", "polygon");
      String name = region.text("name", 80);
      if (!names.add(name)) {
        throw region.wrong("name", "is '" + YamlReader.shown(name) + "' twice");
      }
      regions.add(new LaunchRegion(name, polygon(region, corners)));
    }
    return List.copyOf(regions);
  }

  private static List<List<LaunchRegion.Corner>> polygon(Fields region, int[] corners) {
    List<List<LaunchRegion.Corner>> rings = new ArrayList<>();
    for (YamlNode ringNode : region.items("polygon", 1, 20)) {
      List<LaunchRegion.Corner> ring = new ArrayList<>();
      List<YamlNode> places = region.items("polygon", ringNode, 4, MOST_CORNERS);
      corners[0] += places.size();
      if (corners[0] > MOST_CORNERS) {
        throw region.wrong(ringNode, "polygon", "has too many corners; at most " + MOST_CORNERS);
      }
      for (YamlNode place : places) {
        List<YamlNode> lonLat = region.items("polygon", place, 2, 2);
        ring.add(
            new LaunchRegion.Corner(
                region.number("polygon", lonLat.get(0), -180, 180),
                region.number("polygon", lonLat.get(1), -90, 90)));
      }
      if (!ring.getFirst().equals(ring.getLast())) {
        throw region.wrong(
            ringNode, "polygon", "has an open ring; its last place must equal its first");
      }
      rings.add(ring);
    }
    TopologyValidationError error = new IsValidOp(geometry(rings)).getValidationError();
    if (error != null) {
      throw region.wrong("polygon", "is not a simple polygon: " + error);
    }
    return rings;
  }

  private static Polygon geometry(List<List<LaunchRegion.Corner>> rings) {
    GeometryFactory factory = new GeometryFactory();
    LinearRing[] linear = new LinearRing[rings.size()];
    for (int i = 0; i < linear.length; i++) {
      linear[i] =
          factory.createLinearRing(
              rings.get(i).stream()
                  .map(c -> new Coordinate(c.longitudeDeg(), c.latitudeDeg()))
                  .toArray(Coordinate[]::new));
    }
    LinearRing[] holes = java.util.Arrays.copyOfRange(linear, 1, linear.length);
    return factory.createPolygon(linear[0], holes);
  }
}
