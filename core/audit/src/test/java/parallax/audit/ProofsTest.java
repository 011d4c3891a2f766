package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parallax.link.Digest;
import parallax.model.InvalidValueException;

/** Proofs against the tree as RFC 6962, section 2.1, defines it, computed without any short cut. */
class ProofsTest {
  private static final int SMALL = 130;
  private static final int LARGE = 4000;
  private static final List<Digest> LEAVES = new ArrayList<>();

  private final MerkleHasher hasher = new MerkleHasher();
  private final Proofs proofs = new Proofs();

  @BeforeAll
  static void hashesLeaves() {
    MerkleHasher hasher = new MerkleHasher();
    for (int i = 0; i < LARGE; i++) {
      LEAVES.add(hasher.leaf(("entry " + i).getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** MTH of the definition. */
  private Digest treeHash(List<Digest> leaves) {
    if (leaves.isEmpty()) {
      return hasher.empty();
    }
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int k = 1;
    while (2 * k < leaves.size()) {
      k *= 2;
    }
    return hasher.node(treeHash(leaves.subList(0, k)), treeHash(leaves.subList(k, leaves.size())));
  }

  private Digest subtree(int level, long index) {
    int from = Math.toIntExact(index << level);
    return treeHash(LEAVES.subList(from, from + (1 << level)));
  }

  private static Digest flipped(Digest d) {
    byte[] bytes = d.bytes();
    bytes[7] ^= 4;
    return Digest.of(bytes);
  }

  @Test
  void everyEntryOfEverySmallTreeIsProvenAndNowhereElse() throws Exception {
    for (int size = 1; size <= SMALL; size++) {
      Digest root = treeHash(LEAVES.subList(0, size));
      assertEquals(root, proofs.root(size, this::subtree));
      for (int index = 0; index < size; index++) {
        List<Digest> proof = proofs.inclusion(index, size, this::subtree);
        Digest leaf = LEAVES.get(index);
        assertTrue(proofs.provesInclusion(index, size, leaf, proof, root));
        assertFalse(proofs.provesInclusion(index, size, flipped(leaf), proof, root));
        assertFalse(proofs.provesInclusion(index, size, leaf, proof, flipped(root)));
        if (size > 1) {
          int other = (index + 1) % size;
          assertFalse(proofs.provesInclusion(other, size, leaf, proof, root));
          assertFalse(
              proofs.provesInclusion(index, size, leaf, proof.subList(0, proof.size() - 1), root));
        }
        List<Digest> longer = new ArrayList<>(proof);
        longer.add(root);
        assertFalse(proofs.provesInclusion(index, size, leaf, longer, root));
      }
    }
  }

  @Test
  void everySmallTreeIsProvenToBeginEveryLargerOne() throws Exception {
    List<Digest> roots = new ArrayList<>();
    for (int size = 0; size <= SMALL; size++) {
      roots.add(treeHash(LEAVES.subList(0, size)));
    }
    for (int m = 0; m <= SMALL; m++) {
      for (int n = m; n <= SMALL; n++) {
        Digest a = roots.get(m);
        Digest b = roots.get(n);
        List<Digest> proof = proofs.consistency(m, n, this::subtree);
        assertTrue(proofs.provesConsistency(m, n, a, b, proof), m + " in " + n);
        assertFalse(proofs.provesConsistency(m, n, flipped(a), b, proof), m + " in " + n);
        if (m > 0) {
          assertFalse(proofs.provesConsistency(m, n, a, flipped(b), proof), m + " in " + n);
        }
        for (int i = 0; i < proof.size(); i++) {
          List<Digest> changed = new ArrayList<>(proof);
          changed.set(i, flipped(proof.get(i)));
          assertFalse(proofs.provesConsistency(m, n, a, b, changed), m + " in " + n);
        }
      }
    }
  }

  @Test
  void randomLargerTreesAreProvenToo() throws Exception {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 100; round++) {
      int n = random.nextInt(SMALL, LARGE);
      int m = random.nextInt(1, n);
      Digest root = treeHash(LEAVES.subList(0, n));
      assertTrue(
          proofs.provesInclusion(m, n, LEAVES.get(m), proofs.inclusion(m, n, this::subtree), root));
      assertTrue(
          proofs.provesConsistency(
              m, n, treeHash(LEAVES.subList(0, m)), root, proofs.consistency(m, n, this::subtree)));
    }
  }

  @Test
  void aGrowingTreeHasTheSameRootAtEverySizeAndFillsTheTilesInOrder() {
    GrowingTree tree = new GrowingTree();
    assertEquals(hasher.empty(), tree.root());
    List<Tile> full = new ArrayList<>();
    for (int i = 0; i < LARGE; i++) {
      tree.append(LEAVES.get(i)).forEach(f -> full.add(f.tile()));
      if (i < SMALL || i % 97 == 0 || i % 256 > 253) {
        assertEquals(treeHash(LEAVES.subList(0, i + 1)), tree.root(), "size " + (i + 1));
      }
    }
    assertEquals(LARGE / 256, full.size());
    assertEquals(new Tile(0, 14, 256), full.get(14));
    assertEquals(
        List.of(new Tile(0, 15, 160), new Tile(1, 0, 15)),
        tree.partials().stream().map(GrowingTree.Filled::tile).toList());
  }

  @Test
  void aTileOfTheSecondLevelFillsAtSixtyFiveThousandEntries() {
    GrowingTree tree = new GrowingTree();
    List<Tile> full = new ArrayList<>();
    for (int i = 0; i < 65536; i++) {
      full.clear();
      tree.append(LEAVES.get(i % LARGE)).forEach(f -> full.add(f.tile()));
    }
    assertEquals(List.of(new Tile(0, 255, 256), new Tile(1, 0, 256)), full);
    assertEquals(
        List.of(new Tile(2, 0, 1)),
        tree.partials().stream().map(GrowingTree.Filled::tile).toList());
  }

  @Test
  void whatIsNotInTheTreeCannotBeAskedFor() {
    for (long index : new long[] {-1, 5, Long.MAX_VALUE}) {
      assertThrows(InvalidValueException.class, () -> proofs.inclusion(index, 5, this::subtree));
      assertFalse(proofs.provesInclusion(index, 5, LEAVES.get(0), List.of(), LEAVES.get(0)));
    }
    assertThrows(InvalidValueException.class, () -> proofs.consistency(6, 5, this::subtree));
    assertFalse(proofs.provesConsistency(6, 5, LEAVES.get(0), LEAVES.get(0), List.of()));
  }
}
