package parallax.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.link.Digest;

/**
 * Whether two views of a log agree. Two partners who were shown different logs find it out by
 * comparing what each was shown.
 */
public sealed interface LogComparison {
  /**
   * A view: a checkpoint, and the log's files if they are at hand.
   *
   * @param checkpoint the signature verified by the caller
   * @param files the files beside it
   */
  record View(Checkpoint.Signed checkpoint, Optional<LogFiles> files) {
    private long size() {
      return checkpoint.checkpoint().size();
    }

    private Digest root() {
      return checkpoint.checkpoint().root();
    }

    private Optional<LogReader> reader() {
      return files.map(f -> new LogReader(f, size()));
    }
  }

  /** The same size and root. */
  record Same() implements LogComparison {}

  /**
   * One is the beginning of the other.
   *
   * @param first the smaller size
   * @param second the larger
   */
  record Grown(long first, long second) implements LogComparison {}

  /**
   * The two cannot be of one append-only log.
   *
   * @param proof what shows it to anybody
   * @param firstEntry the first entry that differs, if the files of both tell
   */
  record Forked(ForkProof proof, OptionalLong firstEntry) implements LogComparison {}

  /**
   * They are of two different logs, as their origins say.
   *
   * @param first one origin
   * @param second the other
   */
  record OtherLog(String first, String second) implements LogComparison {}

  /**
   * What is at hand does not tell.
   *
   * @param needed what would
   */
  record CannotTell(String needed) implements LogComparison {}

  /**
   * Compares two views.
   *
   * @throws DamagedLogException when files that were needed do not give their signed root
   */
  static LogComparison of(View a, View b) throws IOException {
    String originA = a.checkpoint().checkpoint().origin();
    String originB = b.checkpoint().checkpoint().origin();
    if (!originA.equals(originB)) {
      return new OtherLog(originA, originB);
    }
    View smaller = a.size() <= b.size() ? a : b;
    View larger = a.size() <= b.size() ? b : a;
    if (smaller.size() == larger.size()) {
      return smaller.root().equals(larger.root())
          ? new Same()
          : forked(smaller, larger, larger.root(), List.of());
    }
    Optional<LogReader> log = larger.reader();
    if (log.isEmpty()) {
      return new CannotTell(
          "the tiles of the log at "
              + larger.size()
              + " entries, of which only a checkpoint is here");
    }
    Proofs proofs = new Proofs();
    Digest then = proofs.root(smaller.size(), log.get());
    List<Digest> proof = proofs.consistency(smaller.size(), larger.size(), log.get());
    if (!proofs.provesConsistency(smaller.size(), larger.size(), then, larger.root(), proof)) {
      throw new DamagedLogException(
          "the log at " + larger.size() + " entries",
          "root that its tiles give",
          Base64Text.of(proofs.root(larger.size(), log.get())),
          Base64Text.of(larger.root()) + ", which is signed");
    }
    return then.equals(smaller.root())
        ? new Grown(smaller.size(), larger.size())
        : forked(smaller, larger, then, proof);
  }

  private static Forked forked(View smaller, View larger, Digest then, List<Digest> proof)
      throws IOException {
    Optional<LogReader> a = smaller.reader();
    Optional<LogReader> b = larger.reader();
    OptionalLong first =
        a.isPresent() && b.isPresent()
            ? firstDifference(a.get(), b.get(), smaller.size())
            : OptionalLong.empty();
    return new Forked(new ForkProof(smaller.checkpoint(), larger.checkpoint(), then, proof), first);
  }

  /** Leaf by leaf within the first tile that differs; whole tiles are compared otherwise. */
  private static OptionalLong firstDifference(LogReader a, LogReader b, long size)
      throws IOException {
    for (long t = 0; t * Tile.FULL < size; t++) {
      List<Digest> inA = a.tile(Tile.in(size, 0, t));
      List<Digest> inB = b.tile(Tile.in(size, 0, t));
      for (int i = 0; i < inA.size(); i++) {
        if (!inA.get(i).equals(inB.get(i))) {
          return OptionalLong.of(t * Tile.FULL + i);
        }
      }
    }
    return OptionalLong.empty();
  }
}
