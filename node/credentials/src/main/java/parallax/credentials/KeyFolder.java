package parallax.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parallax.credentials.KeyFile.Half;
import parallax.model.InvalidValueException;

/**
 * The folder with the secrets of a running node: whom it lets read them, and what is not for it.
 */
public final class KeyFolder {
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFolder() {}

  /**
   * Refuses secrets that somebody else than their owner may read or change, as ssh does.
   *
   * @throws InvalidValueException naming each such file and what to do
   */
  public static void requirePrivate(Path folder) throws IOException {
    List<String> open = openSecrets(folder);
    if (!open.isEmpty()) {
      throw new InvalidValueException(
          "secret keys in " + folder,
          "others than their owner may read or change " + String.join(", ", open),
          "files for their owner alone: chmod 600 FILE");
    }
  }

  /** Each secret that somebody else than its owner may read or change, with its rights. */
  public static List<String> openSecrets(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    for (Path secret : secrets(folder)) {
      openToOthers(secret)
          .ifPresent(rights -> open.add(secret.getFileName() + " (" + rights + ")"));
    }
    return open;
  }

  /** Secrets in the folder that no running node needs, and that belong on a medium locked away. */
  public static List<String> notForANode(Path folder) throws IOException {
    List<String> out = new ArrayList<>();
    for (Path secret : secrets(folder)) {
      String name = secret.getFileName().toString();
      if (name.equals(NationKeys.AUTHORITY_KEY)
          || name.equals(NationKeys.agreementSeed(folder).getFileName().toString())) {
        out.add(name);
      }
    }
    return out;
  }

  /**
   * The rights of a file, as {@code ls} shows them, if others than its owner have any. Empty also
   * on systems that have other rights.
   */
  static Optional<String> openToOthers(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return Optional.empty();
    }
    Set<PosixFilePermission> rights = view.readAttributes().permissions();
    return OWNERS.containsAll(rights)
        ? Optional.empty()
        : Optional.of(PosixFilePermissions.toString(rights));
  }

  /** Whether files of that name hold secrets: keys of certificates, and seeds. */
  public static boolean isSecret(String name) {
    return name.endsWith(".key") || name.endsWith(Half.SECRET.suffix());
  }

  private static List<Path> secrets(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return KeyDescription.list(folder, "").stream()
        .filter(p -> isSecret(String.valueOf(p.getFileName())))
        .filter(Files::isRegularFile)
        .toList();
  }
}
