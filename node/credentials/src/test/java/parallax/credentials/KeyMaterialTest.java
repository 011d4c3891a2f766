package parallax.credentials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.files.WholeFile;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** Keys in the forms that OpenSSL writes, and encrypted ones of our own. */
class KeyMaterialTest {
  private static final String WORD = "Kimchi & Sushi";

  @TempDir Path folder;

  @BeforeEach
  void copyTheCertificate() throws IOException {
    copy("cert.pem", "node.pem");
  }

  private void copy(String resource, String to) throws IOException {
    try (InputStream in = getClass().getResourceAsStream(resource)) {
      Files.write(folder.resolve(to), Objects.requireNonNull(in, resource).readAllBytes());
    }
  }

  private KeyMaterial read() throws IOException, GeneralSecurityException {
    return KeyMaterial.read(folder.resolve("node.pem"), folder.resolve("node.key"));
  }

  private void passphrase(String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(Passphrase.FILE), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private String refused() {
    Exception e = assertThrows(Exception.class, this::read);
    assertTrue(
        e instanceof InvalidValueException || e instanceof GeneralSecurityException, e::toString);
    return String.valueOf(e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8.key", "sec1.key", "sec1-params.key"})
  void readsAKeyThatIsNotEncrypted(String form) throws Exception {
    copy(form, "node.key");
    assertEquals("EC", read().key().getAlgorithm());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8-encrypted.key", "pkcs8-scrypt.key", "sec1-encrypted.key"})
  void readsAnEncryptedKeyWithThePassphraseBesideIt(String form) throws Exception {
    copy(form, "node.key");
    String none = refused();
    assertTrue(none.contains("node.key is encrypted, and there is no"), none);
    assertTrue(none.contains("chmod 600"), none);
    passphrase("another\n", "rw-------");
    assertTrue(refused().contains("the passphrase is wrong, or the file is damaged"), refused());
    passphrase(WORD + "\r\nremark\n", "rw-------");
    assertEquals("EC", read().key().getAlgorithm());
    passphrase(WORD, "rw-r-----");
    assertTrue(refused().contains("open to others than its owner"), refused());
    passphrase("", "rw-------");
    assertTrue(refused().contains("without a passphrase"), refused());
  }

  @Test
  void saysWhatAFileHoldsThatIsNoKeyToUse() throws Exception {
    copy("rsa.key", "node.key");
    assertTrue(refused().contains("no EC key but one for RSA"), refused());
    copy("cert.pem", "node.key");
    assertTrue(refused().contains("holds no private key"), refused());
    Files.writeString(
        folder.resolve("node.key"),
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    assertTrue(refused().contains("damaged or not what it says"), refused());
  }

  @Test
  void takesTheCertificateOfABundleThatTheKeyBelongsTo() throws Exception {
    CertificateAuthority other = CertificateAuthority.create(Nation.KOR, Instant.now(), 3);
    KeyMaterial ours;
    copy("pkcs8.key", "node.key");
    ours = read();
    CertificateAuthority.writeCertificates(
        folder.resolve("node.pem"), List.of(other.certificate(), ours.certificate()));
    assertEquals(ours.certificate(), read().certificate());
  }

  @Test
  void everySecretThatIsMadeWithAPassphraseNeedsIt() throws Exception {
    Path keys = folder.resolve("keys");
    NewKeys.create(Nation.KOR, keys, Instant.now(), 30, 10, Optional.of(WORD.toCharArray()));
    try (var files = Files.list(keys)) {
      for (Path p : files.toList()) {
        String name = String.valueOf(p.getFileName());
        boolean secret = name.endsWith(".key") || name.endsWith(".seed");
        assertEquals(secret, Files.readString(p).contains("BEGIN ENCRYPTED PRIVATE KEY"), name);
        assertEquals(
            secret ? "rw-------" : "rw-r--r--",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(p)),
            name);
      }
    }
    Path seed = NationKeys.streamSeed(keys, Channel.REAL);
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class,
            () -> NationKeys.readStreamSeed(seed, Nation.KOR, Channel.REAL));
    assertTrue(String.valueOf(e.getMessage()).contains("is encrypted, and there is no"));
    WholeFile.writeSecret(
        keys.resolve(Passphrase.FILE), WORD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEquals(
        NationKeys.readStreamKey(
            NationKeys.streamKey(keys, Channel.REAL), Nation.KOR, Channel.REAL),
        NationKeys.readStreamSeed(seed, Nation.KOR, Channel.REAL).key());
    KeyMaterial.read(keys.resolve("node.pem"), keys.resolve("node.key"));
    CertificateAuthority.read(keys, Passphrase.beside());
  }

  @Test
  void whatIsMadeLaterIsEncryptedWithThePassphraseThatLiesThere() throws Exception {
    Path keys = folder.resolve("keys");
    NewKeys.create(Nation.KOR, keys, Instant.now(), 30, 10);
    WholeFile.writeSecret(
        keys.resolve(Passphrase.FILE), WORD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    NewKeys.renew(
        keys, keys, CertificateAuthority.Role.NODE, Instant.now(), 5, Passphrase.beside());
    NewKeys.rotateStream(keys, Channel.REAL);
    for (Path p :
        List.of(keys.resolve("node.key"), NationKeys.nextStreamSeed(keys, Channel.REAL))) {
      assertTrue(Files.readString(p).contains("BEGIN ENCRYPTED PRIVATE KEY"), p.toString());
    }
    KeyMaterial.read(keys.resolve("node.pem"), keys.resolve("node.key"));
    NationKeys.readStreamSeed(
        NationKeys.nextStreamSeed(keys, Channel.REAL), Nation.KOR, Channel.REAL);
  }

  @Test
  void anEncryptedSeedThatHoldsAnotherKeyThanItSaysIsRefused() throws Exception {
    Path keys = folder.resolve("keys");
    NewKeys.create(Nation.KOR, keys, Instant.now(), 30, 10, Optional.of(WORD.toCharArray()));
    WholeFile.writeSecret(
        keys.resolve(Passphrase.FILE), WORD.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Path real = NationKeys.streamSeed(keys, Channel.REAL);
    String text = Files.readString(real);
    String other = Files.readString(NationKeys.streamSeed(keys, Channel.TEST));
    Files.writeString(
        real, text.substring(0, text.indexOf("-----")) + other.substring(other.indexOf("-----")));
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class,
            () -> NationKeys.readStreamSeed(real, Nation.KOR, Channel.REAL));
    assertTrue(String.valueOf(e.getMessage()).contains("another key inside than it says"));
  }
}
