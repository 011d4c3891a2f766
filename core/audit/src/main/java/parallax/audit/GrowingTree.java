package parallax.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import parallax.link.Digest;

/**
 * A tree that entries are appended to. Holds only its right edge: at each level of tiles, the
 * hashes of the tile that is not full yet. Not for use by several threads at once.
 */
public final class GrowingTree {
  private final MerkleHasher hasher = new MerkleHasher();
  private final List<List<Digest>> edge = new ArrayList<>();
  private long size;

  /**
   * A tile and what is in it.
   *
   * @param tile which
   * @param hashes its hashes, 32 bytes each, one after the other
   */
  @SuppressWarnings("ArrayRecordComponent") // written and compared byte by byte, never as records
  public record Filled(Tile tile, byte[] hashes) {}

  /** A tree without entries. */
  public GrowingTree() {}

  /**
   * A tree that goes on after some entries.
   *
   * @param size how many entries
   * @param hashes gives the hashes of a tree that has at least these entries
   */
  static GrowingTree at(long size, HashSource hashes) throws IOException {
    GrowingTree t = new GrowingTree();
    t.size = size;
    for (int level = 0; size >> (Tile.HEIGHT * level) > 0; level++) {
      long end = size >> (Tile.HEIGHT * level);
      List<Digest> tile = new ArrayList<>(Tile.FULL);
      for (long i = end - end % Tile.FULL; i < end; i++) {
        tile.add(hashes.hash(Tile.HEIGHT * level, i));
      }
      t.edge.add(tile);
    }
    return t;
  }

  /** How many entries it has. */
  public long size() {
    return size;
  }

  /** Appends a leaf; returns the tiles that it fills, lowest level first, most often none. */
  public List<Filled> append(Digest leaf) {
    size++;
    Digest hash = leaf;
    List<Filled> full = List.of();
    for (int level = 0; ; level++) {
      if (level == edge.size()) {
        edge.add(new ArrayList<>(Tile.FULL));
      }
      List<Digest> tile = edge.get(level);
      tile.add(hash);
      if (tile.size() < Tile.FULL) {
        return full;
      }
      full = new ArrayList<>(full);
      full.add(new Filled(Tile.in(size, level, (size >> height(level)) - 1), bytes(tile)));
      hash = complete(hasher, tile);
      tile.clear();
    }
  }

  /** Log2 of how many entries are under a full tile of a level. */
  private static int height(int level) {
    return Tile.HEIGHT * (level + 1);
  }

  /** The tiles of the right edge that are neither full nor empty, lowest level first. */
  public List<Filled> partials() {
    List<Filled> out = new ArrayList<>();
    for (int level = 0; level < edge.size(); level++) {
      if (!edge.get(level).isEmpty()) {
        Tile tile = Tile.in(size, level, size >> height(level));
        out.add(new Filled(tile, bytes(edge.get(level))));
      }
    }
    return out;
  }

  /** The hashes of the newest entries, from the last full tile on. */
  List<Digest> leaves() {
    return edge.isEmpty() ? List.of() : List.copyOf(edge.getFirst());
  }

  /** The root of the tree. */
  public Digest root() {
    Digest root = null;
    for (List<Digest> tile : edge) {
      int end = tile.size();
      for (int bit = 1; bit < Tile.FULL; bit <<= 1) {
        if ((tile.size() & bit) != 0) {
          Digest part = complete(hasher, tile.subList(end - bit, end));
          root = root == null ? part : hasher.node(part, root);
          end -= bit;
        }
      }
    }
    return root == null ? hasher.empty() : root;
  }

  /** The root over a power of two of hashes. */
  static Digest complete(MerkleHasher hasher, List<Digest> hashes) {
    List<Digest> row = hashes;
    while (row.size() > 1) {
      List<Digest> above = new ArrayList<>(row.size() / 2);
      for (int i = 0; i < row.size(); i += 2) {
        above.add(hasher.node(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return row.getFirst();
  }

  private static byte[] bytes(List<Digest> hashes) {
    ByteBuffer b = ByteBuffer.allocate(hashes.size() * Digest.LENGTH);
    hashes.forEach(h -> b.put(h.bytes()));
    return b.array();
  }
}
