package parallax.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A log's files in memory; can refuse to write. */
final class MemoryLog implements LogStore {
  final SortedMap<String, byte[]> files = new TreeMap<>();
  final List<String> writes = new ArrayList<>();
  int writesLeft = Integer.MAX_VALUE;

  MemoryLog copy() {
    MemoryLog c = new MemoryLog();
    files.forEach((path, bytes) -> c.files.put(path, bytes.clone()));
    return c;
  }

  /** The bytes of a file that is there, not copied. */
  byte[] file(String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public List<String> list(String folder) {
    TreeSet<String> names = new TreeSet<>();
    for (String path : files.tailMap(folder + "/").keySet()) {
      if (path.startsWith(folder + "/")) {
        String rest = path.substring(folder.length() + 1);
        int slash = rest.indexOf('/');
        names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
      }
    }
    return List.copyOf(names);
  }

  @Override
  public void write(String path, byte[] content) throws IOException {
    if (writesLeft == 0) {
      throw new IOException("no room");
    }
    writesLeft--;
    writes.add(path);
    files.put(path, content.clone());
  }

  @Override
  public void replace(String path, byte[] content) throws IOException {
    write(path, content);
  }

  @Override
  public void delete(String path) {
    files.keySet().removeIf(p -> p.equals(path) || p.startsWith(path + "/"));
  }
}
