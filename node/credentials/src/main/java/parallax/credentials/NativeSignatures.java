package parallax.credentials;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import parallax.signing.SignatureLibrary;
import parallax.signing.SignaturesBy;

/**
 * Ed25519 by AWS-LC, machine code that the Amazon Corretto Crypto Provider brings: several times
 * faster than BouncyCastle. It is used where its jar is on the class path and fits the machine.
 */
public final class NativeSignatures implements SignatureLibrary {
  /** The system property that chooses. */
  public static final String PROPERTY = "parallax.signatures";

  /** The property's value for BouncyCastle alone. */
  public static final String JAVA_ONLY = "bouncycastle";

  /** The property's value for the faster library, as without the property. */
  public static final String NATIVE = "native";

  private static final String PACKAGE = "com.amazon.corretto.crypto.provider";
  private static final String ALGORITHM = "Ed25519";

  /** What stands before the 32 bytes of a seed in PKCS 8, and of a key in X.509 (RFC 8410). */
  private static final byte[] BEFORE_SEED =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final byte[] BEFORE_KEY = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Provider provider;
  private final KeyFactory keys;

  private NativeSignatures(Provider provider) throws GeneralSecurityException {
    this.provider = provider;
    this.keys = KeyFactory.getInstance(ALGORITHM);
  }

  /**
   * Loads and checks the library and lets it sign and verify in this process. It takes up to a
   * second of a processor's time: callers do it beside other work. Another call changes nothing.
   *
   * @return empty when it signs and verifies now, otherwise why not
   */
  public static synchronized Optional<String> use() {
    String chosen = System.getProperty(PROPERTY, NATIVE);
    if (chosen.equals(JAVA_ONLY)) {
      return Optional.of("-D" + PROPERTY + "=" + JAVA_ONLY + " says so");
    }
    if (!chosen.equals(NATIVE)) {
      // Whoever sets it wants something else than what is used without it.
      String given = chosen.replaceAll("[^ -~]", "?");
      String expected = "; expected " + JAVA_ONLY + " or " + NATIVE;
      return Optional.of("-D" + PROPERTY + " is \"" + given + "\"" + expected);
    }
    if (!SignaturesBy.name().equals(SignaturesBy.BOUNCY_CASTLE)) {
      return Optional.empty();
    }
    try {
      Optional<NativeSignatures> library = load();
      return library.isEmpty()
          ? Optional.of("no faster library is installed")
          : SignaturesBy.take(library.get());
    } catch (GeneralSecurityException | ServiceConfigurationError | LinkageError e) {
      return Optional.of("the faster library does not load: " + e.getMessage());
    }
  }

  /** The library, if its jar is there. */
  static Optional<NativeSignatures> load() throws GeneralSecurityException {
    Optional<Provider> provider =
        ServiceLoader.load(Provider.class, NativeSignatures.class.getClassLoader()).stream()
            .filter(p -> p.type().getPackageName().equals(PACKAGE))
            .findFirst()
            .map(ServiceLoader.Provider::get);
    return provider.isEmpty()
        ? Optional.empty()
        : Optional.of(new NativeSignatures(provider.get()));
  }

  @Override
  public String name() {
    return "AWS-LC (Amazon Corretto Crypto Provider " + provider.getVersionStr() + ")";
  }

  @Override
  public Signing signing(byte[] seed) throws GeneralSecurityException {
    PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(joined(BEFORE_SEED, seed)));
    Idle idle = new Idle(key);
    return message -> {
      Signature s = idle.take();
      s.update(message);
      byte[] signature = s.sign();
      idle.giveBack(s);
      return signature;
    };
  }

  @Override
  public Verifying verifying(byte[] key) throws GeneralSecurityException {
    PublicKey point = keys.generatePublic(new X509EncodedKeySpec(joined(BEFORE_KEY, key)));
    Idle idle = new Idle(point);
    return (message, signature) -> {
      Signature s = idle.take();
      s.update(message);
      try {
        boolean good = s.verify(signature);
        idle.giveBack(s);
        return good;
      } catch (SignatureException e) {
        return false;
      }
    };
  }

  private static byte[] joined(byte[] before, byte[] bytes) {
    byte[] all = new byte[before.length + bytes.length];
    System.arraycopy(before, 0, all, 0, before.length);
    System.arraycopy(bytes, 0, all, before.length, bytes.length);
    return all;
  }

  /** One key's calculators that no thread uses now: to make one costs half a verification. */
  private final class Idle {
    private final Key key;
    private final Queue<Signature> waiting = new ConcurrentLinkedQueue<>();

    Idle(Key key) {
      this.key = key;
    }

    Signature take() throws GeneralSecurityException {
      Signature s = waiting.poll();
      if (s != null) {
        return s;
      }
      Signature made = Signature.getInstance(ALGORITHM, provider);
      switch (key) {
        case PrivateKey secret -> made.initSign(secret);
        case PublicKey point -> made.initVerify(point);
        default -> throw new AssertionError("a key is private or public");
      }
      return made;
    }

    /** Only one that has ended its work without failing. */
    void giveBack(Signature s) {
      waiting.add(s);
    }
  }
}
