package parallax.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import parallax.model.Nation;
import parallax.transport.Rpc;
import parallax.warning.AreaCatalogue;
import parallax.wire.EventCodec;
import parallax.wire.NodeEvent;

/** Follows what a node does; after a break goes on with the first event it has not seen. */
public final class NodeWatcher extends NationalClient {
  private final Nation nation;
  private final AreaCatalogue areas;
  private final BiConsumer<Nation, NodeEvent> events;
  private final Consumer<String> trouble;
  private long next = 1;

  /**
   * A client that {@link #start} opens.
   *
   * @param keys folder of the client's certificate and key
   * @param authorities the authorities one of which must have issued the node's certificate
   * @param areas the areas that events may name
   * @param events is told each event once, in order
   * @throws IOException when a key file cannot be read
   * @throws GeneralSecurityException when a key or certificate cannot be used
   */
  public NodeWatcher(
      Nation nation,
      InetSocketAddress address,
      Path keys,
      Collection<X509Certificate> authorities,
      AreaCatalogue areas,
      BiConsumer<Nation, NodeEvent> events)
      throws IOException, GeneralSecurityException {
    this(nation, address, keys, authorities, areas, events, why -> {});
  }

  /**
   * The same, where {@code trouble} hears why the node cannot be followed, in words for people,
   * each time that it is tried.
   */
  public NodeWatcher(
      Nation nation,
      InetSocketAddress address,
      Path keys,
      Collection<X509Certificate> authorities,
      AreaCatalogue areas,
      BiConsumer<Nation, NodeEvent> events,
      Consumer<String> trouble)
      throws IOException, GeneralSecurityException {
    super(nation, address, keys, "operator", authorities, Rpc.WATCH);
    this.nation = nation;
    this.areas = areas;
    this.events = events;
    this.trouble = trouble;
  }

  @Override
  void trouble(String why) {
    trouble.accept(why);
  }

  @Override
  void speak(Stream stream) {
    long from;
    synchronized (this) {
      from = next;
    }
    stream.send(EventCodec.encodeRequest(new EventCodec.Wish(from, false, true)));
  }

  @Override
  void hear(byte[] message) {
    EventCodec.decodeAll(message, areas::require).forEach(this::take);
  }

  private void take(NodeEvent e) {
    synchronized (this) {
      if (e.id() < next) {
        return;
      }
      next = e.id() + 1;
    }
    events.accept(nation, e);
  }
}
