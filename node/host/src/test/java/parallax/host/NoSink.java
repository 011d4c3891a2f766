package parallax.host;

import parallax.link.Frame;
import parallax.link.Wire;
import parallax.warning.AlertAction;

/** A world that nothing reaches. */
class NoSink implements EffectSink {
  @Override
  public void connectionChanged(Wire wire, boolean up) {}

  @Override
  public void send(Wire wire, Frame frame) {}

  @Override
  public void close(Wire wire, String reason) {}

  @Override
  public void cut(Wire wire) {}

  @Override
  public void dial(Wire wire) {}

  @Override
  public void publish(AlertAction action) {}

  @Override
  public void keepPolicy(String yaml) {}

  @Override
  public void notUsed(String feed, long seq, String reason) {}

  @Override
  public void acknowledge(String feed, long seq) {}
}
