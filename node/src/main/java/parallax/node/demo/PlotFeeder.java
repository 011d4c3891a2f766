package parallax.node.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import parallax.formats.PlotCodec;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.node.net.Rpc;
import parallax.node.run.NodeClock;

/**
 * A nation's sensors: reports each plot when the exercise reaches its time, and after a break goes
 * on with the first that is not durable at the node.
 */
final class PlotFeeder extends NationalClient {
  private static final String FEED = "exercise";

  private final List<Plot> plots;
  private final NodeClock.Setting clock;
  private long durable = -1;

  PlotFeeder(
      Nation nation,
      InetSocketAddress address,
      Path keys,
      X509Certificate authority,
      List<Plot> plots,
      NodeClock.Setting clock)
      throws IOException, GeneralSecurityException {
    super(nation, address, keys, "sensor", authority, Rpc.FEED);
    this.plots = List.copyOf(plots);
    this.clock = clock;
  }

  @Override
  void speak(Stream stream) throws InterruptedException {
    synchronized (this) {
      durable = -1;
    }
    stream.send(PlotCodec.encodeQuestion(FEED));
    long next;
    synchronized (this) {
      while (durable < 0 && !stream.isOver() && !isClosed()) {
        wait(50);
      }
      next = durable + 1;
    }
    while (next <= plots.size() && !stream.isOver() && !isClosed()) {
      Plot plot = plots.get((int) next - 1);
      long waitNs = clock.wallNsAt(plot.timeOfValidity()) - NodeClock.wallNs();
      if (waitNs > 0) {
        Thread.sleep(Math.min(50, waitNs / 1_000_000), (int) (waitNs % 1_000_000));
      } else {
        stream.send(PlotCodec.encodeMessage(FEED, next, plot));
        next++;
      }
    }
  }

  @Override
  synchronized void hear(byte[] message) {
    durable = Math.max(durable, PlotCodec.decodeAck(message).durableSeq());
    notifyAll();
  }

  /** Whether the node holds every plot durably. */
  synchronized boolean done() {
    return durable >= plots.size();
  }
}
