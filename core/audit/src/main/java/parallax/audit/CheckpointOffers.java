package parallax.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import parallax.link.Digest;
import parallax.signing.SigningKey;
import parallax.wire.CheckpointCodec.Offer;
import parallax.wire.CheckpointCodec.Question;

/**
 * What a log's owner shows a partner who asks: a checkpoint, and that it continues what the partner
 * holds. Whoever asks often enough is shown the checkpoint at every {@value #SHOWN_TO_ALL}th entry,
 * so that any two partners hold checkpoints of the same sizes and can compare them with nothing
 * else at hand.
 */
public final class CheckpointOffers {
  /** At every multiple of this size each partner is shown the checkpoint. */
  public static final int SHOWN_TO_ALL = 60;

  private CheckpointOffers() {}

  /** Whether every partner is shown the checkpoint at a size. */
  public static boolean isShownToAll(long size) {
    return size % SHOWN_TO_ALL == 0;
  }

  /**
   * The answer to a question.
   *
   * @param files the log's
   * @param key the log's; signs a checkpoint of an earlier size as it was signed then
   * @throws DamagedLogException when the files are not those of a log
   */
  public static Offer of(LogFiles files, SigningKey key, Question question) throws IOException {
    Checkpoint.Signed newest = LogReader.checkpoint(files);
    String origin = newest.checkpoint().origin();
    long last = newest.checkpoint().size();
    long held = question.size();
    if (held == 0 || held > last || !question.origin().equals(origin)) {
      return new Offer(newest.bytes(), Optional.empty(), List.of());
    }
    LogReader log = new LogReader(files, last);
    Proofs proofs = new Proofs();
    long size = Math.min(last, (held / SHOWN_TO_ALL + 1) * SHOWN_TO_ALL);
    Digest root = proofs.root(size, log);
    return new Offer(
        new Checkpoint(origin, size, root).sign(key).bytes(),
        Optional.of(proofs.root(held, log)),
        proofs.consistency(held, size, log));
  }
}
