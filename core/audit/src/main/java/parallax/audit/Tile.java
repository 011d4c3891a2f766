package parallax.audit;

import java.util.Locale;
import parallax.model.InvalidValueException;

/**
 * The place of a tile or of an entry bundle (C2SP tlog-tiles): 256 neighbours of one height, or
 * fewer at the right edge of the tree.
 *
 * @param level 0 for leaf hashes; at level n + 1 each hash is the root of a full tile of level n;
 *     {@link #ENTRIES} for a bundle of entries
 * @param index its place among those of its level, from 0
 * @param width how many hashes or entries it holds, 1 to 256
 */
public record Tile(int level, long index, int width) {
  /** Width of a full tile. */
  public static final int FULL = 256;

  /** Height of the subtree under a full tile. */
  public static final int HEIGHT = 8;

  /** The level of entry bundles. */
  public static final int ENTRIES = -1;

  private static final int HIGHEST = 63;

  /** Validates the three. */
  public Tile {
    if (level < ENTRIES || level > HIGHEST) {
      throw new InvalidValueException("level of the tile", level, "0 to " + HIGHEST);
    }
    if (index < 0) {
      throw new InvalidValueException("index of the tile", index, "0 or more");
    }
    if (width < 1 || width > FULL) {
      throw new InvalidValueException("width of the tile", width, "1 to " + FULL);
    }
  }

  /**
   * The tile at a place in a tree.
   *
   * @param size how many entries the tree has
   * @throws InvalidValueException when the tree has no hash there
   */
  public static Tile in(long size, int level, long index) {
    long hashes = size >> (HEIGHT * Math.max(0, level));
    return new Tile(level, index, Math.clamp(hashes - index * FULL, 0, FULL));
  }

  /** Whether it is full: it never changes again. */
  public boolean isFull() {
    return width == FULL;
  }

  /** The same place with another width. */
  public Tile wide(int other) {
    return new Tile(level, index, other);
  }

  /** The file, for example {@code tile/0/x001/x234/067.p/8} or {@code tile/entries/000}. */
  public String path() {
    return isFull() ? place() : partials() + "/" + width;
  }

  /** The folder of the partial tiles at this place. */
  public String partials() {
    return place() + ".p";
  }

  private String place() {
    StringBuilder b = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
    for (long n = index / 1000; n > 0; n /= 1000) {
      b.insert(0, String.format(Locale.ROOT, "x%03d/", n % 1000));
    }
    return "tile/" + (level == ENTRIES ? "entries" : level) + "/" + b;
  }

  /**
   * The tile of a file.
   *
   * @throws InvalidValueException when the path is none of a tile
   */
  public static Tile parse(String path) {
    String expected = "like tile/0/x001/x234/067.p/8 or tile/entries/000";
    String[] parts = path.split("/", -1);
    try {
      int width = FULL;
      int end = parts.length;
      if (end > 3 && parts[end - 2].endsWith(".p")) {
        width = Integer.parseInt(parts[end - 1]);
        parts[end - 2] = parts[end - 2].substring(0, parts[end - 2].length() - 2);
        end--;
      }
      if (parts.length >= 3 && parts[0].equals("tile")) {
        long index = 0;
        for (int i = 2; i < end; i++) {
          index = Math.addExact(Math.multiplyExact(index, 1000L), Long.parseLong(digits(parts[i])));
        }
        int level = parts[1].equals("entries") ? ENTRIES : Integer.parseInt(parts[1]);
        Tile t = new Tile(level, index, width);
        if (t.path().equals(path)) {
          return t;
        }
      }
    } catch (NumberFormatException | ArithmeticException e) {
      throw new InvalidValueException("path of a tile", path, expected);
    }
    throw new InvalidValueException("path of a tile", path, expected);
  }

  private static String digits(String part) {
    return part.startsWith("x") ? part.substring(1) : part;
  }
}
