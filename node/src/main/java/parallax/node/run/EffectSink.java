package parallax.node.run;

import parallax.engine.Input.Direction;
import parallax.link.Frame;
import parallax.model.Nation;
import parallax.warning.AlertAction;

/** What a node does to the world; called by the loop's thread, after the cause is durable. */
public interface EffectSink {
  /** Sends a frame. */
  void send(Nation partner, Direction direction, Frame frame);

  /** Closes a stream. */
  void close(Nation partner, Direction direction);

  /** Publishes an alert; the same alert may come again after a crash. */
  void publish(AlertAction action);

  /** Tells a feed how far it is durable. */
  void acknowledge(String feed, long seq);
}
