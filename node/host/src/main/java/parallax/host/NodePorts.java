package parallax.host;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import parallax.transport.CallerRefusal;
import parallax.transport.LinkServer;
import parallax.transport.Links;
import parallax.transport.PortLimits;

/** The two ports of a node: that of its own sensors and operators, and that of its partners. */
final class NodePorts implements AutoCloseable {
  private final NationalServer national;
  private final LinkServer link;

  private NodePorts(NationalServer national, LinkServer link) {
    this.national = national;
    this.link = link;
  }

  /** How much the two ports bear. */
  record Limits(PortLimits link, PortLimits national) {}

  /** Opens both, or none. */
  static NodePorts open(
      NodeSettings settings,
      Limits limits,
      Credentials credentials,
      NodeDirectory directory,
      NodeLoop loop,
      EventLog events,
      PartnerLogs logs,
      Links links,
      AuditLog audit,
      NodeLog log)
      throws IOException {
    BiConsumer<CallerRefusal, String> refused = (reason, why) -> log.say(reason.kind(), why);
    try {
      NationalServer national =
          new NationalServer(
              settings.nationalAddress(),
              credentials.own(),
              credentials.ownClients(),
              limits.national(),
              loop,
              new FeedHolders(directory.feeds()),
              directory::nextPolicy,
              logs::status,
              events,
              refused);
      try {
        return new NodePorts(
            national,
            new LinkServer(
                settings.linkAddress(),
                credentials.own(),
                credentials.partners(),
                limits.link(),
                links,
                audit::show,
                refused));
      } catch (IOException e) {
        national.close();
        throw e;
      }
    } catch (IOException e) {
      throw new IOException(why(settings, e), e);
    }
  }

  private static String why(NodeSettings settings, IOException e) {
    for (Setting s : List.of(Setting.NATIONAL_ADDRESS, Setting.LINK_ADDRESS)) {
      Optional<PortProblem> problem =
          PortProblem.of(
              s == Setting.LINK_ADDRESS ? settings.linkAddress() : settings.nationalAddress());
      if (problem.isPresent()) {
        return s.key() + " " + s.in(settings) + ": " + problem.get().text();
      }
    }
    return "its ports cannot be opened: " + e.getMessage();
  }

  NationalServer national() {
    return national;
  }

  /** How many connections partners have open, those included that have not shown who they are. */
  int partnerConnections() {
    return link.connections();
  }

  /** The certificates of those connected now. */
  List<X509Certificate> certificatesConnected() {
    List<X509Certificate> out = new ArrayList<>(link.certificates());
    out.addAll(national.certificates());
    return out;
  }

  /** Closes every connection whose certificate was revoked since; returns how many. */
  int closeRevoked() {
    return link.closeRevoked() + national.closeRevoked();
  }

  @Override
  public void close() {
    link.close();
    national.close();
  }
}
