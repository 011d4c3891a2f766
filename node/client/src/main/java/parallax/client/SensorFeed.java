package parallax.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.engine.FiledTrack;
import parallax.model.Check;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.transport.Rpc;
import parallax.transport.Tls;
import parallax.wire.PlotCodec;

/**
 * A sensor gateway's feed: numbers each plot, and sends again after a break what the node did not
 * acknowledge, so that each is taken in once and in order. A plot leaves at once, unless {@value
 * #MOST_MESSAGES} messages are under way: then all that is reported meanwhile goes together in the
 * next one. At most {@value #MOST_UNACKNOWLEDGED} plots are under way; whoever reports more waits.
 * For one thread that reports.
 */
public final class SensorFeed extends NationalClient {
  /** Plots that are sent before the node has acknowledged the first of them. */
  public static final int MOST_UNACKNOWLEDGED = 1_000;

  /** Messages that are sent before the node has acknowledged the first of them. */
  static final int MOST_MESSAGES = 8;

  /** Hears what the node says; called by a thread of the connection, which must not be held up. */
  public interface Listener {
    /** A plot was not used. It is said before the plot is acknowledged. */
    default void notUsed(long seq, String reason) {}

    /** All plots up to a number are durable at the node. */
    default void acknowledged(long seq) {}

    /** The node cannot be reached now, in words for people; it is tried again until closed. */
    default void trouble(String why) {}
  }

  /** A report under its number; {@code add} puts it into a message. */
  private record Sent(long seq, Consumer<PlotCodec.Message> add) {}

  private final String feed;
  private final Listener listener;
  private final Deque<Sent> unacknowledged = new ArrayDeque<>();

  /** The last number in each message that is sent and not acknowledged. */
  private final Deque<Long> messages = new ArrayDeque<>();

  private boolean answered;
  private long durable = -1;
  private long last = -1;
  private @Nullable String trouble;
  private @Nullable String over;

  /**
   * A feed that {@link #open} connects.
   *
   * @param nation the nation whose node it is: the node's certificate must name it
   * @param address its national port
   * @param certificate PEM file of the gateway's certificate, of role sensor
   * @param key PEM file of its key
   * @param authorities the nation's authority; two while one is exchanged for another
   * @param feed the feed's name, 1 to 80 characters
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when the key or certificate cannot be used
   */
  public SensorFeed(
      Nation nation,
      InetSocketAddress address,
      Path certificate,
      Path key,
      Collection<X509Certificate> authorities,
      String feed,
      Listener listener)
      throws IOException, GeneralSecurityException {
    super(nation, address, Tls.client(certificate, key, authorities), "feed " + feed, Rpc.FEED);
    this.feed = Check.text("feed", feed, 80);
    this.listener = listener;
  }

  /**
   * Connects for the first time.
   *
   * @return the last number of the feed that is durable at the node; 0 when the feed is new
   * @throws IOException when the node cannot be reached or refuses the gateway
   */
  public long open() throws IOException, InterruptedException {
    start();
    synchronized (this) {
      while (last < 0) {
        if (over != null || trouble != null) {
          throw new IOException(over != null ? over : trouble);
        }
        wait();
      }
      return last;
    }
  }

  /**
   * Reports a plot under the next number; waits while too many are not acknowledged.
   *
   * @return its number
   * @throws IOException when the feed is over for good
   */
  public synchronized long report(Plot plot) throws IOException, InterruptedException {
    return send(m -> m.add(plot));
  }

  /**
   * Reports what another system of the nation holds of a track, as a plot is reported.
   *
   * @return its number
   * @throws IOException when the feed is over for good
   */
  public synchronized long report(FiledTrack track) throws IOException, InterruptedException {
    return send(m -> m.add(track));
  }

  private synchronized long send(Consumer<PlotCodec.Message> report)
      throws IOException, InterruptedException {
    while (over == null && unacknowledged.size() >= MOST_UNACKNOWLEDGED) {
      wait();
    }
    requireNotOver();
    last++;
    unacknowledged.addLast(new Sent(last, report));
    notifyAll();
    return last;
  }

  /**
   * Waits until every reported plot is acknowledged.
   *
   * @throws IOException when the feed is over for good before
   */
  public synchronized void awaitAcknowledged() throws IOException, InterruptedException {
    while (over == null && !unacknowledged.isEmpty()) {
      wait();
    }
    requireNotOver();
  }

  private void requireNotOver() throws IOException {
    if (over != null) {
      throw new IOException(over);
    }
  }

  @Override
  void speak(Stream stream) throws InterruptedException {
    synchronized (this) {
      answered = false;
      messages.clear();
    }
    stream.send(PlotCodec.encodeQuestion(feed));
    long sent = -1;
    List<Sent> next = next(stream, sent);
    while (!next.isEmpty()) {
      PlotCodec.Message m = new PlotCodec.Message(feed, next.getFirst().seq);
      for (Sent s : next) {
        if (m.isFull()) {
          break;
        }
        s.add.accept(m);
        sent = s.seq;
      }
      synchronized (this) {
        messages.addLast(sent);
      }
      stream.send(m.bytes());
      next = next(stream, sent);
    }
  }

  /** Waits for what is to be sent next; empty when the stream is over. */
  private synchronized List<Sent> next(Stream stream, long sent) throws InterruptedException {
    while (!stream.isOver() && !isClosed()) {
      boolean mayGo = answered && messages.size() < MOST_MESSAGES;
      List<Sent> next = mayGo ? after(Math.max(sent, durable)) : List.of();
      if (!next.isEmpty()) {
        return next;
      }
      wait(50);
    }
    return List.of();
  }

  /** What follows a number. */
  private List<Sent> after(long seq) {
    Deque<Sent> after = new ArrayDeque<>();
    Iterator<Sent> newestFirst = unacknowledged.descendingIterator();
    while (newestFirst.hasNext()) {
      Sent s = newestFirst.next();
      if (s.seq <= seq) {
        break;
      }
      after.addFirst(s);
    }
    return new ArrayList<>(after);
  }

  @Override
  void hear(byte[] message) {
    PlotCodec.FeedAck ack = PlotCodec.decodeAck(message);
    if (ack.rejectedSeq() > 0) {
      listener.notUsed(ack.rejectedSeq(), ack.reason());
    }
    long seq = ack.durableSeq();
    boolean news;
    synchronized (this) {
      over = over != null ? over : contradiction(seq);
      news = over == null && seq > durable;
    }
    if (news) {
      listener.acknowledged(seq); // before whoever waits for it goes on
    }
    synchronized (this) {
      if (over == null) {
        take(seq);
      }
      notifyAll();
    }
  }

  /** What is wrong when the node says that it holds the feed up to a number; null when nothing. */
  private @Nullable String contradiction(long seq) {
    if (last < 0) {
      return null;
    }
    if (!answered && seq < durable) {
      return "the node had acknowledged number "
          + durable
          + " of feed '"
          + feed
          + "' and holds it up to "
          + seq
          + " only: its journal is another one, or an older one";
    }
    return seq <= last
        ? null
        : "feed '"
            + feed
            + "' is at number "
            + seq
            + " at the node, and this program has reported up to "
            + last
            + ": another program uses the feed, or what one sent before came late; end that one"
            + " and start again";
  }

  private void take(long seq) {
    if (last < 0) {
      last = seq;
    }
    trouble = null;
    answered = true;
    durable = Math.max(durable, seq);
    while (!unacknowledged.isEmpty() && unacknowledged.getFirst().seq <= durable) {
      unacknowledged.removeFirst();
    }
    while (!messages.isEmpty() && messages.getFirst() <= durable) {
      messages.removeFirst();
    }
  }

  @Override
  void trouble(String why) {
    synchronized (this) {
      trouble = why;
      notifyAll();
    }
    listener.trouble(why);
  }

  @Override
  synchronized boolean refused(String why) {
    over = why;
    notifyAll();
    return false;
  }

  /** Ends the connection, whatever is not acknowledged. */
  @Override
  public void close() {
    synchronized (this) {
      if (over == null) {
        over = "the feed is closed";
      }
      notifyAll();
    }
    super.close();
  }
}
