package parallax.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes a file whole or not at all, whatever interrupts it, a loss of power included. Everything
 * that a node or a command puts in a directory goes through here, the journal and the tiles of the
 * audit log excepted.
 */
public final class WholeFile {
  /** What the name of a file ends with that is not whole yet. */
  private static final String PART = ".part";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private WholeFile() {}

  /**
   * Puts {@code content} in the place of {@code file}. What is there stays until all is written and
   * durable; when this returns, the new content is durable under its name.
   */
  public static void write(Path file, byte[] content) throws IOException {
    replace(file, content);
  }

  /** The same for a secret: only the owner may read the file. */
  public static void writeSecret(Path file, byte[] content) throws IOException {
    replace(file, content, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
  }

  private static void replace(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is in no folder");
    }
    Path part =
        folder.resolve("." + file.getFileName() + "." + ProcessHandle.current().pid() + PART);
    part.toFile().deleteOnExit();
    try {
      Files.deleteIfExists(part);
      Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (FileChannel c = FileChannel.open(part, options, attributes)) {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
          c.write(left);
        }
        c.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      force(folder);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Adds {@code content} to the end of a file in one write; durable when it returns. */
  public static void append(Path file, byte[] content) throws IOException {
    try (FileChannel c =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        c.write(left);
      }
      c.force(true);
    }
    force(file.resolveSibling("."));
  }

  /** Makes it durable which files a folder holds. */
  public static void force(Path folder) throws IOException {
    try (FileChannel c = FileChannel.open(folder, StandardOpenOption.READ)) {
      c.force(true);
    }
  }

  /** Whether a file is what a process that was ended by force left of a file that it wrote. */
  public static boolean isPart(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") && name.endsWith(PART);
  }
}
