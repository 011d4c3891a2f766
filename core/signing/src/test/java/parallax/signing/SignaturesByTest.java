package parallax.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SignatureException;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which implementation signs, shown with libraries that are right, wrong, or fail. */
final class SignaturesByTest {
  private static final byte[] MESSAGE = {1, 2, 3};

  private final SigningKey signer = key(1);
  private final byte[] signature = signer.signRaw(MESSAGE);

  /** Signs and verifies rightly until told to fail, and counts how often it was asked. */
  private static class Right implements SignatureLibrary {
    boolean failing;
    int asked;

    @Override
    public String name() {
      return "right";
    }

    @Override
    public Signing signing(byte[] seed) {
      SigningKey key = SigningKey.fromSeed(seed);
      return message -> {
        asked();
        return key.signSlowly(message);
      };
    }

    @Override
    public Verifying verifying(byte[] key) {
      VerificationKey point = VerificationKey.of(key);
      return (message, bytes) -> {
        asked();
        return accepts(point, message, bytes);
      };
    }

    boolean accepts(VerificationKey point, byte[] message, byte[] bytes) {
      return point.verifySlowly(message, bytes);
    }

    private void asked() throws SignatureException {
      asked++;
      if (failing) {
        throw new SignatureException("out of order");
      }
    }
  }

  private static SigningKey key(int seed) {
    byte[] bytes = new byte[SigningKey.SEED_LENGTH];
    new SplittableRandom(seed).nextBytes(bytes);
    return SigningKey.fromSeed(bytes);
  }

  @AfterEach
  void giveUpWhatWasTaken() {
    SignatureLibrary library = SignaturesBy.library();
    if (library != null) {
      SignaturesBy.failed(library);
    }
  }

  @Test
  void bouncyCastleSignsUntilALibraryIsTaken() {
    assertEquals("BouncyCastle", SignaturesBy.name());
    Right right = new Right();
    assertEquals(Optional.empty(), SignaturesBy.take(right));
    assertEquals("right", SignaturesBy.name());
  }

  @Test
  void keysMadeBeforeFollowAtOnce() {
    Right right = new Right();
    SignaturesBy.take(right);
    right.asked = 0;
    assertArrayEquals(signature, signer.signRaw(MESSAGE));
    assertTrue(signer.key().verifyRaw(MESSAGE, signature));
    assertEquals(2, right.asked);
  }

  @Test
  void keysFollowFromOneLibraryToTheNext() {
    SignaturesBy.take(new Right());
    signer.key().verifyRaw(MESSAGE, signer.signRaw(MESSAGE));
    Right next = new Right();
    SignaturesBy.take(next);
    next.asked = 0;
    signer.key().verifyRaw(MESSAGE, signer.signRaw(MESSAGE));
    assertEquals(2, next.asked);
  }

  @Test
  void bouncyCastleSignsAgainOnceTheLibraryHasFailed() {
    Right right = new Right();
    SignaturesBy.take(right);
    right.failing = true;
    right.asked = 0;
    assertArrayEquals(signature, signer.signRaw(MESSAGE));
    assertEquals("BouncyCastle", SignaturesBy.name());
    assertArrayEquals(signature, signer.signRaw(MESSAGE));
    assertTrue(signer.key().verifyRaw(MESSAGE, signature));
    assertEquals(1, right.asked);
  }

  @Test
  void bouncyCastleVerifiesOnceTheLibraryHasFailed() {
    Right right = new Right();
    SignaturesBy.take(right);
    right.failing = true;
    assertTrue(signer.key().verifyRaw(MESSAGE, signature));
    assertEquals("BouncyCastle", SignaturesBy.name());
  }

  @Test
  void keysThatTheLibraryCannotReadAreUsedAllTheSame() {
    SignatureLibrary readsNone =
        new Right() {
          @Override
          public Signing signing(byte[] seed) {
            throw new IllegalStateException("no room");
          }

          @Override
          public Verifying verifying(byte[] key) {
            throw new IllegalStateException("no room");
          }
        };
    assertArrayEquals(signature, signer.signWith(readsNone, MESSAGE));
    assertFalse(signer.key().acceptedBy(readsNone, MESSAGE, signature));
  }

  @Test
  void theRefusalOfALibraryDecidesNothing() {
    Right strict =
        new Right() {
          @Override
          boolean accepts(VerificationKey point, byte[] message, byte[] bytes) {
            return !Arrays.equals(MESSAGE, message) && super.accepts(point, message, bytes);
          }
        };
    assertEquals(Optional.empty(), SignaturesBy.take(strict));
    assertTrue(signer.key().verifyRaw(MESSAGE, signature));
    assertEquals("right", SignaturesBy.name());
  }

  @Test
  void takesNoLibraryThatSignsOtherwise() {
    Right other =
        new Right() {
          @Override
          public Signing signing(byte[] seed) {
            return message -> new byte[SigningKey.SIGNATURE_LENGTH];
          }
        };
    assertRefused("does not sign", other);
  }

  @Test
  void takesNoLibraryThatRefusesWhatIsRight() {
    Right refusing =
        new Right() {
          @Override
          boolean accepts(VerificationKey point, byte[] message, byte[] bytes) {
            return false;
          }
        };
    assertRefused("refuses", refusing);
  }

  @Test
  void takesNoLibraryThatBelievesEverything() {
    Right gullible =
        new Right() {
          @Override
          boolean accepts(VerificationKey point, byte[] message, byte[] bytes) {
            return true;
          }
        };
    assertRefused("forged", gullible);
  }

  @Test
  void takesNoLibraryThatForgetsTheMessage() {
    byte[] published = {(byte) 0xaf, (byte) 0x82};
    Right forgetful =
        new Right() {
          @Override
          boolean accepts(VerificationKey point, byte[] message, byte[] bytes) {
            return super.accepts(point, published, bytes);
          }
        };
    assertRefused("another message", forgetful);
  }

  @Test
  void takesNoLibraryThatFails() {
    Right failing = new Right();
    failing.failing = true;
    assertRefused("out of order", failing);
  }

  private static void assertRefused(String because, SignatureLibrary library) {
    String why = SignaturesBy.take(library).orElse("taken");
    assertTrue(why.contains(because), why);
    assertEquals("BouncyCastle", SignaturesBy.name());
  }
}
