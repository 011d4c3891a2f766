package parallax.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.model.Channel;
import parallax.model.InvalidValueException;

final class SigningKeyTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  private static SigningKey key(int seed) {
    byte[] bytes = new byte[32];
    new SplittableRandom(seed).nextBytes(bytes);
    return SigningKey.fromSeed(bytes);
  }

  @Test
  void verifiesInItsOwnDomainOnly() {
    SigningKey signer = key(1);
    List<SignatureDomain> domains =
        List.of(
            new SignatureDomain(Channel.REAL, "link-batch"),
            new SignatureDomain(Channel.EXERCISE, "link-batch"),
            new SignatureDomain(Channel.TEST, "link-batch"),
            new SignatureDomain(Channel.REAL, "agreement"),
            new SignatureDomain(Channel.REAL, "link"));
    for (SignatureDomain signed : domains) {
      byte[] signature = signer.sign(signed, MESSAGE);
      for (SignatureDomain asked : domains) {
        assertEquals(signed.equals(asked), signer.key().verify(asked, MESSAGE, signature));
      }
    }
  }

  @Test
  void noDomainBeginsWithAnother() {
    SigningKey signer = key(1);
    byte[] signature =
        signer.sign(
            new SignatureDomain(Channel.REAL, "link"),
            "-batch".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertFalse(
        signer
            .key()
            .verify(new SignatureDomain(Channel.REAL, "link-batch"), new byte[0], signature));
  }

  @Test
  void keyOfOneChannelDoesNotVerifyTheOthers() {
    SignatureDomain domain = new SignatureDomain(Channel.REAL, "link-batch");
    SigningKey real = key(1);
    SigningKey exercise = key(2);
    assertFalse(real.key().verify(domain, MESSAGE, exercise.sign(domain, MESSAGE)));
  }

  @Test
  void everyFlippedBitBreaksTheSignature() {
    SigningKey signer = key(3);
    SignatureDomain domain = new SignatureDomain(Channel.TEST, "x");
    byte[] signature = signer.sign(domain, MESSAGE);
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] bad = signature.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(signer.key().verify(domain, MESSAGE, bad), "bit " + bit);
    }
    for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
      byte[] bad = MESSAGE.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertFalse(signer.key().verify(domain, bad, signature), "bit " + bit);
    }
  }

  @Test
  void garbageIsNoSignatureAndNeverThrows() {
    VerificationKey key = key(4).key();
    SignatureDomain domain = new SignatureDomain(Channel.TEST, "x");
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] garbage = new byte[i < 200 ? i : 64];
      random.nextBytes(garbage);
      assertFalse(key.verify(domain, MESSAGE, garbage));
    }
    byte[] ones = new byte[64];
    Arrays.fill(ones, (byte) 0xff);
    assertFalse(key.verify(domain, MESSAGE, ones));
    assertFalse(key.verify(domain, MESSAGE, new byte[64]));
  }

  @Test
  void refusesSeedsOfAnotherLength() {
    for (int length : new int[] {0, 31, 33, 64}) {
      assertThrows(InvalidValueException.class, () -> SigningKey.fromSeed(new byte[length]));
    }
  }

  @Test
  void textFormShowsNoSecret() {
    byte[] seed = new byte[32];
    new SplittableRandom(6).nextBytes(seed);
    String shown = SigningKey.fromSeed(seed).toString();
    assertFalse(shown.contains(HexFormat.of().formatHex(seed)));
    assertEquals("SigningKey[" + SigningKey.fromSeed(seed).key().fingerprint() + "]", shown);
  }

  @Test
  void seedIsCopied() {
    byte[] seed = new byte[32];
    new SplittableRandom(7).nextBytes(seed);
    SigningKey signer = SigningKey.fromSeed(seed);
    SignatureDomain domain = new SignatureDomain(Channel.TEST, "x");
    Arrays.fill(seed, (byte) 0);
    assertTrue(signer.key().verify(domain, MESSAGE, signer.sign(domain, MESSAGE)));
  }

  @Test
  void verificationKeySurvivesItsTextForms() {
    VerificationKey key = key(8).key();
    assertEquals(key, VerificationKey.fromHex(key.toHex()));
    assertEquals(key, VerificationKey.fromHex(key.toHex().toUpperCase(Locale.ROOT)));
    assertEquals(key, VerificationKey.fromBase64(key.toBase64()));
    assertEquals(key.hashCode(), VerificationKey.of(key.bytes()).hashCode());
    assertNotEquals(key, key(9).key());
    assertEquals(39, key.fingerprint().length());
  }

  @Test
  void refusesWhatIsNoKey() {
    for (String text : List.of("", "zz", "00", "d75a98", "===", "\u0000", "ab".repeat(33))) {
      assertThrows(InvalidValueException.class, () -> VerificationKey.fromHex(text));
      assertThrows(InvalidValueException.class, () -> VerificationKey.fromBase64(text));
    }
    SplittableRandom random = new SplittableRandom(10);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] raw = new byte[32];
      random.nextBytes(raw);
      try {
        VerificationKey.of(raw);
      } catch (InvalidValueException e) {
        refused++;
      }
    }
    assertTrue(refused > 200, "random bytes are seldom a point of the prime-order group");
  }

  @Test
  void refusesPointsOfSmallOrder() {
    byte[] identity = new byte[32];
    identity[0] = 1;
    for (byte[] point :
        List.of(
            identity,
            new byte[32],
            HexFormat.of()
                .parseHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            HexFormat.of()
                .parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"))) {
      assertThrows(InvalidValueException.class, () -> VerificationKey.of(point));
    }
  }

  @Test
  void refusesPurposesThatAreNoPlainWords() {
    for (String purpose : List.of("", "Link", "a/b", "a\0b", "a b", "x".repeat(41), "é")) {
      assertThrows(
          InvalidValueException.class, () -> new SignatureDomain(Channel.REAL, purpose), purpose);
    }
  }
}
