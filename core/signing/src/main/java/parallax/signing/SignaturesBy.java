package parallax.signing;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which implementation signs and verifies in this process. It is BouncyCastle's, until a faster
 * library is taken and again after that library has failed. Keys made before and after follow at
 * once; no signature and no answer depends on it.
 */
public final class SignaturesBy {
  /** What signs and verifies where nothing faster does. */
  public static final String BOUNCY_CASTLE = "BouncyCastle";

  private static final AtomicReference<@Nullable SignatureLibrary> TAKEN = new AtomicReference<>();

  private static final HexFormat HEX = HexFormat.of();

  /** RFC 8032, section 7.1, test 3. */
  private static final byte[] SEED =
      HEX.parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");

  private static final byte[] KEY =
      HEX.parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  private static final byte[] MESSAGE = HEX.parseHex("af82");
  private static final byte[] SIGNATURE =
      HEX.parseHex(
          "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
              + "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");

  private SignaturesBy() {}

  /** The name of what signs and verifies now. */
  public static String name() {
    SignatureLibrary library = TAKEN.get();
    return library == null ? BOUNCY_CASTLE : library.name();
  }

  /**
   * Lets a library sign and verify from now on, if it signs and verifies a published example
   * rightly and accepts none of its forgeries.
   *
   * @return empty when it was taken, otherwise why not
   */
  public static Optional<String> take(SignatureLibrary library) {
    Optional<String> fault = fault(library);
    if (fault.isEmpty()) {
      TAKEN.set(library);
    }
    return fault;
  }

  /** What is wrong with a library; empty when it does as RFC 8032 says. */
  static Optional<String> fault(SignatureLibrary library) {
    try {
      if (!Arrays.equals(SIGNATURE, library.signing(SEED.clone()).sign(MESSAGE.clone()))) {
        return Optional.of("it does not sign the example of RFC 8032 as published");
      }
      SignatureLibrary.Verifying verifying = library.verifying(KEY.clone());
      if (!verifying.accepts(MESSAGE.clone(), SIGNATURE.clone())) {
        return Optional.of("it refuses the signature published in RFC 8032");
      }
      for (int i = 0; i < SIGNATURE.length; i++) {
        byte[] forged = SIGNATURE.clone();
        forged[i] ^= 1;
        if (verifying.accepts(MESSAGE.clone(), forged)) {
          return Optional.of("it accepts a forged signature");
        }
      }
      if (verifying.accepts(new byte[] {1}, SIGNATURE.clone())) {
        return Optional.of("it accepts a signature over another message");
      }
      return Optional.empty();
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.of("it fails: " + e);
    }
  }

  /** The library to ask first; null when there is none. */
  static @Nullable SignatureLibrary library() {
    return TAKEN.get();
  }

  /** From now on it is not asked any more. */
  static void failed(SignatureLibrary library) {
    TAKEN.compareAndSet(library, null);
  }
}
