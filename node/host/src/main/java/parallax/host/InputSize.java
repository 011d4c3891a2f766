package parallax.host;

import parallax.engine.Input;
import parallax.link.Entry;
import parallax.link.Frame;

/**
 * What an input costs while it waits.
 *
 * @param records how much work it is, counted in records
 * @param bytes about how much memory it holds
 */
record InputSize(int records, long bytes) {
  /** What an object costs beside its contents; generous, so that a limit in bytes really holds. */
  private static final int OBJECT = 64;

  /** A digest or key, with the entry that holds it. */
  private static final int DIGEST_ENTRY = 160;

  private static final int PLOT = 384;
  private static final int FILED_TRACK = 2_048;

  /** The size of an input. */
  static InputSize of(Input input) {
    return switch (input) {
      case Input.FrameReceived f when f.frame() instanceof Frame.Batch b ->
          new InputSize(b.entries().size(), bytes(b));
      case Input.FrameRefused f -> new InputSize(1, OBJECT + 2L * f.detail().length());
      case Input.PlotRefused p -> new InputSize(1, PLOT + 2L * p.reason().length());
      case Input.PlotReceived p -> new InputSize(1, PLOT);
      case Input.TrackFiled t -> new InputSize(1, FILED_TRACK);
      default -> new InputSize(1, PLOT);
    };
  }

  private static long bytes(Frame.Batch batch) {
    long bytes = PLOT;
    for (Entry e : batch.entries()) {
      bytes +=
          switch (e) {
            case Entry.Whole w -> OBJECT + w.bytes().length;
            case Entry.Folded f -> DIGEST_ENTRY;
            case Entry.NewKey k -> DIGEST_ENTRY;
            case Entry.Deleted d -> DIGEST_ENTRY;
          };
    }
    return bytes;
  }
}
