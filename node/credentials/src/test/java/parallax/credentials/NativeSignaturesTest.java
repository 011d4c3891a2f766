package parallax.credentials;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.signing.SignatureDomain;
import parallax.signing.SignatureLibrary;
import parallax.signing.SignaturesBy;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/**
 * Whether the machine code means the same as BouncyCastle: equal signatures, nothing accepted that
 * BouncyCastle refuses, and through the keys of module signing the same answer in every case.
 */
final class NativeSignaturesTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final SignatureDomain DOMAIN = new SignatureDomain(Channel.TEST, "x");
  private static final EdwardsPoint OF_ORDER_8 =
      EdwardsPoint.of(
          EdwardsPoint.number(
              HEX.parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")),
          false);

  private SignatureLibrary library;

  @BeforeEach
  void onlyWhereTheLibraryLoads() throws GeneralSecurityException {
    Optional<String> why = NativeSignatures.use();
    Assumptions.assumeTrue(why.isEmpty(), () -> why.orElse(""));
    library = NativeSignatures.load().orElseThrow();
  }

  /** A key pair by its secret number, as RFC 8032 derives it from a seed. */
  private static final class Pair {
    private final BigInteger secret;
    private final byte[] point;

    Pair(SplittableRandom random) {
      byte[] seed = bytes(random, SigningKey.SEED_LENGTH);
      byte[] half = Arrays.copyOf(sha512(seed), 32);
      half[0] &= (byte) 0xf8;
      half[31] &= 0x7f;
      half[31] |= 0x40;
      secret = EdwardsPoint.number(half);
      point = SigningKey.fromSeed(seed).key().bytes();
    }

    byte[] point() {
      return point.clone();
    }

    /** The signature with a chosen R: S is r + k a, of what is signed. */
    byte[] sign(byte[] encodedR, BigInteger r, byte[] message) {
      BigInteger k = EdwardsPoint.number(sha512(encodedR, point, message));
      BigInteger s = r.add(k.multiply(secret)).mod(EdwardsPoint.ORDER);
      return joined(encodedR, EdwardsPoint.littleEndian(s));
    }
  }

  private static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private static byte[] prefixed(byte[] message) {
    return joined(DOMAIN.bytes(), message);
  }

  private static boolean bouncyCastle(byte[] key, byte[] message, byte[] signature) {
    return new Ed25519PublicKeyParameters(key, 0)
        .verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
  }

  /** Asks both, and the key that asks the library first; answers what BouncyCastle answers. */
  private boolean sameAnswer(byte[] key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    byte[] signed = prefixed(message);
    boolean decides = bouncyCastle(key, signed, signature);
    boolean fast = library.verifying(key).accepts(signed, signature);
    String which = HEX.formatHex(key) + " " + HEX.formatHex(signature);
    assertTrue(decides || !fast, () -> "only the library accepts " + which);
    assertEquals(decides, VerificationKey.of(key).verify(DOMAIN, message, signature), which);
    return decides;
  }

  @Test
  void signsWithTheSameBytes() throws GeneralSecurityException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      byte[] seed = bytes(random, SigningKey.SEED_LENGTH);
      byte[] message = bytes(random, random.nextInt(400));
      byte[] expected = new byte[SigningKey.SIGNATURE_LENGTH];
      new Ed25519PrivateKeyParameters(seed, 0)
          .sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, expected, 0);
      assertArrayEquals(expected, library.signing(seed).sign(message));
    }
  }

  @Test
  void answersTheSameForSignaturesThatWereChanged() throws GeneralSecurityException {
    SplittableRandom random = new SplittableRandom(2);
    int good = 0;
    for (int i = 0; i < 2_000; i++) {
      SigningKey signer = SigningKey.fromSeed(bytes(random, SigningKey.SEED_LENGTH));
      byte[] message = bytes(random, random.nextInt(1, 300));
      byte[] signature = signer.sign(DOMAIN, message);
      switch (random.nextInt(6)) {
        case 0 -> {}
        case 1 -> signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        case 2 -> message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        case 3 -> signature = bytes(random, 64);
        case 4 -> Arrays.fill(signature, random.nextBoolean() ? 0 : 32, 64, (byte) 0xff);
        default -> Arrays.fill(signature, 0, 32, (byte) random.nextInt(2));
      }
      good += sameAnswer(signer.key().bytes(), message, signature) ? 1 : 0;
    }
    assertTrue(good > 200 && good < 500, "good: " + good);
  }

  @Test
  void answersTheSameForPartsOfSmallOrderInR() throws GeneralSecurityException {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 64; i++) {
      Pair pair = new Pair(random);
      EdwardsPoint small = OF_ORDER_8.times(BigInteger.valueOf(i % 8));
      BigInteger r = i < 16 ? BigInteger.ZERO : EdwardsPoint.number(bytes(random, 31));
      byte[] message = bytes(random, 100);
      byte[] encodedR = EdwardsPoint.BASE.times(r).plus(small).encoded();
      byte[] signature = pair.sign(encodedR, r, prefixed(message));
      assertTrue(sameAnswer(pair.point(), message, signature), "BouncyCastle has the cofactor");
      assertEquals(
          i % 8 == 0,
          library.verifying(pair.point()).accepts(prefixed(message), signature),
          "the library has not");
    }
  }

  @Test
  void answersTheSameForEncodingsOfRThatAreNotCanonical() throws GeneralSecurityException {
    SplittableRandom random = new SplittableRandom(4);
    Pair pair = new Pair(random);
    List<byte[]> encodings = new ArrayList<>();
    for (int above = 0; above < 19; above++) {
      for (boolean odd : new boolean[] {false, true}) {
        encodings.add(EdwardsPoint.encoded(EdwardsPoint.PRIME.add(BigInteger.valueOf(above)), odd));
      }
    }
    encodings.add(EdwardsPoint.encoded(BigInteger.ONE, true));
    encodings.add(EdwardsPoint.encoded(EdwardsPoint.PRIME.subtract(BigInteger.ONE), true));
    for (byte[] encodedR : encodings) {
      byte[] message = bytes(random, 50);
      byte[] signature = pair.sign(encodedR, BigInteger.ZERO, prefixed(message));
      assertFalse(sameAnswer(pair.point(), message, signature), HEX.formatHex(encodedR));
    }
  }

  @Test
  void answersTheSameForNumbersAboveTheOrder() throws GeneralSecurityException {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 40; i++) {
      SigningKey signer = SigningKey.fromSeed(bytes(random, SigningKey.SEED_LENGTH));
      byte[] message = bytes(random, 120);
      byte[] signature = signer.sign(DOMAIN, message);
      BigInteger s = EdwardsPoint.number(Arrays.copyOfRange(signature, 32, 64));
      for (int times = 0; times < 15; times++) {
        BigInteger above = s.add(EdwardsPoint.ORDER.multiply(BigInteger.valueOf(times)));
        byte[] changed = joined(Arrays.copyOf(signature, 32), EdwardsPoint.littleEndian(above));
        assertEquals(times == 0, sameAnswer(signer.key().bytes(), message, changed));
      }
    }
  }

  /** From the test data beside "Taming the many EdDSAs"; see README.txt there. */
  @ParameterizedTest
  @CsvFileSource(resources = "ed25519-speccheck.csv", numLinesToSkip = 1)
  void acceptsNothingMoreOfThePublishedEdgeCases(String message, String key, String signature)
      throws GeneralSecurityException {
    byte[] point = HEX.parseHex(key);
    byte[] signed = HEX.parseHex(message);
    byte[] bytes = HEX.parseHex(signature);
    try {
      VerificationKey.of(point);
    } catch (InvalidValueException refused) {
      return; // no key of ours has a part of small order
    }
    assertFalse(bouncyCastle(point, signed, bytes));
    assertFalse(library.verifying(point).accepts(signed, bytes));
  }

  @Test
  void severalThreadsUseOneKey() throws InterruptedException, ExecutionException {
    SplittableRandom seeds = new SplittableRandom(6);
    SigningKey signer = SigningKey.fromSeed(bytes(seeds, SigningKey.SEED_LENGTH));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        SplittableRandom random = seeds.split();
        all.add(
            threads.submit(
                () -> {
                  boolean right = true;
                  for (int i = 0; i < 500; i++) {
                    byte[] message = bytes(random, 64);
                    byte[] signature = signer.sign(DOMAIN, message);
                    right &= signer.key().verify(DOMAIN, message, signature);
                    signature[i % 64] ^= 1;
                    right &= !signer.key().verify(DOMAIN, message, signature);
                  }
                  return right;
                }));
      }
      for (Future<Boolean> f : all) {
        assertTrue(f.get());
      }
    }
    assertTrue(SignaturesBy.name().startsWith("AWS-LC"), "and it has not failed");
  }

  @Test
  void anotherCallChangesNothing() {
    String name = SignaturesBy.name();
    assertEquals(Optional.empty(), NativeSignatures.use());
    assertEquals(name, SignaturesBy.name());
  }

  @Test
  void theSystemPropertyChoosesBouncyCastle() {
    System.setProperty(NativeSignatures.PROPERTY, NativeSignatures.JAVA_ONLY);
    try {
      assertTrue(NativeSignatures.use().orElse("").contains(NativeSignatures.PROPERTY));
    } finally {
      System.clearProperty(NativeSignatures.PROPERTY);
    }
  }

  @Test
  void aValueOfTheSystemPropertyThatIsUnknownLeavesBouncyCastleAndIsNamed() {
    for (String unknown : List.of("BouncyCastle", "bc", "", "native\nforged line")) {
      System.setProperty(NativeSignatures.PROPERTY, unknown);
      try {
        String why = NativeSignatures.use().orElse("it was used");
        assertTrue(why.contains("expected bouncycastle or native"), why);
        assertFalse(why.contains("\n"), "one line in the log: " + why);
      } finally {
        System.clearProperty(NativeSignatures.PROPERTY);
      }
    }
  }

  @Test
  void theSystemPropertyMayAskForTheFasterLibraryByName() {
    System.setProperty(NativeSignatures.PROPERTY, NativeSignatures.NATIVE);
    try {
      assertEquals(Optional.empty(), NativeSignatures.use());
    } finally {
      System.clearProperty(NativeSignatures.PROPERTY);
    }
  }

  @Test
  void keysOfAnotherLengthAreNoKeys() {
    assertThrows(GeneralSecurityException.class, () -> library.signing(new byte[31]));
    assertThrows(GeneralSecurityException.class, () -> library.verifying(new byte[33]));
  }
}
