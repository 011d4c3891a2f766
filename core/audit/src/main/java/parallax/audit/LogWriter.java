package parallax.audit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import parallax.link.Digest;
import parallax.signing.SigningKey;

/**
 * Appends entries to a log and keeps its files. {@link #append} touches no file; {@link #flush}
 * writes what became full, {@link #checkpoint} what did not, and signs. Only the checkpoint is
 * forced to the disk: every other file follows from the entries, and whoever writes the log can
 * append those again.
 *
 * <p>To go on with a log, a new writer is given its entries again, from the first. Until it has as
 * many as are stored it compares and changes nothing; then the root must be the stored one, and
 * files that differ, as a loss of power may leave them, are put right. Not for use by several
 * threads at once.
 */
public final class LogWriter {
  private static final String REPAIR = "repair";

  /** How what is stored stands to what was appended. */
  public enum Match {
    /** Not all that is stored has been appended yet. */
    COMPARING,
    /** What is stored is the beginning of what was appended. */
    SAME,
    /** It is not. */
    DIFFERENT
  }

  private final LogStore store;
  private final String origin;
  private final MerkleHasher hasher = new MerkleHasher();
  private final GrowingTree tree;
  private final List<byte[]> bundle = new ArrayList<>(Tile.FULL);
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final List<String> differing = new ArrayList<>();

  /** Parts of tiles that have become full, which the newest checkpoint may still speak of. */
  private final List<String> replaced = new ArrayList<>();

  private final long storedSize;
  private final Digest storedRoot;
  private Match match;
  private boolean repaired;

  /** A full tile or bundle on its way to its file. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Waiting(Tile tile, byte[] content) {
    /** How many entries there must be for it to be full. */
    long end() {
      return (tile.index() + 1) << (Tile.HEIGHT * (Math.max(0, tile.level()) + 1));
    }
  }

  private LogWriter(
      LogStore store, String origin, long storedSize, Digest storedRoot, GrowingTree tree) {
    this.store = store;
    this.origin = origin;
    this.storedSize = storedSize;
    this.storedRoot = storedRoot;
    this.tree = tree;
    this.match = storedSize == 0 ? Match.SAME : Match.COMPARING;
    this.repaired = storedSize == 0;
    compareRoot();
  }

  private void compareRoot() {
    if (storedSize > 0 && tree.size() == storedSize) {
      match = tree.root().equals(storedRoot) ? Match.SAME : Match.DIFFERENT;
    }
  }

  /**
   * Begins a log.
   *
   * @param origin its name, unique among all logs
   */
  public static LogWriter begin(LogStore store, String origin) {
    return new LogWriter(store, origin, 0, new MerkleHasher().empty(), new GrowingTree());
  }

  /**
   * Goes on with a log.
   *
   * @param stored its newest checkpoint, signature verified
   */
  public static LogWriter resume(LogStore store, Checkpoint stored) {
    return new LogWriter(store, stored.origin(), stored.size(), stored.root(), new GrowingTree());
  }

  /**
   * Goes on with a log after some of its entries, which need not be appended again.
   *
   * @param stored its newest checkpoint, signature verified
   * @param size how many entries, at most those that are stored
   * @param root the root over these entries
   * @throws DamagedLogException when what is stored gives another root, or cannot be read
   */
  public static LogWriter resume(LogStore store, Checkpoint stored, long size, Digest root)
      throws IOException {
    if (size > stored.size()) {
      throw new DamagedLogException(
          Checkpoint.PATH, "number of entries", stored.size(), size + " or more");
    }
    LogReader reader = new LogReader(store, stored.size());
    GrowingTree tree = GrowingTree.at(size, reader);
    if (!tree.root().equals(root)) {
      throw new DamagedLogException(
          Checkpoint.PATH, "root over the first " + size + " entries", tree.root(), root);
    }
    LogWriter w = new LogWriter(store, stored.origin(), stored.size(), stored.root(), tree);
    int open = (int) (size % Tile.FULL);
    if (open > 0) {
      w.bundle.addAll(reader.bundle(size / Tile.FULL).subList(0, open));
      w.requireHashed(size - open);
    }
    return w;
  }

  /** The entries of the bundle that is not full must be those of the tree. */
  private void requireHashed(long first) throws DamagedLogException {
    GrowingTree again = new GrowingTree();
    bundle.forEach(e -> again.append(hasher.leaf(e)));
    if (!again.leaves().equals(tree.leaves())) {
      throw new DamagedLogException(
          "the bundle of entry " + first, "content", "other entries", "those of the tree");
    }
  }

  /** How what is stored stands to what was appended so far. */
  public Match match() {
    return match;
  }

  /** How many entries were appended. */
  public long size() {
    return tree.size();
  }

  /** How many entries were stored when the writer was made. */
  public long storedSize() {
    return storedSize;
  }

  /** The root over all that was appended. */
  public Digest root() {
    return tree.root();
  }

  /**
   * The files that differed from what was appended; after {@link Match#SAME} and {@link #flush}
   * they have been put right.
   */
  public List<String> differing() {
    return List.copyOf(differing);
  }

  /** Appends an entry. */
  public void append(byte[] entry) {
    bundle.add(entry);
    for (GrowingTree.Filled f : tree.append(hasher.leaf(entry))) {
      waiting.add(new Waiting(f.tile(), f.hashes()));
    }
    if (bundle.size() == Tile.FULL) {
      Tile tile = Tile.in(tree.size(), Tile.ENTRIES, tree.size() / Tile.FULL - 1);
      waiting.add(new Waiting(tile, EntryBundle.encode(bundle)));
      bundle.clear();
    }
    compareRoot();
  }

  /**
   * Writes what became full, or compares it with what is stored; after an exception it can be
   * called again. Writes nothing once what is stored has turned out to be different.
   */
  public void flush() throws IOException {
    while (!waiting.isEmpty()) {
      Waiting w = waiting.getFirst();
      if (match == Match.DIFFERENT) {
        if (w.end() <= storedSize && !isStored(w.tile(), w.content())) {
          differing.add(w.tile().path());
        }
      } else if (w.end() > storedSize) {
        finishRepair();
        write(w.tile(), w.content());
      } else {
        replaced.add(w.tile().partials()); // a crash may have left them
        if (!isStored(w.tile(), w.content())) {
          differing.add(w.tile().path());
          store.write(REPAIR + "/" + w.tile().path(), w.content());
        }
      }
      waiting.removeFirst();
    }
    if (match == Match.SAME) {
      finishRepair();
    }
  }

  private boolean isStored(Tile tile, byte[] content) throws IOException {
    Optional<byte[]> there = store.read(tile.path());
    return there.isPresent() && Arrays.equals(there.get(), content);
  }

  private void write(Tile tile, byte[] content) throws IOException {
    store.write(tile.path(), content);
    if (tile.isFull()) {
      replaced.add(tile.partials());
    }
  }

  private void finishRepair() throws IOException {
    if (repaired) {
      return;
    }
    for (String path : differing) {
      Optional<byte[]> content = store.read(REPAIR + "/" + path);
      if (content.isPresent()) {
        store.replace(path, content.get());
      }
    }
    store.delete(REPAIR);
    repaired = true;
  }

  /**
   * Writes everything and signs it.
   *
   * @param key the log's
   * @throws IllegalStateException when what is stored is not the beginning of what was appended
   */
  public Checkpoint.Signed checkpoint(SigningKey key) throws IOException {
    if (match != Match.SAME) {
      throw new IllegalStateException("the log's files hold something else: " + match);
    }
    flush();
    for (GrowingTree.Filled f : tree.partials()) {
      write(f.tile(), f.hashes());
    }
    if (!bundle.isEmpty()) {
      Tile tile = Tile.in(tree.size(), Tile.ENTRIES, tree.size() / Tile.FULL);
      write(tile, EntryBundle.encode(bundle));
    }
    Checkpoint.Signed signed = new Checkpoint(origin, tree.size(), tree.root()).sign(key);
    store.replace(Checkpoint.PATH, signed.bytes());
    // Not before: whoever copies the files meanwhile may have listed the parts and not the whole.
    for (String partials : replaced) {
      store.delete(partials);
    }
    replaced.clear();
    return signed;
  }
}
