package parallax.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.transport.Rpc;
import parallax.wire.PlotCodec;

/**
 * A nation's sensors: reports each plot when the exercise reaches its time, and after a break goes
 * on with the first that is not durable at the node.
 */
public final class PlotFeeder extends NationalClient {
  private static final String FEED = "exercise";

  private final List<Plot> plots;
  private final ToLongFunction<UtcTime> waitNs;
  private long durable = -1;

  /**
   * A client that {@link #start} opens.
   *
   * @param keys folder of the client's certificate and key
   * @param authorities the authorities one of which must have issued the node's certificate
   * @param plots in the order of their times
   * @param waitNs how long to wait from now until a plot of that time is due, ns; negative if over
   * @throws IOException when a key file cannot be read
   * @throws GeneralSecurityException when a key or certificate cannot be used
   */
  public PlotFeeder(
      Nation nation,
      InetSocketAddress address,
      Path keys,
      Collection<X509Certificate> authorities,
      List<Plot> plots,
      ToLongFunction<UtcTime> waitNs)
      throws IOException, GeneralSecurityException {
    super(nation, address, keys, "sensor", authorities, Rpc.FEED);
    this.plots = List.copyOf(plots);
    this.waitNs = waitNs;
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
      long ns = waitNs.applyAsLong(plot.timeOfValidity());
      if (ns > 0) {
        Thread.sleep(Math.min(50, ns / 1_000_000), (int) (ns % 1_000_000));
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
  public synchronized boolean done() {
    return durable >= plots.size();
  }
}
