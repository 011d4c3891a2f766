package parallax.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.release.fixtures.ReleaseFixtures.agreementKey;
import static parallax.release.fixtures.ReleaseFixtures.agreementKeys;
import static parallax.release.fixtures.ReleaseFixtures.signed;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.AgreementException.Kind;
import parallax.release.fixtures.ReleaseFixtures;
import parallax.signing.SignatureDomain;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

final class AgreementVerifierTest {
  private static final UtcTime NOW = ReleaseFixtures.LAUNCH_TIME;
  private static final Set<Channel> EXERCISE = EnumSet.of(Channel.EXERCISE);

  private static AgreementException refused(
      SignedAgreement signed,
      SortedMap<Nation, VerificationKey> keys,
      Channel channel,
      UtcTime now) {
    return assertThrows(
        AgreementException.class, () -> AgreementVerifier.verify(signed, keys, channel, now));
  }

  private static void requireSays(AgreementException e, Kind kind, String... parts) {
    assertEquals(kind, e.kind(), e.getMessage());
    for (String part : parts) {
      assertTrue(String.valueOf(e.getMessage()).contains(part), part + " in: " + e.getMessage());
    }
  }

  private static SignedAgreement signedBy(byte[] bytes, Nation... nations) {
    List<AgreementSignature> signatures = new ArrayList<>();
    for (Nation n : nations) {
      signatures.add(AgreementSigning.sign(bytes, "a", n, agreementKey(n), EXERCISE));
    }
    return new SignedAgreement(bytes, "a.yaml", signatures);
  }

  @Test
  void isInForceWithEverySignature() {
    AgreementInForce inForce =
        AgreementVerifier.verify(signed(EXERCISE), agreementKeys(), Channel.EXERCISE, NOW);
    assertEquals(Channel.EXERCISE, inForce.channel());
    assertEquals(inForce.agreement().digest(), inForce.digest());
    assertTrue(inForce.isValidAt(NOW));
    assertTrue(inForce.isValidAt(inForce.agreement().from()));
    assertFalse(inForce.isValidAt(inForce.agreement().until()));
  }

  @Test
  void refusesWithoutAnySignature() {
    requireSays(
        refused(signedBy(DefaultFiles.agreement()), agreementKeys(), Channel.EXERCISE, NOW),
        Kind.MISSING_SIGNATURE,
        "signature of JPN is missing");
  }

  @Test
  void refusesWhenOnePartyHasNotSigned() {
    requireSays(
        refused(
            signedBy(DefaultFiles.agreement(), Nation.JPN, Nation.USA),
            agreementKeys(),
            Channel.EXERCISE,
            NOW),
        Kind.MISSING_SIGNATURE,
        "signature of KOR is missing");
  }

  @Test
  void refusesASignatureOfOtherBytes() {
    SignedAgreement other =
        new SignedAgreement(
            YamlTexts.utf8(YamlTexts.agreement("retentionDays: 365", "retentionDays: 366")),
            "a.yaml",
            signed(EXERCISE).signatures().values());
    requireSays(
        refused(other, agreementKeys(), Channel.EXERCISE, NOW),
        Kind.BAD_SIGNATURE,
        "JPN",
        "EXERCISE");
  }

  @Test
  void refusesASignatureByAnotherKey() {
    TreeMap<Nation, VerificationKey> keys = new TreeMap<>(agreementKeys());
    keys.put(Nation.KOR, agreementKey(Nation.USA).key());
    requireSays(refused(signed(EXERCISE), keys, Channel.EXERCISE, NOW), Kind.BAD_SIGNATURE, "KOR");
  }

  @Test
  void refusesADamagedSignature() {
    String good =
        AgreementSigning.sign(
                DefaultFiles.agreement(), "a", Nation.JPN, agreementKey(Nation.JPN), EXERCISE)
            .format();
    int at = good.indexOf("JPN EXERCISE ") + 20;
    char c = good.charAt(at);
    String bad = good.substring(0, at) + (c == 'A' ? 'B' : 'A') + good.substring(at + 1);
    List<AgreementSignature> signatures = new ArrayList<>();
    signatures.add(AgreementSignature.parse(bad, "a.JPN.sig"));
    signatures.addAll(signed(EXERCISE).signatures().tailMap(Nation.KOR).values());
    SignedAgreement damaged = new SignedAgreement(DefaultFiles.agreement(), "a.yaml", signatures);
    requireSays(
        refused(damaged, agreementKeys(), Channel.EXERCISE, NOW), Kind.BAD_SIGNATURE, "JPN");
  }

  @Test
  void doesNotTakeAnExerciseSignatureForReal() {
    requireSays(
        refused(signed(EXERCISE), agreementKeys(), Channel.REAL, NOW),
        Kind.MISSING_SIGNATURE,
        "JPN for REAL",
        "EXERCISE");
    List<AgreementSignature> relabelled = new ArrayList<>();
    for (AgreementSignature s : signed(EXERCISE).signatures().values()) {
      relabelled.add(
          AgreementSignature.parse(s.format().replace(" EXERCISE ", " REAL "), "relabelled"));
    }
    requireSays(
        refused(
            new SignedAgreement(DefaultFiles.agreement(), "a.yaml", relabelled),
            agreementKeys(),
            Channel.REAL,
            NOW),
        Kind.BAD_SIGNATURE,
        "JPN for REAL");
  }

  @Test
  void doesNotTakeASignatureMadeForAnotherPurpose() {
    byte[] bytes = DefaultFiles.agreement();
    byte[] other =
        agreementKey(Nation.JPN).sign(new SignatureDomain(Channel.EXERCISE, "link-batch"), bytes);
    List<AgreementSignature> signatures = new ArrayList<>();
    signatures.add(
        AgreementSignature.parse(
            "JPN EXERCISE " + java.util.Base64.getEncoder().encodeToString(other), "a.JPN.sig"));
    signatures.addAll(signed(EXERCISE).signatures().tailMap(Nation.KOR).values());
    requireSays(
        refused(
            new SignedAgreement(bytes, "a", signatures), agreementKeys(), Channel.EXERCISE, NOW),
        Kind.BAD_SIGNATURE);
  }

  @Test
  void refusesAChannelThatIsNotCovered() {
    byte[] bytes = YamlTexts.utf8(YamlTexts.agreement("[REAL, EXERCISE, TEST]", "[EXERCISE]"));
    SignedAgreement s = signedBy(bytes, Nation.JPN, Nation.KOR, Nation.USA);
    requireSays(
        refused(s, agreementKeys(), Channel.REAL, NOW), Kind.CHANNEL_NOT_COVERED, "not REAL");
    assertThrows(
        InvalidValueException.class,
        () ->
            AgreementSigning.sign(
                bytes, "a", Nation.JPN, agreementKey(Nation.JPN), EnumSet.of(Channel.REAL)));
  }

  @Test
  void refusesOutsideItsTime() {
    requireSays(
        refused(signed(EXERCISE), agreementKeys(), Channel.EXERCISE, new UtcTime(0)),
        Kind.NOT_YET_VALID,
        "2016-01-01T00:00:00Z");
    UtcTime until = Agreement.parse(DefaultFiles.agreement(), "a").until();
    requireSays(
        refused(signed(EXERCISE), agreementKeys(), Channel.EXERCISE, until),
        Kind.EXPIRED,
        "expired at 2036-01-01T00:00:00Z");
  }

  @Test
  void refusesStrangersAndUnknownKeys() {
    TreeMap<Nation, VerificationKey> keys = new TreeMap<>(agreementKeys());
    keys.remove(Nation.USA);
    requireSays(
        refused(signed(EXERCISE), keys, Channel.EXERCISE, NOW), Kind.UNKNOWN_PARTY, "key of USA");
    List<AgreementSignature> signatures = new ArrayList<>(signed(EXERCISE).signatures().values());
    signatures.add(
        AgreementSignature.parse(
            signatures.getFirst().format().replace("JPN", "GBR"), "a.GBR.sig"));
    requireSays(
        refused(
            new SignedAgreement(DefaultFiles.agreement(), "a", signatures),
            agreementKeys(),
            Channel.EXERCISE,
            NOW),
        Kind.UNKNOWN_PARTY,
        "signed by GBR");
    SigningKey stranger = agreementKey(Nation.JPN);
    assertThrows(
        InvalidValueException.class,
        () ->
            AgreementSigning.sign(
                DefaultFiles.agreement(), "a", new Nation("GBR"), stranger, EXERCISE));
  }

  @Test
  void saysTheLineOfAMalformedAgreement() {
    String text = YamlTexts.agreement("version: 1", "version: x");
    SignedAgreement malformed =
        new SignedAgreement(YamlTexts.utf8(text), "a.yaml", signed(EXERCISE).signatures().values());
    requireSays(
        refused(malformed, agreementKeys(), Channel.EXERCISE, NOW),
        Kind.MALFORMED,
        "a.yaml, line " + YamlTexts.lineOf(text, "version: x"));
    assertThrows(
        MalformedFileException.class,
        () ->
            AgreementSigning.sign(
                YamlTexts.utf8(text), "a", Nation.JPN, agreementKey(Nation.JPN), EXERCISE));
  }

  @Test
  void signatureFilesReadBackAsWritten() {
    AgreementSignature signature =
        AgreementSigning.sign(
            DefaultFiles.agreement(),
            "a",
            Nation.KOR,
            agreementKey(Nation.KOR),
            EnumSet.allOf(Channel.class));
    AgreementSignature back = AgreementSignature.parse(signature.format(), "a.KOR.sig");
    assertEquals(Nation.KOR, back.nation());
    assertEquals(signature.channels(), back.channels());
    for (Channel c : Channel.values()) {
      assertArrayEquals(
          signature.signature(c).orElseThrow(), back.signature(c).orElseThrow(), c.name());
    }
    assertEquals(signature.format(), back.format());
  }

  @Test
  void refusesMalformedSignatureFiles() {
    String s = " " + java.util.Base64.getEncoder().encodeToString(new byte[64]);
    List<List<String>> wrong =
        List.of(
            List.of("", "no signature"),
            List.of("# nothing\n", "no signature"),
            List.of("JPN REAL", "expected nation, channel"),
            List.of("JPN\tREAL" + s, "expected nation, channel"),
            List.of("jpn REAL" + s, "nation"),
            List.of("J\u0420N REAL" + s, "nation"),
            List.of("JPN real" + s, "channel is 'real'"),
            List.of("JPN REAL AAAA", "3 bytes"),
            List.of("JPN REAL !!!!", "not base64"),
            List.of("JPN REAL" + s + "\nKOR TEST" + s, "only JPN"),
            List.of("JPN REAL" + s + "\nJPN REAL" + s, "second signature"),
            List.of("A".repeat(5000), "at most 4096"),
            List.of("A".repeat(3000), "expected nation, channel"));
    for (List<String> w : wrong) {
      MalformedFileException e =
          assertThrows(
              MalformedFileException.class, () -> AgreementSignature.parse(w.get(0), "s.sig"));
      assertTrue(String.valueOf(e.getMessage()).contains(w.get(1)), e.getMessage());
    }
  }
}
