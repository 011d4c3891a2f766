package parallax.host;

import parallax.link.Frame;
import parallax.link.Wire;
import parallax.warning.AlertAction;

/** What a node does to the world; called by the loop's thread, after the cause is durable. */
public interface EffectSink {
  /**
   * The node has taken that a connection came up or went down; comes before what follows from that,
   * so that frames go by the connection that they are meant for.
   */
  void connectionChanged(Wire wire, boolean up);

  /** Sends a frame by a connection, if it is up. */
  void send(Wire wire, Frame frame);

  /** Closes a connection. */
  void close(Wire wire, String reason);

  /** Ends a connection at once, without what still waits to be sent. */
  void cut(Wire wire);

  /** Opens a connection for a stream that this node relays. */
  void dial(Wire wire);

  /** Publishes an alert; the same alert may come again after a crash. */
  void publish(AlertAction action);

  /** Keeps the release policy that an order put in force, for the next start. */
  void keepPolicy(String yaml);

  /** Tells a feed how far it is durable. */
  void acknowledge(String feed, long seq);

  /** Tells a feed that a report of it was not used, and why. */
  void notUsed(String feed, long seq, String reason);
}
