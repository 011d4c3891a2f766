package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import parallax.engine.Engine;
import parallax.engine.NodeConfiguration;
import parallax.journal.sqlite.InputRows;
import parallax.link.Keyring;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.ReleaseContext;
import parallax.warning.AreaCatalogue;
import parallax.wire.InputCodec;
import parallax.wire.ProtoReportCodec;

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

  /** Replays the journal of a node, running or not, and hands over each. */
  static void each(Path place, Taker taker) throws IOException {
    Path journal = JournalPlace.of(place);
    Engine engine =
        new Engine(new Keyring(List.of()), new ProtoReportCodec(), AreaCatalogue.bundled());
    AtomicReference<IOException> failed = new AtomicReference<>();
    engine.showOffers(
        (report, context, now, configuration) -> {
          try {
            taker.take(new PendingDecision(report, context, now, configuration));
          } catch (IOException e) {
            failed.set(e);
          }
        });
    InputRows.read(journal, (position, bytes) -> engine.step(InputCodec.decode(bytes)));
    if (failed.get() != null) {
      throw failed.get();
    }
  }
}
