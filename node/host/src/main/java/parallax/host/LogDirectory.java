package parallax.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parallax.audit.LogStore;
import parallax.files.FileTree;
import parallax.files.WholeFile;

/**
 * A log's files in a directory. What a signed checkpoint speaks of never changes there, and the
 * checkpoint is written beside its place and moved: a reader, or a copy of the directory made
 * meanwhile, finds a whole log.
 */
public final class LogDirectory implements LogStore {
  private final Path root;
  private final boolean durable;

  private LogDirectory(Path root, boolean durable) {
    this.root = root;
    this.durable = durable;
  }

  /** The files under {@code root}, which need not be there yet. */
  public LogDirectory(Path root) {
    this(root, false);
  }

  /** The same, every file being durable once it is written. */
  public static LogDirectory durable(Path root) {
    return new LogDirectory(root, true);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Path file = root.resolve(path);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty(); // a partial tile that has just become full
    }
  }

  @Override
  public List<String> list(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> list = Files.list(root.resolve(folder))) {
      for (Path p : list.toList()) {
        String name = String.valueOf(p.getFileName());
        if (!WholeFile.isPart(p)) {
          names.add(Files.isDirectory(p) ? name + "/" : name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return names;
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    if (durable) {
      replace(path, content);
    } else {
      Files.write(within(path), content);
    }
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    WholeFile.write(within(path), content);
  }

  /** The file's path, its folder made if need be. */
  private Path within(String path) throws IOException {
    Path file = root.resolve(path);
    Path folder = file.resolveSibling(".");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder.normalize());
    }
    return file;
  }

  @Override
  public void delete(String path) throws IOException {
    FileTree.delete(root.resolve(path));
  }
}
