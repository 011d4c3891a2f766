package parallax.transport;

import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.X509ExtendedKeyManager;
import parallax.credentials.KeyMaterial;
import parallax.credentials.Passphrase;

/**
 * The certificate this side shows, which may be exchanged while connections are open: handshakes
 * that begin afterwards show the new one, what is open goes on.
 */
public final class OwnCertificate {
  /** What a certificate must hold to be shown. */
  public interface Check {
    /** Throws when the certificate must not be shown, or cannot be used. */
    void check(KeyMaterial own) throws GeneralSecurityException;
  }

  private static final int LOOKS_A_TRY = 30;

  private final Path pem;
  private final Path key;
  private final Passphrase passphrase;
  private final Check check;
  private final AdvancedTlsX509KeyManager manager = new AdvancedTlsX509KeyManager();
  private byte[] taken;
  private byte[] looked;

  /** How many looks in a row have found what the first of them found. */
  private int looks;

  private X509Certificate certificate;

  /**
   * Reads {@code name}.pem and {@code name}.key of {@code keys}; the passphrase of an encrypted key
   * is in the file beside it.
   *
   * @throws GeneralSecurityException when they do not belong together or the check says no
   */
  public OwnCertificate(Path keys, String name, Check check)
      throws IOException, GeneralSecurityException {
    this(keys, name, Passphrase.beside(), check);
  }

  OwnCertificate(Path keys, String name, Passphrase passphrase, Check check)
      throws IOException, GeneralSecurityException {
    this(keys.resolve(name + ".pem"), keys.resolve(name + ".key"), passphrase, check);
  }

  OwnCertificate(Path pem, Path key, Passphrase passphrase, Check check)
      throws IOException, GeneralSecurityException {
    this.passphrase = passphrase;
    this.pem = pem;
    this.key = key;
    this.check = check;
    this.taken = files();
    this.looked = taken;
    this.certificate = take();
  }

  private X509Certificate take() throws IOException, GeneralSecurityException {
    KeyMaterial m = KeyMaterial.read(pem, key, passphrase);
    check.check(m);
    manager.updateIdentityCredentials(new X509Certificate[] {m.certificate()}, m.key());
    return m.certificate();
  }

  private byte[] files() throws IOException {
    return KeyMaterial.files(pem, key);
  }

  /**
   * Takes up what the files hold now, once two looks in a row have found the same there: they may
   * be in the middle of being exchanged. What cannot be shown is tried again at every thirtieth
   * look, as its time or its passphrase may come.
   *
   * @return whether another certificate was taken up
   * @throws GeneralSecurityException when what they hold cannot be shown; the old one stays
   */
  public synchronized boolean reload() throws IOException, GeneralSecurityException {
    byte[] now = files();
    boolean settled = Arrays.equals(now, looked);
    looked = now;
    looks = settled ? looks + 1 : 0;
    if (!settled || Arrays.equals(now, taken) || looks % LOOKS_A_TRY != 1) {
      return false;
    }
    certificate = take();
    taken = now;
    return true;
  }

  /** The certificate shown to whoever connects now. */
  public synchronized X509Certificate certificate() {
    return certificate;
  }

  X509ExtendedKeyManager manager() {
    return manager;
  }
}
