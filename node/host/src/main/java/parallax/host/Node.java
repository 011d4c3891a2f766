package parallax.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.credentials.KeyFolder;
import parallax.credentials.NationKeys;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.runtime.Started;
import parallax.transport.Links;
import parallax.transport.PortLimits;
import parallax.transport.Tls;
import parallax.transport.Trust;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

/** One nation's node: everything assembled from its directory, running until closed. */
public final class Node implements AutoCloseable {
  /** A start that replays so many inputs has compiled the code that the first launch needs. */
  private static final long WARM_BY_REPLAY = 10_000;

  /** So many inputs are more than partners and a status bring: the real work warms the node. */
  private static final long WARM_BY_WORK = 200;

  private final NodeDirectory directory;
  private final NodeSettings settings;
  private final NodeLog log;
  private final NodeStore store;
  private final NodeLoop loop;
  private final AuditLog audit;
  private final AlertFiles alerts;
  private final Links links;
  private @Nullable NodePorts ports;
  private @Nullable NodeUpkeep upkeep;

  private Node(
      NodeDirectory directory,
      NodeSettings settings,
      NodeLog log,
      NodeStore store,
      NodeLoop loop,
      AuditLog audit) {
    this.directory = directory;
    this.settings = settings;
    this.log = log;
    this.store = store;
    this.loop = loop;
    this.audit = audit;
    this.alerts = new AlertFiles(directory.alerts(), log);
    this.links = new Links(loop::put, why -> log.say("STREAM_ENDED", why));
  }

  /**
   * Starts the node of a directory: checks its files, rebuilds its picture from the journal, opens
   * its ports and dials its partners.
   *
   * @throws IOException when a file or port cannot be used
   * @throws GeneralSecurityException when a certificate or key cannot be used
   * @throws InvalidValueException when a file says something wrong
   */
  public static Node start(Path root, NodeLog log) throws IOException, GeneralSecurityException {
    return start(root, log, PortLimits.LINK, PortLimits.NATIONAL);
  }

  /** The same with other limits than the standard ones for its two ports. */
  public static Node start(Path root, NodeLog log, PortLimits linkLimits, PortLimits nationalLimits)
      throws IOException, GeneralSecurityException {
    NodeDirectory directory = new NodeDirectory(root);
    NodeSettings settings = NodeSettings.read(root);
    KeyFolder.requirePrivate(directory.keys());
    List<String> offline = KeyFolder.notForANode(directory.keys());
    if (!offline.isEmpty()) {
      log.change(
          "KEYS_AT_RISK",
          directory.keys()
              + " holds "
              + String.join(" and ", offline)
              + ", which can speak for the whole nation and which no running node needs; move them"
              + " to a medium that is locked away");
    }
    NodeConfiguration configuration = directory.configuration(settings);
    Credentials credentials = new Credentials(directory, settings.nation(), log, Instant.now());
    NodeClock clock = new NodeClock(root, settings.channel(), settings.exerciseClock());
    AreaCatalogue areas = AreaCatalogue.bundled();
    EventLog events = new EventLog(settings.eventsMiB() * 1024L * 1024L);
    Keyring keyring = new Keyring(directory.streamKeys(settings));
    NodeEngines engines = new NodeEngines(keyring, areas, settings.links());
    JournalUpgrade.AuditOpener opener =
        () ->
            AuditLog.open(
                directory.log(),
                directory.heads(),
                settings.nation(),
                settings.channel(),
                NationKeys.ownLogSeed(directory.keys(), settings.nation(), settings.channel()),
                new ProtoReportCodec(),
                clock.at(NodeClock.wallNs()),
                log);
    new JournalUpgrade(directory.journal(), keyring, engines, opener, log).run();
    NodeStore store = NodeStore.open(directory.journal(), settings, log);
    try {
      NodeLoop loop = new NodeLoop(store, clock, keyring, engines, events, log);
      loop.keysFrom(() -> directory.streamKeys(settings));
      AuditLog audit = opener.open();
      loop.auditTo(audit);
      Node node = new Node(directory, settings, log, store, loop, audit);
      try {
        node.open(
            configuration,
            credentials,
            events,
            areas,
            new NodePorts.Limits(linkLimits, nationalLimits));
        return node;
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        node.close();
        throw e;
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void open(
      NodeConfiguration configuration,
      Credentials credentials,
      EventLog events,
      AreaCatalogue areas,
      NodePorts.Limits limits)
      throws IOException, GeneralSecurityException {
    alerts.start();
    NodeSink sink = new NodeSink(directory, log, links, alerts);
    loop.sinkTo(sink);
    Started started = loop.recover();
    loop.requireJournalOf(settings.nation(), settings.channel());
    audit.start();
    NodeConfiguration inForce = withOrderedPolicy(configuration);
    loop.requireNewVersion(inForce.policy(), directory.policy().toString());
    log.change("JOURNAL", words(started));
    PartnerLogs logs =
        new PartnerLogs(
            directory,
            settings.channel(),
            new TreeSet<>(configuration.linkKeys().keySet()),
            input -> loop.put(input, () -> {}),
            log);
    NodePorts opened =
        NodePorts.open(
            settings, limits, credentials, directory, loop, events, logs, links, audit, log);
    ports = opened;
    sink.answerFeedsBy(opened.national());
    loop.start(new Input.Configured(inForce));
    NodeUpkeep looksAfter = new NodeUpkeep(links, opened, alerts, log);
    upkeep = looksAfter;
    for (Map.Entry<Nation, InetSocketAddress> p : settings.partners().entrySet()) {
      Trust trust = credentials.partner(p.getKey());
      looksAfter.watch(p.getKey(), trust);
      links.know(p.getKey(), p.getValue(), Tls.client(credentials.own(), trust));
    }
    for (Nation partner : inForce.linkKeys().keySet()) {
      dial(partner);
    }
    looksAfter.start(credentials, logs);
    if (started.replayed() < WARM_BY_REPLAY) {
      Thread.ofPlatform().daemon().name("warm-up").start(() -> warmUp(areas));
    }
  }

  private static String words(Started s) {
    return s.snapshot()
            .map(a -> "goes on from the snapshot before input " + a.nextPosition())
            .orElse("begins with the first input")
        + ", "
        + s.replayed()
        + " inputs replayed";
  }

  /** A policy that was ordered, and not yet written when the node ended, holds on. */
  private NodeConfiguration withOrderedPolicy(NodeConfiguration c) throws IOException {
    Optional<String> ordered = loop.orderedPolicy(c.policy());
    if (ordered.isEmpty()) {
      return c;
    }
    directory.keepPolicy(ordered.get());
    log.change("START", "the policy ordered before the last stop is in force again");
    return c.withPolicy(ordered.get());
  }

  /** Dials a partner's streams, directly and through the relays that are set for it. */
  private void dial(Nation partner) {
    SortedSet<Nation> ways =
        new TreeSet<>(settings.relays().getOrDefault(partner, new TreeSet<>()));
    if (settings.partners().containsKey(partner)) {
      ways.add(partner);
    }
    for (Nation peer : ways) {
      for (Lane lane : Lane.values()) {
        links.dial(new Wire(peer, new StreamId(settings.nation(), partner, lane)));
      }
    }
  }

  private void warmUp(AreaCatalogue areas) {
    try {
      var unused = WarmUp.run(areas, () -> !loop.isRunning() || loop.taken() > WARM_BY_WORK);
    } catch (IOException | RuntimeException e) {
      log.say(
          "WARM_UP_FAILED",
          "the node goes on without a warm-up and may be slow at first: " + e.getMessage());
    }
  }

  /** How many connections partners have open, those included that have not shown who they are. */
  public int partnerConnections() {
    return ports == null ? 0 : ports.partnerConnections();
  }

  /** Why the node ended by itself; null while it runs. */
  public @Nullable String failure() {
    return loop.failure();
  }

  /**
   * Stops the node: first nothing more comes in, then what is under way is finished, and only when
   * no thread uses the journal any more is it closed. That takes as long as the disk takes.
   */
  @Override
  public void close() {
    if (upkeep != null) {
      upkeep.close();
    }
    links.close();
    if (ports != null) {
      ports.close();
    }
    loop.close();
    alerts.close();
    audit.close();
    try {
      store.close();
    } catch (IOException e) {
      log.change(
          "STOP", "the journal did not close cleanly; the next start checks it: " + e.getMessage());
    }
    log.end();
  }
}
