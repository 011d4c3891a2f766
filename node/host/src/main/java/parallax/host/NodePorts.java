package parallax.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
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
    NationalServer national =
        opened(
            "nationalAddress",
            settings.nationalAddress(),
            () ->
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
                    refused));
    try {
      return new NodePorts(
          national,
          opened(
              "linkAddress",
              settings.linkAddress(),
              () ->
                  new LinkServer(
                      settings.linkAddress(),
                      credentials.own(),
                      credentials.partners(),
                      limits.link(),
                      links,
                      audit::show,
                      refused)));
    } catch (IOException e) {
      national.close();
      throw e;
    }
  }

  /** Opens a port. */
  private interface Opening<T> {
    T open() throws IOException;
  }

  private static <T> T opened(String setting, InetSocketAddress address, Opening<T> opening)
      throws IOException {
    try {
      return opening.open();
    } catch (IOException e) {
      String why = whyNotOpened(e);
      if (why.isEmpty() && !address.isUnresolved()) {
        throw e;
      }
      throw new IOException(
          setting
              + " "
              + address.getHostString()
              + ":"
              + address.getPort()
              + " cannot be opened: "
              + (why.isEmpty() ? "there is no machine of that name" : why),
          e);
    }
  }

  /** In words; empty when it is something else than the port. */
  private static String whyNotOpened(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      String said = String.valueOf(t.getMessage());
      if (said.contains("already in use")) {
        return "another program has the port; stop it, or choose another port";
      }
      if (said.contains("assign requested address")) {
        return "the address is none of this machine; expected one of its own, or 0.0.0.0 for all";
      }
      if (said.contains("ermission denied")) {
        return "this user may not open it; ports below 1024 are for administrators";
      }
    }
    return "";
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
