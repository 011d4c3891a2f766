package parallax.transport;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.KeyMaterial;
import parallax.credentials.NewKeys;
import parallax.credentials.forged.ForgedCertificate;
import parallax.model.Nation;

class HandshakeProofTest {
  private static final String NAME = "kor.node.parallax";

  @TempDir Path folder;

  @BeforeEach
  void makeKeys() throws Exception {
    NewKeys.create(Nation.KOR, folder, Instant.now(), 30, 10, Optional.empty());
  }

  private Trust trust() throws Exception {
    return new Trust(
        new TreeMap<>(
            Map.of(
                Nation.KOR,
                List.of(CertificateAuthority.readCertificate(folder.resolve("ca.pem"))))),
        new RevokedSerials());
  }

  private KeyMaterial own(String curve, String name) throws Exception {
    ForgedCertificate.issue(
        folder,
        folder,
        "forged",
        "C=KR,O=KOR,OU=NODE,CN=" + NAME,
        Instant.now().minus(Duration.ofDays(1)),
        Instant.now().plus(Duration.ofDays(9)),
        curve,
        b -> {
          b.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
          b.addExtension(
              Extension.extendedKeyUsage,
              false,
              new ExtendedKeyUsage(
                  new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                  }));
          b.addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
        });
    return KeyMaterial.read(folder.resolve("forged.pem"), folder.resolve("forged.key"));
  }

  private String refused(KeyMaterial own) {
    GeneralSecurityException e =
        assertThrows(
            GeneralSecurityException.class, () -> HandshakeProof.require(own, trust(), NAME));
    return String.valueOf(e.getMessage());
  }

  @Test
  void whatParallaxMakesIsProved() throws Exception {
    HandshakeProof.require(
        KeyMaterial.read(folder.resolve("node.pem"), folder.resolve("node.key")), trust(), NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1"})
  void otherCertificatesThatWorkAreProvedToo(String curve) throws Exception {
    HandshakeProof.require(own(curve, NAME), trust(), NAME);
  }

  @Test
  void aKeyThatNobodyCanConnectWithIsNamed() throws Exception {
    String why = refused(own("secp521r1", NAME));
    assertTrue(why.contains("its key is on a curve of 521 bits"), why);
    assertTrue(why.contains("parallax keys renew"), why);
  }

  @Test
  void aNameThatNoClientAsksForIsRefused() throws Exception {
    String why = refused(own("secp256r1", "jpn.node.parallax"));
    assertTrue(why.contains(NAME), why);
  }
}
