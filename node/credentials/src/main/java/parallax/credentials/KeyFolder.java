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
import java.util.Set;
import java.util.stream.Stream;
import parallax.model.InvalidValueException;

/**
 * The folder with the secrets of a running node: whom it lets read them, and what is not for it.
 */
public final class KeyFolder {
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private KeyFolder() {}

  /**
   * Refuses secrets that somebody else than their owner may read or change, as ssh does.
   *
   * @throws InvalidValueException naming each such file and what to do
   */
  public static void requirePrivate(Path folder) throws IOException {
    List<String> open = new ArrayList<>();
    for (Path secret : secrets(folder)) {
      PosixFileAttributeView view =
          Files.getFileAttributeView(secret, PosixFileAttributeView.class);
      if (view != null) { // other systems have other rights
        Set<PosixFilePermission> rights = view.readAttributes().permissions();
        if (rights.stream().anyMatch(OF_OTHERS::contains)) {
          open.add(secret.getFileName() + " (" + PosixFilePermissions.toString(rights) + ")");
        }
      }
    }
    if (!open.isEmpty()) {
      throw new InvalidValueException(
          "secret keys in " + folder,
          "others than their owner may read or change " + String.join(", ", open),
          "files for their owner alone: chmod 600 FILE");
    }
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

  private static List<Path> secrets(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              f -> {
                String name = f.getFileName().toString();
                return name.endsWith(".key") || name.endsWith(".seed");
              })
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
