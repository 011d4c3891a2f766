package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import parallax.engine.NodeConfiguration;
import parallax.host.PastJournal;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;

/**
 * An own report of a journal, as it was about to be decided about.
 *
 * @param report the report
 * @param context what was known of its track
 * @param now when
 * @param configuration what was in force
 */
record PendingDecision(
    Report report, ReleaseContext context, UtcTime now, NodeConfiguration configuration) {

  /** Takes one after the other. */
  interface Taker {
    void take(PendingDecision o) throws IOException;
  }

  /** Replays what a journal keeps, of a node that runs or not, and hands over each. */
  static void each(Path place, Taker taker) throws IOException {
    AtomicReference<IOException> failed = new AtomicReference<>();
    try (PastJournal past = PastJournal.open(JournalPlace.of(place))) {
      past.offers(
          (report, context, now, configuration) -> {
            try {
              taker.take(new PendingDecision(report, context, now, configuration));
            } catch (IOException e) {
              failed.set(e);
            }
          });
    }
    if (failed.get() != null) {
      throw failed.get();
    }
  }
}
