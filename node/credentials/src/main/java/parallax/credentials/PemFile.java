package parallax.credentials;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import parallax.files.SmallFile;

/**
 * Certificates and private keys as PEM texts (RFC 7468). Keys are read in every form that is in
 * use: PKCS 8 ({@code PRIVATE KEY}), encrypted PKCS 8, SEC 1 ({@code EC PRIVATE KEY}) and encrypted
 * SEC 1. They are written as PKCS 8, encrypted with AES-256 under a key that PBKDF2 makes of the
 * passphrase when there is one.
 */
public final class PemFile {
  private static final int ITERATIONS = 200_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Made when a key is encrypted or decrypted first. */
  private static final class Provider {
    static final BouncyCastleProvider BOUNCY_CASTLE = new BouncyCastleProvider();
  }

  private PemFile() {}

  /**
   * Every certificate of a file, at least one.
   *
   * @throws GeneralSecurityException when there is none, or one that cannot be read
   */
  static List<X509Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> out = new ArrayList<>();
    try (PEMParser p = parser(SmallFile.whole(file))) {
      for (Object o = next(p, file); o != null; o = next(p, file)) {
        if (o instanceof X509CertificateHolder h) {
          out.add(new JcaX509CertificateConverter().getCertificate(h));
        }
      }
    }
    if (out.isEmpty()) {
      throw new GeneralSecurityException(
          file + " holds no PEM certificate; expected one CERTIFICATE block or several");
    }
    return out;
  }

  /**
   * The private key of a file, an EC key.
   *
   * @param passphrase asked when the key is encrypted
   * @throws GeneralSecurityException when there is none, another one, or the passphrase is wrong
   */
  static PrivateKey ecKey(Path file, Passphrase passphrase)
      throws IOException, GeneralSecurityException {
    PrivateKeyInfo info = key(file, SmallFile.whole(file), passphrase);
    PrivateKey key;
    try {
      key = new JcaPEMKeyConverter().getPrivateKey(info);
    } catch (PEMException e) {
      throw new GeneralSecurityException(
          file + " holds a key of a kind that cannot be used" + ECKEY, e);
    }
    if (!key.getAlgorithm().equals("EC")) {
      throw new GeneralSecurityException(
          file + " holds no EC key but one for " + key.getAlgorithm() + ECKEY);
    }
    return key;
  }

  private static final String ECKEY =
      "; expected an EC key on the curve P-256, as 'parallax keys renew' makes it";

  /** The first private key of a text, decrypted if need be. */
  static PrivateKeyInfo key(Path file, byte[] text, Passphrase passphrase)
      throws IOException, GeneralSecurityException {
    try (PEMParser p = parser(text)) {
      for (Object o = next(p, file); o != null; o = next(p, file)) {
        Optional<PrivateKeyInfo> key =
            switch (o) {
              case PrivateKeyInfo i -> Optional.of(i);
              case PEMKeyPair k -> Optional.of(k.getPrivateKeyInfo());
              case PEMEncryptedKeyPair e -> Optional.of(decrypt(file, e, passphrase.of(file)));
              case PKCS8EncryptedPrivateKeyInfo e ->
                  Optional.of(decrypt(file, e, passphrase.of(file)));
              default -> Optional.empty(); // such as EC PARAMETERS before a key
            };
        if (key.isPresent()) {
          return key.get();
        }
      }
    }
    throw new GeneralSecurityException(
        file + " holds no private key; expected one PRIVATE KEY block" + ECKEY);
  }

  private static PrivateKeyInfo decrypt(Path file, PEMEncryptedKeyPair k, char[] passphrase)
      throws GeneralSecurityException {
    try {
      return k.decryptKeyPair(
              new JcePEMDecryptorProviderBuilder()
                  .setProvider(Provider.BOUNCY_CASTLE)
                  .build(passphrase))
          .getPrivateKeyInfo();
    } catch (IOException e) {
      throw undecipherable(file, e);
    }
  }

  private static PrivateKeyInfo decrypt(
      Path file, PKCS8EncryptedPrivateKeyInfo k, char[] passphrase)
      throws GeneralSecurityException {
    try {
      return k.decryptPrivateKeyInfo(
          new JceOpenSSLPKCS8DecryptorProviderBuilder()
              .setProvider(Provider.BOUNCY_CASTLE)
              .build(passphrase));
    } catch (OperatorCreationException | PKCSException e) {
      throw undecipherable(file, e);
    }
  }

  private static GeneralSecurityException undecipherable(Path file, Exception e) {
    return new GeneralSecurityException(
        file + " cannot be decrypted: the passphrase is wrong, or the file is damaged", e);
  }

  private static PEMParser parser(byte[] text) {
    return new PEMParser(new StringReader(new String(text, StandardCharsets.US_ASCII)));
  }

  private static Object next(PEMParser p, Path file) throws GeneralSecurityException {
    try {
      return p.readObject();
    } catch (IOException | RuntimeException e) {
      throw new GeneralSecurityException(
          file
              + " holds a PEM block that is damaged or not what it says; expected it as it was"
              + " made",
          e);
    }
  }

  /** Certificates as a text. */
  public static byte[] text(List<X509Certificate> certificates) throws IOException {
    return write(certificates);
  }

  /** A private key as a text; encrypted when there is a passphrase. */
  public static byte[] text(PrivateKeyInfo key, Optional<char[]> passphrase) throws IOException {
    try {
      OutputEncryptor encryptor =
          passphrase.isEmpty()
              ? null
              : new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                  .setProvider(Provider.BOUNCY_CASTLE)
                  .setRandom(RANDOM)
                  .setPRF(PKCS8Generator.PRF_HMACSHA256)
                  .setIterationCount(ITERATIONS)
                  .setPassword(passphrase.get())
                  .build();
      return write(List.of(new PKCS8Generator(key, encryptor)));
    } catch (OperatorCreationException e) {
      throw new IOException("the key cannot be encrypted: " + e.getMessage(), e);
    }
  }

  private static byte[] write(List<?> blocks) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object block : blocks) {
        pem.writeObject(block);
      }
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
