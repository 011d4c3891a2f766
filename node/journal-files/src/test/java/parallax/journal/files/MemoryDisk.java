package parallax.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that stops at any byte, loses power, is full, or cannot write through. A
 * unit is a byte that is written, or any other change.
 */
final class MemoryDisk implements Disk {
  private static final int SECTOR = 512;

  /** A change of a file that is not durable yet: a write, or a cut when there are no bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Change(long place, byte @Nullable [] bytes) {}

  /** What a directory has not made durable yet: a name for a file, or none any more. */
  private record Naming(Path path, @Nullable Node node) {}

  private static final class Node {
    byte[] content = new byte[0];
    byte[] durable = new byte[0];
    final List<Change> changes = new ArrayList<>();
  }

  private final TreeMap<Path, Node> names = new TreeMap<>();
  private final TreeMap<Path, Node> durableNames = new TreeMap<>();
  private final List<Naming> namings = new ArrayList<>();
  private long unitsLeft = Long.MAX_VALUE;
  private long used;
  private boolean stopped;
  private boolean cannotForce;
  private int failsAfter;
  private long capacity = Long.MAX_VALUE;

  /** Units that were used so far. */
  synchronized long used() {
    return used;
  }

  /** The machine stops after so many more units. */
  synchronized void stopAfter(long units) {
    unitsLeft = units;
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  /** Whether forcing fails from now on. */
  synchronized void cannotForce(boolean now) {
    cannotForce = now;
  }

  /** The change after so many more, from 1, fails; a write counts as one whatever its length. */
  synchronized void failOnce(int after) {
    failsAfter = after;
  }

  private void failIfItIsTheOne() throws IOException {
    if (failsAfter > 0 && --failsAfter == 0) {
      throw new IOException("Input/output error");
    }
  }

  /** Room for so many bytes of files. */
  synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** The disk as another process finds it. */
  synchronized MemoryDisk afterKill() {
    MemoryDisk d = new MemoryDisk();
    names.forEach((path, node) -> d.put(path, node.content));
    return d;
  }

  /**
   * The disk after a failure of power: of what was not durable, any sectors may be there and any
   * not; of the names, those of the first changes.
   */
  synchronized MemoryDisk afterPowerLoss(SplittableRandom random) {
    TreeMap<Path, Node> left = new TreeMap<>(durableNames);
    for (Naming n : namings.subList(0, random.nextInt(namings.size() + 1))) {
      if (n.node() == null) {
        left.remove(n.path());
      } else {
        left.put(n.path(), n.node());
      }
    }
    MemoryDisk d = new MemoryDisk();
    left.forEach((path, node) -> d.put(path, partly(node, random)));
    return d;
  }

  /** Each sector is as it was after some of the changes that touch it, in their order. */
  private static byte[] partly(Node node, SplittableRandom random) {
    byte[] bytes = node.durable.clone();
    double probability = random.nextDouble();
    TreeSet<Long> ended = new TreeSet<>();
    for (Change c : node.changes) {
      byte[] change = c.bytes();
      if (change == null) {
        bytes = random.nextBoolean() ? Arrays.copyOf(bytes, (int) c.place()) : bytes;
        continue;
      }
      for (int at = 0; at < change.length; ) {
        long place = c.place() + at;
        int some = (int) Math.min(change.length - at, SECTOR - place % SECTOR);
        long sector = place / SECTOR;
        if (!ended.contains(sector) && random.nextDouble() < probability) {
          bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length, place + some));
          System.arraycopy(change, at, bytes, (int) place, some);
        } else {
          ended.add(sector);
        }
        at += some;
      }
    }
    return bytes;
  }

  /** Puts a durable file in its place. */
  synchronized void put(Path path, byte[] content) {
    Node node = new Node();
    node.content = content.clone();
    node.durable = content.clone();
    names.put(path, node);
    durableNames.put(path, node);
  }

  /** The content of a file. */
  synchronized byte[] get(Path path) {
    Node node = names.get(path);
    if (node == null) {
      throw new IllegalArgumentException("there is no " + path);
    }
    return node.content.clone();
  }

  synchronized List<Path> paths() {
    return List.copyOf(names.keySet());
  }

  synchronized void remove(Path path) {
    names.remove(path);
    durableNames.remove(path);
  }

  /** How many of so many units go in. */
  private long spend(long units) throws IOException {
    requireRunning();
    long some = Math.min(units, unitsLeft);
    unitsLeft -= some;
    used += some;
    return some;
  }

  private void stopIf(boolean cut) throws IOException {
    if (cut) {
      stopped = true;
      requireRunning();
    }
  }

  private void requireRunning() throws IOException {
    if (stopped) {
      throw new IOException("the machine has stopped");
    }
  }

  private void one() throws IOException {
    failIfItIsTheOne();
    stopIf(spend(1) == 0);
  }

  private final class OpenFile implements DiskFile {
    private final Node node;
    private boolean closed;

    OpenFile(Node node) {
      this.node = node;
    }

    private void requireOpen() throws IOException {
      requireRunning();
      if (closed) {
        throw new IOException("the file is closed");
      }
    }

    @Override
    public int read(ByteBuffer into, long place) throws IOException {
      synchronized (MemoryDisk.this) {
        requireOpen();
        int some = (int) Math.clamp(node.content.length - place, 0L, into.remaining());
        if (some > 0) {
          into.put(node.content, (int) place, some);
        }
        return some;
      }
    }

    @Override
    public void write(ByteBuffer from, long place) throws IOException {
      synchronized (MemoryDisk.this) {
        requireOpen();
        failIfItIsTheOne();
        int wanted = from.remaining();
        long others = names.values().stream().mapToLong(n -> n.content.length).sum();
        long room = capacity - others + node.content.length - place;
        int fits = (int) Math.clamp(room, 0L, wanted);
        byte[] bytes = new byte[(int) spend(fits)];
        from.get(bytes);
        if (place + bytes.length > node.content.length) {
          node.content = Arrays.copyOf(node.content, (int) place + bytes.length);
        }
        System.arraycopy(bytes, 0, node.content, (int) place, bytes.length);
        node.changes.add(new Change(place, bytes));
        stopIf(bytes.length < fits);
        if (fits < wanted) {
          throw new IOException("No space left on device");
        }
      }
    }

    @Override
    public void force(boolean metadata) throws IOException {
      synchronized (MemoryDisk.this) {
        requireOpen();
        one();
        if (cannotForce) {
          throw new IOException("Input/output error");
        }
        node.durable = node.content.clone();
        node.changes.clear();
      }
    }

    @Override
    public long size() throws IOException {
      synchronized (MemoryDisk.this) {
        requireOpen();
        return node.content.length;
      }
    }

    @Override
    public void truncate(long size) throws IOException {
      synchronized (MemoryDisk.this) {
        requireOpen();
        one();
        node.content = Arrays.copyOf(node.content, (int) size);
        node.changes.add(new Change(size, null));
      }
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Node node(Path file) throws IOException {
    requireRunning();
    Node node = names.get(file);
    if (node == null) {
      throw new NoSuchFileException(file.toString());
    }
    return node;
  }

  @Override
  public synchronized DiskFile openToRead(Path file) throws IOException {
    return new OpenFile(node(file));
  }

  @Override
  public synchronized DiskFile openToWrite(Path file) throws IOException {
    return new OpenFile(node(file));
  }

  @Override
  public synchronized DiskFile create(Path file) throws IOException {
    one();
    Node node = new Node();
    name(file, node);
    return new OpenFile(node);
  }

  private void name(Path path, @Nullable Node node) {
    if (node == null) {
      names.remove(path);
    } else {
      names.put(path, node);
    }
    namings.add(new Naming(path, node));
  }

  @Override
  public synchronized void rename(Path from, Path to) throws IOException {
    Node node = node(from);
    one();
    // At once: nobody sees both or neither.
    names.remove(from);
    names.put(to, node);
    namings.add(new Naming(to, node));
    namings.add(new Naming(from, null));
  }

  @Override
  public synchronized void delete(Path file) throws IOException {
    one();
    name(file, null);
  }

  @Override
  public synchronized void syncDirectory(Path directory) throws IOException {
    one();
    durableNames.clear();
    durableNames.putAll(names);
    namings.clear();
  }

  @Override
  public synchronized List<String> names(Path directory) throws IOException {
    requireRunning();
    return names.keySet().stream()
        .filter(p -> directory.equals(p.getParent()))
        .map(p -> String.valueOf(p.getFileName()))
        .toList();
  }
}
