package parallax.transport;

import io.grpc.Metadata;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import parallax.link.Frame;
import parallax.link.Wire;
import parallax.model.Nation;

/**
 * All connections with partners: dials those that this node is to dial and keeps dialling, opens
 * those that a relayed stream asks for, and hears those that others dial. None of its methods
 * waits.
 */
public final class Links implements AutoCloseable {
  /** The metadata key by which a call names the stream it carries. */
  static final Metadata.Key<String> STREAM =
      Metadata.Key.of("parallax-stream", Metadata.ASCII_STRING_MARSHALLER);

  private final LinkPorts ports;
  private final Neighbours neighbours = new Neighbours();
  private final SortedMap<Wire, Dialer> dialers = new TreeMap<>();

  /** Drops what it is given after the links were closed. */
  private final ScheduledExecutorService timer =
      new ScheduledThreadPoolExecutor(
          1,
          r -> Thread.ofPlatform().daemon().name("dialer").unstarted(r),
          new ThreadPoolExecutor.DiscardPolicy());

  private final Consumer<String> said;

  /** Hands what it hears to {@code inputs} and tells {@code said} why a connection ended. */
  public Links(LinkInputs inputs, Consumer<String> said) {
    this.ports = new LinkPorts(inputs, said);
    this.said = said;
  }

  LinkPorts ports() {
    return ports;
  }

  /** Says where a neighbour is, before any connection with it is dialled. */
  public void know(Nation neighbour, InetSocketAddress address, SslContext tls) {
    neighbours.know(neighbour, address, tls);
  }

  /** Dials a connection now, and again whenever it ends. */
  public void dial(Wire wire) {
    dial(wire, true);
  }

  /** Dials a connection that a relayed stream asks for; when it ends, the stream asks again. */
  public void dialOnce(Wire wire) {
    dial(wire, false);
  }

  private void dial(Wire wire, boolean again) {
    if (neighbours.channel(wire) == null) {
      said.accept(wire + ": no address of " + wire.peer() + " is configured");
      ports.refused(wire);
      return;
    }
    Dialer dialer = new Dialer(wire, again, neighbours, ports, timer, said);
    synchronized (dialers) {
      Dialer old = dialers.put(wire, dialer);
      if (old != null) {
        old.stop();
      }
    }
    timer.execute(dialer::dial);
  }

  /**
   * Asks a neighbour what it shows of its log; the answer comes on a thread of the transport.
   *
   * @return whether there is a way to it
   */
  public boolean askCheckpoint(
      Nation neighbour, byte[] question, Consumer<byte[]> answer, Consumer<Throwable> failed) {
    return neighbours.askCheckpoint(neighbour, question, answer, failed);
  }

  /**
   * The node has taken the input that says that a connection came up or went down; called before
   * what follows from that input is carried out.
   */
  public void taken(Wire wire, boolean up) {
    ports.taken(wire, up);
  }

  /** Sends a frame if the connection is up. */
  public void send(Wire wire, Frame frame) {
    ports.send(wire, frame);
  }

  /** Closes a connection if it is up; one that this node dials is dialled again. */
  public void close(Wire wire) {
    if (ports.close(wire)) {
      redial(wire);
    }
  }

  /** Ends a connection at once, without what still waits to be sent. */
  public void cut(Wire wire) {
    if (ports.cut(wire)) {
      redial(wire);
    }
  }

  private void redial(Wire wire) {
    Dialer dialer;
    synchronized (dialers) {
      dialer = dialers.get(wire);
    }
    if (dialer != null) {
      dialer.redial();
    }
  }

  /**
   * Breaks every connection that this node has with a neighbour, at once; they are dialled again
   * with new handshakes.
   */
  public void disconnect(Nation neighbour) {
    neighbours.disconnect(neighbour); // the ends of the connections are what redials
  }

  @Override
  public void close() {
    timer.shutdownNow();
    neighbours.close();
  }
}
