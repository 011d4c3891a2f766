package parallax.host;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import parallax.files.FileProblem;
import parallax.link.Frame;
import parallax.link.Wire;
import parallax.transport.Links;
import parallax.warning.AlertAction;

/** Carries out what a node does: sends by its links, answers its feeds, writes its files. */
final class NodeSink implements EffectSink {
  private final NodeDirectory directory;
  private final NodeLog log;
  private final Links links;
  private final AlertFiles alerts;
  private volatile @Nullable NationalServer feeds;

  NodeSink(NodeDirectory directory, NodeLog log, Links links, AlertFiles alerts) {
    this.directory = directory;
    this.log = log;
    this.links = links;
    this.alerts = alerts;
  }

  /** Says where the feeds are answered, once that port is open. */
  void answerFeedsBy(NationalServer server) {
    feeds = server;
  }

  @Override
  public void connectionChanged(Wire wire, boolean up) {
    links.taken(wire, up);
  }

  @Override
  public void send(Wire wire, Frame frame) {
    links.send(wire, frame);
  }

  @Override
  public void close(Wire wire, String reason) {
    links.close(wire);
  }

  @Override
  public void cut(Wire wire) {
    links.cut(wire);
  }

  @Override
  public void dial(Wire wire) {
    links.dialOnce(wire);
  }

  @Override
  public void publish(AlertAction action) {
    alerts.publish(action.alert());
  }

  @Override
  public void keepPolicy(String yaml) {
    try {
      directory.keepPolicy(yaml);
    } catch (IOException e) {
      log.say(
          "POLICY_NOT_WRITTEN",
          "the policy is in force, but could not be written to "
              + directory.policy()
              + " for the next start, which takes it from the journal: "
              + FileProblem.of(e));
    }
  }

  @Override
  public void notUsed(String feed, long seq, String reason) {
    NationalServer server = feeds;
    if (server != null) {
      server.notUsed(feed, seq, reason);
    }
  }

  @Override
  public void acknowledge(String feed, long seq) {
    NationalServer server = feeds;
    if (server != null) {
      server.acknowledge(feed, seq);
    }
  }
}
