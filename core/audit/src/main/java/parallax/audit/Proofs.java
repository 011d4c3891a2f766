package parallax.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/**
 * Inclusion and consistency proofs: made as RFC 6962, sections 2.1.1 and 2.1.2, define them,
 * checked as RFC 9162, sections 2.1.3.2 and 2.1.4.2, prescribe. Not for use by several threads at
 * once.
 */
public final class Proofs {
  private final MerkleHasher hasher = new MerkleHasher();

  /** Makes and checks proofs; keeps nothing between calls. */
  public Proofs() {}

  /** The root of the first {@code size} entries. */
  public Digest root(long size, HashSource hashes) throws IOException {
    requireSize("size of the tree", size, Long.MAX_VALUE);
    return size == 0 ? hasher.empty() : subtree(0, size, hashes);
  }

  /**
   * The proof that an entry is in a tree: the hashes beside the way from the leaf to the root, from
   * the leaf on.
   *
   * @param index the entry, from 0
   * @param size how many entries the tree has
   */
  public List<Digest> inclusion(long index, long size, HashSource hashes) throws IOException {
    if (index < 0 || index >= size) {
      throw new InvalidValueException("entry", index, "0 to " + (size - 1));
    }
    List<Digest> path = new ArrayList<>();
    path(index, 0, size, hashes, path);
    return path;
  }

  private void path(long index, long from, long to, HashSource hashes, List<Digest> out)
      throws IOException {
    if (to - from == 1) {
      return;
    }
    long middle = from + leftSize(to - from);
    if (index < middle) {
      path(index, from, middle, hashes, out);
      out.add(subtree(middle, to, hashes));
    } else {
      path(index, middle, to, hashes, out);
      out.add(subtree(from, middle, hashes));
    }
  }

  /**
   * The proof that one tree is the beginning of another.
   *
   * @param first size of the smaller tree
   * @param second size of the larger; with the same size, or from an empty tree, the proof is empty
   */
  public List<Digest> consistency(long first, long second, HashSource hashes) throws IOException {
    requireSize("size of the smaller tree", first, second);
    List<Digest> proof = new ArrayList<>();
    if (first > 0 && first < second) {
      consistency(first, 0, second, true, hashes, proof);
    }
    return proof;
  }

  private void consistency(
      long first, long from, long to, boolean whole, HashSource hashes, List<Digest> out)
      throws IOException {
    if (first == to) {
      if (!whole) {
        out.add(subtree(from, to, hashes));
      }
      return;
    }
    long middle = from + leftSize(to - from);
    if (first <= middle) {
      consistency(first, from, middle, whole, hashes, out);
      out.add(subtree(middle, to, hashes));
    } else {
      consistency(first, middle, to, false, hashes, out);
      out.add(subtree(from, middle, hashes));
    }
  }

  /** The largest power of two below {@code size}, which is 2 or more. */
  private static long leftSize(long size) {
    return Long.highestOneBit(size - 1);
  }

  private Digest subtree(long from, long to, HashSource hashes) throws IOException {
    long size = to - from;
    if (Long.bitCount(size) == 1) {
      int level = Long.numberOfTrailingZeros(size);
      return hashes.hash(level, from >> level);
    }
    long middle = from + leftSize(size);
    return hasher.node(subtree(from, middle, hashes), subtree(middle, to, hashes));
  }

  private static void requireSize(String field, long size, long most) {
    if (size < 0 || size > most) {
      throw new InvalidValueException(field, size, "0 to " + most);
    }
  }

  /** Whether a proof shows that the entry with a leaf hash stands at {@code index} of a tree. */
  public boolean provesInclusion(
      long index, long size, Digest leaf, List<Digest> proof, Digest root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long at = index;
    long last = size - 1;
    Digest hash = leaf;
    for (Digest p : proof) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        hash = hasher.node(p, hash);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        hash = hasher.node(hash, p);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && hash.equals(root);
  }

  /**
   * Whether a proof shows that the tree of {@code first} entries with {@code firstRoot} is the
   * beginning of the tree of {@code second} entries with {@code secondRoot}.
   */
  public boolean provesConsistency(
      long first, long second, Digest firstRoot, Digest secondRoot, List<Digest> proof) {
    if (first < 0 || first > second) {
      return false;
    }
    if (first == second || first == 0) {
      return proof.isEmpty()
          && (first == second ? firstRoot.equals(secondRoot) : firstRoot.equals(hasher.empty()));
    }
    List<Digest> path = new ArrayList<>(proof);
    if (Long.bitCount(first) == 1) {
      path.addFirst(firstRoot);
    }
    if (path.isEmpty()) {
      return false;
    }
    long at = first - 1;
    long last = second - 1;
    while ((at & 1) == 1) {
      at >>= 1;
      last >>= 1;
    }
    Digest older = path.getFirst();
    Digest newer = older;
    for (Digest p : path.subList(1, path.size())) {
      if (last == 0) {
        return false;
      }
      if ((at & 1) == 1 || at == last) {
        older = hasher.node(p, older);
        newer = hasher.node(p, newer);
        while ((at & 1) == 0 && at != 0) {
          at >>= 1;
          last >>= 1;
        }
      } else {
        newer = hasher.node(newer, p);
      }
      at >>= 1;
      last >>= 1;
    }
    return last == 0 && older.equals(firstRoot) && newer.equals(secondRoot);
  }
}
