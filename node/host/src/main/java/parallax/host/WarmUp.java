package parallax.host;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.formats.cap.CapWriter;
import parallax.link.Keyring;
import parallax.signing.SigningKey;
import parallax.warning.AreaCatalogue;
import parallax.wire.EventCodec;
import parallax.wire.FrameCodec;
import parallax.wire.InputCodec;
import parallax.wire.ProtoReportCodec;

/**
 * Replays a recorded launch through a throw-away engine while a new node has nothing else to do, so
 * that the first real launch finds compiled code: it saves its first partner some hundred
 * milliseconds. It takes seconds, so it never delays a start, and gives way to real work.
 * Everything in the record is made up, on channel TEST and with keys of its own. It is forgotten
 * afterwards, and nothing of it touches the node.
 */
final class WarmUp {
  private static final String RECORD = "warm-up.inputs.gz";
  private static final int MAX_INPUT_BYTES = 1 << 20;

  /** The first byte of the made-up key of the recorded nation; all 32 bytes are the same. */
  private static final byte KEY = 16;

  private WarmUp() {}

  /**
   * What the replay showed.
   *
   * @param inputs how many inputs were replayed
   * @param frames how many frames the throw-away engine wanted to send
   * @param alerts how many alerts it raised
   */
  record Outcome(long inputs, long frames, long alerts) {}

  /**
   * Replays the record.
   *
   * @param enough asked before each input: whether to leave out the rest
   * @throws IOException when the record cannot be read
   */
  static Outcome run(AreaCatalogue areas, BooleanSupplier enough) throws IOException {
    byte[] seed = new byte[SigningKey.SEED_LENGTH];
    Arrays.fill(seed, KEY);
    Engine engine =
        new Engine(Keyring.of(SigningKey.fromSeed(seed)), new ProtoReportCodec(), areas);
    Outcome outcome = new Outcome(0, 0, 0);
    try (InputStream raw = WarmUp.class.getResourceAsStream(RECORD)) {
      if (raw == null) {
        throw new IOException("the record " + RECORD + " is missing from the program");
      }
      DataInputStream in = new DataInputStream(new GZIPInputStream(raw));
      while (!enough.getAsBoolean()) {
        byte[] bytes = next(in);
        if (bytes.length == 0) {
          return outcome;
        }
        outcome = step(engine, InputCodec.decode(bytes), areas, outcome);
      }
      return outcome;
    }
  }

  private static byte[] next(DataInputStream in) throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return new byte[0];
    }
    if (length <= 0 || length > MAX_INPUT_BYTES) {
      throw new IOException("an input of the record " + RECORD + " has " + length + " bytes");
    }
    return in.readNBytes(length);
  }

  private static Outcome step(
      Engine engine, Input.Stamped input, AreaCatalogue areas, Outcome before) {
    long frames = before.frames();
    long alerts = before.alerts();
    for (Effect e : engine.step(input)) {
      EventCodec.encode(1, input.time(), input.wallNs(), input.wallNs(), e)
          .ifPresent(b -> EventCodec.decode(b, code -> areas.area(code).orElseThrow()));
      if (e instanceof Effect.SendFrame f) {
        FrameCodec.decode(FrameCodec.encode(f.frame()));
        frames++;
      } else if (e instanceof Effect.AlertRaised a) {
        CapWriter.write(a.action().alert());
        alerts++;
      }
    }
    return new Outcome(before.inputs() + 1, frames, alerts);
  }
}
