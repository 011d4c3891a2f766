package parallax.audit;

import java.io.IOException;
import parallax.link.Digest;

/** Where the hashes of a tree's complete subtrees come from. */
@FunctionalInterface
public interface HashSource {
  /**
   * The hash of the complete subtree over entries {@code index * 2^level} up to, but not including,
   * {@code (index + 1) * 2^level}.
   *
   * @param level height of the subtree; 0 is a leaf
   * @param index its place among those of its height, from 0
   * @throws IOException when it cannot be had
   */
  Digest hash(int level, long index) throws IOException;
}
