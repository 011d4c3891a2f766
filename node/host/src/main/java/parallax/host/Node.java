package parallax.host;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.credentials.NationKeys;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.NodeConfiguration;
import parallax.files.FileProblem;
import parallax.journal.Journal;
import parallax.journal.sqlite.SqliteJournal;
import parallax.journal.sqlite.SqliteOptions;
import parallax.link.Frame;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.transport.LinkServer;
import parallax.transport.Links;
import parallax.transport.PortLimits;
import parallax.transport.Refusal;
import parallax.transport.Tls;
import parallax.transport.Trust;
import parallax.warning.AlertAction;
import parallax.warning.AreaCatalogue;
import parallax.wire.ProtoReportCodec;

/** One nation's node: everything assembled from its directory, running until closed. */
public final class Node implements AutoCloseable {
  private static final int EVENTS_HELD = 500_000;
  private static final long LOOK_MS = 2_000;
  private static final long DAY_MS = 86_400_000;
  private static final long ASK_FIRST_MS = 3_000;
  private static final long ASK_EVERY_MS = 20_000;

  /** Checkpoints that a partner is asked for at once: a day's of those that all are shown. */
  private static final int MOST_ASKED = 24;

  private final NodeDirectory directory;
  private final NodeLog log;
  private final Journal journal;
  private final NodeLoop loop;
  private final PortLimits linkLimits;
  private final PortLimits nationalLimits;
  private final AuditLog audit;
  private final AlertFiles alerts;
  private final Links links;
  private final SortedMap<Nation, Trust> dialled = new TreeMap<>();
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(
          r -> Thread.ofPlatform().daemon().name("upkeep").unstarted(r));
  private @Nullable LinkServer linkServer;
  private @Nullable NationalServer nationalServer;

  private Node(
      NodeDirectory directory,
      NodeLog log,
      Journal journal,
      NodeLoop loop,
      PortLimits linkLimits,
      PortLimits nationalLimits,
      AuditLog audit) {
    this.linkLimits = linkLimits;
    this.nationalLimits = nationalLimits;
    this.directory = directory;
    this.log = log;
    this.journal = journal;
    this.loop = loop;
    this.audit = audit;
    this.alerts = new AlertFiles(directory.alerts(), log);
    Consumer<Input> inputs = loop::submit;
    this.links = new Links(inputs, why -> log.say("STREAM_ENDED", why));
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
    NodeConfiguration configuration = directory.configuration(settings);
    Credentials credentials = new Credentials(directory, settings.nation(), log, Instant.now());
    NodeClock clock = new NodeClock(root, settings.channel(), settings.exerciseClock());
    AreaCatalogue areas = AreaCatalogue.bundled();
    EventLog events = new EventLog(EVENTS_HELD);
    SqliteJournal journal = SqliteJournal.open(directory.journal(), options(settings), log::say);
    try {
      Keyring keyring = new Keyring(directory.streamKeys(settings));
      NodeLoop loop =
          new NodeLoop(
              journal,
              clock,
              keyring,
              () -> new Engine(keyring, new ProtoReportCodec(), areas),
              events,
              log);
      loop.keysFrom(() -> directory.streamKeys(settings));
      AuditLog audit =
          AuditLog.open(
              directory.log(),
              directory.heads(),
              settings.nation(),
              settings.channel(),
              NationKeys.ownLogSeed(directory.keys(), settings.nation(), settings.channel()),
              new ProtoReportCodec(),
              clock.at(NodeClock.wallNs()),
              log);
      loop.auditTo(audit);
      Node node = new Node(directory, log, journal, loop, linkLimits, nationalLimits, audit);
      try {
        node.open(settings, configuration, credentials, events, areas);
        return node;
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        node.close();
        throw e;
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static SqliteOptions options(NodeSettings s) {
    SqliteOptions standard = SqliteOptions.standard();
    return switch (s.durability()) {
      case FULL -> standard;
      case NORMAL -> standard.withDurability(SqliteOptions.Durability.NORMAL);
    };
  }

  private void open(
      NodeSettings settings,
      NodeConfiguration configuration,
      Credentials credentials,
      EventLog events,
      AreaCatalogue areas)
      throws IOException, GeneralSecurityException {
    alerts.start();
    loop.sinkTo(new Sink());
    long replayed = loop.replay();
    loop.requireJournalOf(settings.nation(), settings.channel());
    audit.start();
    NodeConfiguration inForce = withOrderedPolicy(configuration);
    if (replayed > 0) {
      log.say("START", "picture rebuilt from " + replayed + " journalled inputs");
    } else {
      warmUp(areas);
    }
    PartnerLogs watched =
        new PartnerLogs(
            directory,
            settings.channel(),
            new TreeSet<>(configuration.linkKeys().keySet()),
            loop::submit,
            log);
    BiConsumer<Refusal, String> refused = (reason, why) -> log.say(reason.kind(), why);
    try {
      nationalServer =
          new NationalServer(
              settings.nationalAddress(),
              credentials.own(),
              credentials.ownClients(),
              nationalLimits,
              loop,
              new FeedHolders(directory.feeds()),
              directory::nextPolicy,
              watched::status,
              events,
              refused);
      linkServer =
          new LinkServer(
              settings.linkAddress(),
              credentials.own(),
              credentials.partners(),
              linkLimits,
              links,
              audit::show,
              refused);
    } catch (IOException e) {
      if (e.getCause() instanceof BindException) {
        throw new IOException("a port is taken: " + e.getMessage(), e);
      }
      throw e;
    }
    loop.start(new Input.Configured(inForce));
    for (Map.Entry<Nation, java.net.InetSocketAddress> p : settings.partners().entrySet()) {
      Trust trust = credentials.partner(p.getKey());
      dialled.put(p.getKey(), trust);
      links.know(p.getKey(), p.getValue(), Tls.client(credentials.own(), trust));
    }
    for (Nation partner : inForce.linkKeys().keySet()) {
      dial(settings, partner);
    }
    keepUp(credentials);
    every(
        ASK_FIRST_MS,
        ASK_EVERY_MS,
        () -> watched.watched().forEach(n -> ask(watched, n, MOST_ASKED)));
    log.say("START", settings.nation() + " node is up on channel " + settings.channel());
  }

  /** Asks a partner what its log says, until there is no more to be shown, or often enough. */
  private void ask(PartnerLogs watched, Nation partner, int most) {
    try {
      links.askCheckpoint(
          partner,
          watched.question(partner),
          answer -> {
            try {
              if (watched.answered(partner, answer) && most > 1) {
                ask(watched, partner, most - 1);
              }
            } catch (IOException e) {
              log.say("PARTNER_LOG", "nothing of " + partner + " can be kept: " + e.getMessage());
            }
          },
          failed -> {}); // the links say why a partner is not there; the age of what is held shows
    } catch (IOException | InvalidValueException e) {
      log.say("PARTNER_LOG", "what is held of " + partner + " cannot be read: " + e.getMessage());
    }
  }

  /** A policy that was ordered, and not yet written when the node ended, holds on. */
  private NodeConfiguration withOrderedPolicy(NodeConfiguration c) throws IOException {
    Optional<String> ordered = loop.orderedPolicy(c.policy());
    if (ordered.isEmpty()) {
      return c;
    }
    directory.keepPolicy(ordered.get());
    log.say("START", "the policy ordered before the last stop is in force again");
    return c.withPolicy(ordered.get());
  }

  /** Dials a partner's streams, directly and through the relays that are set for it. */
  private void dial(NodeSettings settings, Nation partner) {
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

  /** Looks every few seconds whether keys were exchanged, and daily at what expires. */
  private void keepUp(Credentials credentials) {
    every(
        LOOK_MS,
        LOOK_MS,
        () -> {
          credentials.lookForNewCertificate();
          if (credentials.lookForRevocations()) {
            closeRevoked();
          }
          log.sumUp();
        });
    every(0, DAY_MS, () -> credentials.sayWhatExpires(connected(), Instant.now()));
  }

  private void every(long firstMs, long periodMs, Runnable work) {
    var unused =
        upkeep.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                log.say("INTERNAL_ERROR", "upkeep: " + e);
              }
            },
            firstMs,
            periodMs,
            TimeUnit.MILLISECONDS);
  }

  private List<X509Certificate> connected() {
    List<X509Certificate> out = new ArrayList<>();
    if (linkServer != null) {
      out.addAll(linkServer.certificates());
    }
    if (nationalServer != null) {
      out.addAll(nationalServer.certificates());
    }
    return out;
  }

  private void closeRevoked() {
    int closed = 0;
    if (linkServer != null) {
      closed += linkServer.closeRevoked();
    }
    if (nationalServer != null) {
      closed += nationalServer.closeRevoked();
    }
    for (Map.Entry<Nation, Trust> d : dialled.entrySet()) {
      if (d.getValue().forgetRevoked()) {
        links.disconnect(d.getKey());
        closed++;
      }
    }
    log.say("CERTIFICATE_REVOKED", closed + " open connections closed");
  }

  private void warmUp(AreaCatalogue areas) {
    try {
      WarmUp.run(areas);
    } catch (IOException | RuntimeException e) {
      log.say(
          "WARM_UP_FAILED",
          "the node starts without a warm-up and may be slow at first: " + e.getMessage());
    }
  }

  /** How many connections partners have open, those included that have not shown who they are. */
  public int partnerConnections() {
    return linkServer == null ? 0 : linkServer.connections();
  }

  /** Why the node ended by itself; null while it runs. */
  public @Nullable String failure() {
    return loop.failure();
  }

  @Override
  public void close() {
    upkeep.shutdownNow();
    links.close();
    if (linkServer != null) {
      linkServer.close();
    }
    if (nationalServer != null) {
      nationalServer.close();
    }
    loop.close();
    alerts.close();
    audit.close();
    try {
      journal.close();
    } catch (IOException e) {
      log.say("STOP", "journal did not close cleanly: " + e.getMessage());
    }
    log.end();
  }

  private final class Sink implements EffectSink {
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
            "the policy ordered is in force, but not written: "
                + FileProblem.of(e)
                + ". The next start puts it in force again and writes it");
      }
    }

    @Override
    public void acknowledge(String feed, long seq) {
      if (nationalServer != null) {
        nationalServer.acknowledge(feed, seq);
      }
    }
  }
}
