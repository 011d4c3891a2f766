package parallax.host.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.KeyFolder;
import parallax.credentials.NationKeys;
import parallax.credentials.NewKeys;
import parallax.credentials.Passphrase;
import parallax.files.FileTree;
import parallax.files.WholeFile;
import parallax.host.NodeCertificate;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.InvalidValueException;

/**
 * Makes a nation's keys in the offline folder, and copies what a node needs from there. A key that
 * is there is never replaced, and the two secrets that no node needs never leave the offline
 * folder.
 */
final class SetupKeys {
  private static final int AUTHORITY_DAYS = 3650;
  private static final int CERTIFICATE_DAYS = 365;

  private final NodeDirectory directory;
  private final NodeSettings settings;
  private final SetupRequest request;
  private final Said said;

  SetupKeys(NodeDirectory directory, NodeSettings settings, SetupRequest request, Said said) {
    this.directory = directory;
    this.settings = settings;
    this.request = request;
    this.said = said;
  }

  void make(Instant now) throws IOException, GeneralSecurityException {
    Path keys = directory.keys();
    List<String> missing = needed().stream().filter(n -> !Files.exists(keys.resolve(n))).toList();
    Path offline = request.offline();
    if (Files.exists(offline)) {
      requireOwn(offline);
      said.there(offline + ", the keys of " + settings.nation());
    } else if (missing.size() == needed().size()) {
      makeOffline(now);
    }
    if (missing.isEmpty()) {
      requireOwn(keys);
      said.there(keys + ", the keys of the node");
    } else if (Files.isDirectory(offline)) {
      copy(missing);
    } else {
      throw new InvalidValueException(
          keys.toString(),
          "without " + String.join(", ", missing),
          "all of them, or the folder that they were made in (--offline FOLDER)");
    }
  }

  /** What a node has in its {@code keys/}; a certificate after its key. */
  private List<String> needed() {
    List<String> out = new ArrayList<>(List.of(NationKeys.AUTHORITY));
    Path in = directory.keys();
    for (Path p :
        List.of(
            NationKeys.streamSeed(in, settings.channel()),
            NationKeys.streamKey(in, settings.channel()),
            NationKeys.logSeed(in, settings.channel()),
            NationKeys.logKey(in, settings.channel()))) {
      out.add(String.valueOf(p.getFileName()));
    }
    for (Role r : List.of(Role.OPERATOR, Role.SENSOR, Role.NODE)) {
      out.add(NationKeys.name(r) + ".key");
      out.add(NationKeys.name(r) + ".pem");
    }
    return out;
  }

  private void requireOwn(Path folder) throws IOException, GeneralSecurityException {
    Path ca = folder.resolve(NationKeys.AUTHORITY);
    if (!Files.exists(ca)) {
      throw new InvalidValueException(
          folder.toString(),
          "without " + NationKeys.AUTHORITY,
          "the folder with all keys of " + settings.nation());
    }
    NodeCertificate.requireNation(ca, CertificateAuthority.readCertificates(ca), settings.nation());
  }

  /** The folder gets its name when all is in it: what was interrupted was never used by anybody. */
  private void makeOffline(Instant now) throws IOException, GeneralSecurityException {
    Path offline = request.offline();
    Path fresh = offline.resolveSibling("." + offline.getFileName() + ".unfinished");
    delete(fresh);
    NewKeys.create(settings.nation(), fresh, now, AUTHORITY_DAYS, CERTIFICATE_DAYS);
    if (request.officer().isPresent()) {
      var unused =
          NewKeys.renewFor(
              request.officer().get(),
              fresh,
              fresh,
              Role.OPERATOR,
              now,
              CERTIFICATE_DAYS,
              Passphrase.beside());
    }
    Files.move(fresh, offline, StandardCopyOption.ATOMIC_MOVE);
    said.made(offline + ", every key of " + settings.nation());
  }

  private static void delete(Path tree) throws IOException {
    if (Files.isDirectory(tree)) {
      FileTree.delete(tree);
    }
  }

  private void copy(List<String> missing) throws IOException {
    Folders.makePrivate(directory.keys());
    for (String name : missing) {
      requireSameOther(name);
      byte[] content = Files.readAllBytes(request.offline().resolve(name));
      Path to = directory.keys().resolve(name);
      if (KeyFolder.isSecret(name)) {
        WholeFile.writeSecret(to, content);
      } else {
        WholeFile.write(to, content);
      }
      said.made(to.toString());
    }
  }

  /** A half that is missing belongs to the other half only while that is the one made with it. */
  private void requireSameOther(String name) throws IOException {
    int dot = name.lastIndexOf('.');
    String stem = name.substring(0, dot);
    String other =
        switch (name.substring(dot)) {
          case ".key" -> stem + ".pem";
          case ".pem" -> stem + ".key";
          case ".seed" -> stem + ".pub";
          default -> stem + ".seed";
        };
    Path here = directory.keys().resolve(other);
    Path made = request.offline().resolve(other);
    if (!name.equals(NationKeys.AUTHORITY)
        && Files.exists(here)
        && Files.exists(made)
        && Files.mismatch(here, made) >= 0) {
      throw new InvalidValueException(
          directory.keys().toString(),
          "without " + name + ", and " + other + " is not the one in " + request.offline(),
          "both, as they were made together; see: parallax keys renew");
    }
  }
}
