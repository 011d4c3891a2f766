package parallax.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/**
 * A log of a certain size read from its files. What it returns is what the files say: only a proof
 * against a signed root, or {@link LogCheck}, makes it believable. Not for use by several threads
 * at once.
 */
public final class LogReader implements HashSource {
  /** How many entries a full bundle holds. */
  public static final int BUNDLE = Tile.FULL;

  private static final int TILES_KEPT = 64;

  private final LogFiles files;
  private final long size;
  private final MerkleHasher hasher = new MerkleHasher();
  private final Map<Tile, List<Digest>> kept =
      new LinkedHashMap<>(2 * TILES_KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Tile, List<Digest>> eldest) {
          return size() > TILES_KEPT;
        }
      };

  /**
   * Reads the first {@code size} entries.
   *
   * @param files may hold a longer log, and wider tiles in the place of narrower ones
   */
  public LogReader(LogFiles files, long size) {
    this.files = files;
    this.size = size;
  }

  /** How many entries are read. */
  public long size() {
    return size;
  }

  /**
   * Reads a log's newest checkpoint; no signature is verified.
   *
   * @throws DamagedLogException when there is none, or it is none
   */
  public static Checkpoint.Signed checkpoint(LogFiles files) throws IOException {
    Optional<byte[]> bytes = files.read(Checkpoint.PATH);
    if (bytes.isEmpty()) {
      throw new DamagedLogException(Checkpoint.PATH, "the file", "missing", "a signed checkpoint");
    }
    try {
      return Checkpoint.Signed.parse(bytes.get());
    } catch (InvalidValueException e) {
      throw new DamagedLogException(Checkpoint.PATH, String.valueOf(e.getMessage()));
    }
  }

  /** A file that holds at least what a tile must. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Found(String path, byte[] bytes) {}

  private Found find(Tile tile) throws IOException {
    Optional<byte[]> exact = files.read(tile.path());
    if (exact.isPresent()) {
      return new Found(tile.path(), exact.get());
    }
    if (!tile.isFull()) {
      for (Tile wider : wider(tile)) {
        Optional<byte[]> bytes = files.read(wider.path());
        if (bytes.isPresent()) {
          return new Found(wider.path(), bytes.get());
        }
      }
    }
    throw new DamagedLogException(
        tile.path(), "the file", "missing", "a file, as the log has " + size + " entries");
  }

  private List<Tile> wider(Tile tile) throws IOException {
    List<Tile> out = new ArrayList<>(List.of(tile.wide(Tile.FULL)));
    for (String name : files.list(tile.partials())) {
      if (name.matches("[1-9][0-9]{0,2}")) {
        int width = Integer.parseInt(name);
        if (width > tile.width() && width < Tile.FULL) {
          out.add(tile.wide(width));
        }
      }
    }
    return out;
  }

  /**
   * The hashes of a tile.
   *
   * @throws DamagedLogException when the file is missing or has another length
   */
  List<Digest> tile(Tile tile) throws IOException {
    List<Digest> hashes = kept.get(tile);
    if (hashes == null) {
      Found found = find(tile);
      Tile there = Tile.parse(found.path());
      int expected = there.width() * Digest.LENGTH;
      if (found.bytes().length != expected) {
        throw new DamagedLogException(
            found.path(), "length", found.bytes().length + " bytes", expected + " bytes");
      }
      hashes = new ArrayList<>(tile.width());
      for (int i = 0; i < tile.width(); i++) {
        int at = i * Digest.LENGTH;
        hashes.add(Digest.of(Arrays.copyOfRange(found.bytes(), at, at + Digest.LENGTH)));
      }
      kept.put(tile, hashes);
    }
    return hashes;
  }

  /**
   * The entries of a bundle.
   *
   * @param index the bundle, from 0
   * @throws DamagedLogException when the file is missing, cut off, or holds another number of them
   */
  public List<byte[]> bundle(long index) throws IOException {
    Tile tile = Tile.in(size, Tile.ENTRIES, index);
    Found found = find(tile);
    List<byte[]> entries;
    try {
      entries = EntryBundle.decode(found.bytes());
    } catch (InvalidValueException e) {
      throw new DamagedLogException(
          found.path(), "from entry " + index * Tile.FULL + " on, " + e.getMessage());
    }
    int expected = Tile.parse(found.path()).width();
    if (entries.size() != expected) {
      throw new DamagedLogException(
          found.path(),
          "number of entries from " + index * Tile.FULL + " on",
          entries.size(),
          expected);
    }
    return entries.subList(0, tile.width());
  }

  /** The file of the bundle that holds an entry. */
  public String bundlePath(long entry) {
    return Tile.in(size, Tile.ENTRIES, entry / Tile.FULL).path();
  }

  /** How many bundles there are. */
  public long bundles() {
    return (size + Tile.FULL - 1) / Tile.FULL;
  }

  /** One entry. */
  public byte[] entry(long index) throws IOException {
    if (index < 0 || index >= size) {
      throw new InvalidValueException(
          "entry", index, size == 0 ? "none, as the log is empty" : "0 to " + (size - 1));
    }
    return bundle(index / Tile.FULL).get((int) (index % Tile.FULL));
  }

  @Override
  public Digest hash(int level, long index) throws IOException {
    int within = level % Tile.HEIGHT;
    int perTile = Tile.FULL >> within;
    int from = (int) (index % perTile) << within;
    List<Digest> hashes = tile(Tile.in(size, level / Tile.HEIGHT, index / perTile));
    return GrowingTree.complete(hasher, hashes.subList(from, from + (1 << within)));
  }
}
