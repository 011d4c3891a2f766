package parallax.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.fixtures.ReleaseFixtures;

final class ReleasedTest {
  /** Every value a partner can read of a report: the record components, and their types. */
  private static final List<String> TOLD =
      List.of(
          "Branch.burnout UtcTime",
          "Branch.ground GroundPointEstimate",
          "Branch.probability double",
          "Caveat.name String",
          "ConfidentialityLabel.caveats List",
          "ConfidentialityLabel.classification Classification",
          "ConfidentialityLabel.createdAt UtcTime",
          "ConfidentialityLabel.owners SortedSet",
          "ConfidentialityLabel.policy String",
          "ConfidentialityLabel.releasableTo SortedSet",
          "CannotTellYet.dropAreas List",
          "CannotTellYet.madeFrom UtcTime",
          "CannotTellYet.reason String",
          "Correction.corrected Report",
          "Correction.header Header",
          "DropArea.ground GroundPointEstimate",
          "DropArea.separated UtcTime",
          "GroundPointEstimate.eastNorthM2 Covariance",
          "GroundPointEstimate.point Geodetic",
          "GroundPointEstimate.time UtcTime",
          "GroundPointEstimate.timeSigmaS double",
          "LaunchPointEstimate.ground GroundPointEstimate",
          "Geodetic.altitudeM double",
          "Geodetic.latitudeRad double",
          "Geodetic.longitudeRad double",
          "Header.channel Channel",
          "Header.createdAt UtcTime",
          "Header.label ConfidentialityLabel",
          "Header.track TrackId",
          "ImpactReport.header Header",
          "ImpactReport.impact ImpactPointPrediction",
          "LaunchFailure.at UtcTime",
          "LaunchFailure.kind Kind",
          "LaunchFailure.probability double",
          "LaunchReport.header Header",
          "LaunchReport.launch LaunchPointEstimate",
          "Nation.code String",
          "NoImpactExpected.dropAreas List",
          "NoImpactExpected.madeFrom UtcTime",
          "Predicted.dropAreas List",
          "Predicted.ground GroundPointEstimate",
          "Predicted.madeFrom UtcTime",
          "Recall.header Header",
          "Recall.madeUntil UtcTime",
          "Recall.of Optional",
          "Recall.reason RecallReason",
          "Relabel.header Header",
          "Relabel.label ConfidentialityLabel",
          "Relabel.madeUntil UtcTime",
          "StateVector.covariance Covariance",
          "StateVector.positionM Vector3",
          "StateVector.timeOfValidity UtcTime",
          "StateVector.velocityMps Vector3",
          "ThreatFan.branches List",
          "ThreatFan.dropAreas List",
          "ThreatFan.madeFrom UtcTime",
          "ThreatFan.noImpact double",
          "TrackEstimate.failure Optional",
          "TrackEstimate.lastPlot UtcTime",
          "TrackEstimate.phase FlightPhase",
          "TrackEstimate.state StateVector",
          "TrackEstimate.status TrackStatus",
          "TrackEstimate.threatClass ThreatClass",
          "TrackId.number long",
          "TrackId.originator Nation",
          "TrackReport.estimate TrackEstimate",
          "TrackReport.header Header",
          "UtcTime.nanos long",
          "Vector3.x double",
          "Vector3.y double",
          "Vector3.z double");

  @Test
  void canBeMadeInThisPackageOnly() {
    assertTrue(Modifier.isFinal(Released.class.getModifiers()));
    for (Constructor<?> c : Released.class.getDeclaredConstructors()) {
      assertTrue(isPackagePrivate(c), c.toString());
    }
    assertTrue(
        Arrays.stream(Released.class.getDeclaredMethods())
            .noneMatch(m -> Modifier.isStatic(m.getModifiers()) && !m.isSynthetic()));
    for (Constructor<?> c : AgreementInForce.class.getDeclaredConstructors()) {
      assertTrue(isPackagePrivate(c), c.toString());
    }
  }

  @Test
  void isGivenOutByADecisionOnly() {
    List<Class<?>> types =
        List.of(
            Agreement.class,
            AgreementInForce.class,
            AgreementSigning.class,
            AgreementVerifier.class,
            DefaultFiles.class,
            InboundCheck.class,
            Labels.class,
            NationalPolicy.class,
            ReleaseContext.class,
            ReleaseDecision.class,
            ReleaseDecision.Release.class,
            ReleaseDecision.Withhold.class,
            Released.class,
            Releaser.class,
            SignedAgreement.class);
    List<String> givers =
        types.stream()
            .flatMap(t -> Stream.of(t.getDeclaredMethods()))
            .filter(m -> Modifier.isPublic(m.getModifiers()))
            .filter(m -> m.getReturnType() == Released.class)
            .map(Method::toString)
            .toList();
    assertEquals(
        List.of(
            "public parallax.release.Released"
                + " parallax.release.ReleaseDecision$Release.released()"),
        givers);
  }

  /** A field added to a report must be looked at here, with the agreement in hand. */
  @Test
  void tellsNothingBeyondTheKnownFields() {
    TreeSet<String> found = new TreeSet<>();
    walk(Report.class, found);
    assertEquals(new TreeSet<>(TOLD), found);
    assertTrue(found.stream().noneMatch(f -> f.contains("Sensor") || f.endsWith(" Plot")));
  }

  private static void walk(Class<?> type, SortedSet<String> found) {
    if (type.isSealed()) {
      for (Class<?> c : type.getPermittedSubclasses()) {
        walk(c, found);
      }
    }
    if (type.isRecord()) {
      for (RecordComponent c : type.getRecordComponents()) {
        if (found.add(
            type.getSimpleName() + "." + c.getName() + " " + c.getType().getSimpleName())) {
          walk(c.getType(), found);
          if (c.getGenericType() instanceof ParameterizedType p) {
            for (Type of : p.getActualTypeArguments()) {
              walk((Class<?>) of, found);
            }
          }
        }
      }
    }
  }

  private static boolean isPackagePrivate(Member m) {
    return (m.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE)) == 0;
  }

  @Test
  void labelsAsTheAgreementMarks() {
    UtcTime t = ReleaseFixtures.LAUNCH_TIME;
    assertEquals(
        "UNCLASSIFIED//REL TO USA, JPN, KOR", ReleaseFixtures.label(Nation.JPN, t).banner());
    assertThrows(
        InvalidValueException.class,
        () -> Labels.forReport(ReleaseFixtures.inForce(Channel.EXERCISE), new Nation("GBR"), t));
    Agreement bilateral =
        Agreement.parse(
            YamlTexts.utf8(
                YamlTexts.agreement("releasableTo: [JPN, KOR, USA]", "releasableTo: [USA]")),
            "a");
    assertEquals(
        "UNCLASSIFIED//REL TO USA, KOR",
        Labels.forReport(new AgreementInForce(bilateral, Channel.TEST), Nation.KOR, t).banner());
  }

  @Test
  void fixturesGoThroughTheRealDecision() {
    assertThrows(
        IllegalStateException.class,
        () -> ReleaseFixtures.released(ReleaseFixtures.trackReport(Nation.KOR, 1, 5), Nation.KOR));
  }
}
