package parallax.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/**
 * Checks every file of a log against its signed checkpoint: each entry against its leaf hash, each
 * tile against the entries, the root against the signature.
 */
public final class LogCheck {
  private static final String TILES = "tile";

  private final LogFiles files;
  private final MerkleHasher hasher = new MerkleHasher();

  /** Checks these files. */
  public LogCheck(LogFiles files) {
    this.files = files;
  }

  /** Sees entries that were found good, in order. */
  @FunctionalInterface
  public interface Visitor {
    /** An entry and its place. */
    void entry(long index, byte[] entry) throws IOException;
  }

  /**
   * Checks the whole log.
   *
   * @param key the log's
   * @return the checkpoint that everything agrees with
   * @throws DamagedLogException naming the first file that does not
   */
  public Checkpoint.Signed check(NoteKey key) throws IOException {
    return check(key, (i, e) -> {});
  }

  /**
   * Checks the whole log and shows its entries. They are shown bundle by bundle, each against its
   * tile; only when this returns is it certain that the tiles are those that were signed.
   */
  public Checkpoint.Signed check(NoteKey key, Visitor visitor) throws IOException {
    Checkpoint.Signed signed = LogReader.checkpoint(files);
    try {
      signed.requireSignedBy(key);
    } catch (InvalidValueException e) {
      throw new DamagedLogException(Checkpoint.PATH, String.valueOf(e.getMessage()));
    }
    Checkpoint c = signed.checkpoint();
    LogReader log = new LogReader(files, c.size());
    Digest root = rootOf(log, visitor);
    if (!root.equals(c.root())) {
      throw new DamagedLogException(
          Checkpoint.PATH,
          "signed root",
          Base64Text.of(c.root()),
          Base64Text.of(root) + ", which the " + c.size() + " entries give");
    }
    others(TILES, log);
    return signed;
  }

  /** The root that the entries give, each tile having been compared with them on the way. */
  private Digest rootOf(LogReader log, Visitor visitor) throws IOException {
    GrowingTree tree = new GrowingTree();
    for (long b = 0; b < log.bundles(); b++) {
      List<byte[]> entries = log.bundle(b);
      List<Digest> leaves = log.tile(Tile.in(log.size(), 0, b));
      for (int i = 0; i < entries.size(); i++) {
        long index = b * Tile.FULL + i;
        Digest leaf = hasher.leaf(entries.get(i));
        if (!leaf.equals(leaves.get(i))) {
          throw new DamagedLogException(
              log.bundlePath(index),
              "hash of entry " + index,
              leaf,
              leaves.get(i) + ", as " + Tile.in(log.size(), 0, b).path() + " says");
        }
        for (GrowingTree.Filled f : tree.append(leaf)) {
          compare(f, log);
        }
        visitor.entry(index, entries.get(i));
      }
    }
    for (GrowingTree.Filled f : tree.partials()) {
      compare(f, log);
    }
    return tree.root();
  }

  /** Compares a tile that the entries give with that of the files. */
  private static void compare(GrowingTree.Filled given, LogReader log) throws IOException {
    Tile tile = given.tile();
    List<Digest> there = log.tile(tile);
    for (int i = 0; i < tile.width(); i++) {
      int at = i * Digest.LENGTH;
      Digest hash = Digest.of(Arrays.copyOfRange(given.hashes(), at, at + Digest.LENGTH));
      if (!hash.equals(there.get(i))) {
        long span = 1L << (Tile.HEIGHT * tile.level());
        long from = (tile.index() * Tile.FULL + i) * span;
        throw new DamagedLogException(
            tile.path(),
            "hash " + i + ", of entries " + from + " to " + (from + span - 1) + ",",
            there.get(i),
            hash + ", which the entries give");
      }
    }
  }

  /** Looks at every other file: partial tiles of other widths must agree, nothing else belongs. */
  private void others(String folder, LogReader log) throws IOException {
    for (String name : files.list(folder).stream().sorted().toList()) {
      String path = folder + "/" + name;
      if (name.endsWith("/")) {
        others(path.substring(0, path.length() - 1), log);
        continue;
      }
      Tile tile;
      try {
        tile = Tile.parse(path);
      } catch (InvalidValueException e) {
        throw new DamagedLogException(path, "the file", "no tile", "nothing else here");
      }
      agrees(tile, log);
    }
  }

  private void agrees(Tile tile, LogReader log) throws IOException {
    long held = log.size() >> (Tile.HEIGHT * Math.max(0, tile.level()));
    int signed = Math.clamp(held - tile.index() * Tile.FULL, 0, Tile.FULL);
    if (signed == tile.width() || signed == 0) {
      return; // checked already, or not signed yet
    }
    byte[] found = files.read(tile.path()).orElse(new byte[0]);
    byte[] good =
        tile.level() == Tile.ENTRIES
            ? EntryBundle.encode(log.bundle(tile.index()))
            : concat(log.tile(tile.wide(signed)));
    int same = Arrays.mismatch(found, good);
    boolean prefix = same < 0 || same == Math.min(found.length, good.length);
    if (!prefix) {
      throw new DamagedLogException(
          tile.path(),
          "byte " + same,
          HexFormat.of().toHexDigits(found[same]),
          HexFormat.of().toHexDigits(good[same]) + ", as in the tile of the signed size");
    }
  }

  private static byte[] concat(List<Digest> hashes) {
    byte[] out = new byte[hashes.size() * Digest.LENGTH];
    for (int i = 0; i < hashes.size(); i++) {
      System.arraycopy(hashes.get(i).bytes(), 0, out, i * Digest.LENGTH, Digest.LENGTH);
    }
    return out;
  }
}
