package parallax.host;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.transport.Links;
import parallax.transport.Trust;

/**
 * What a running node looks after, on a thread of its own: whether keys were exchanged or revoked,
 * what expires, what partners show of their logs, and what signs.
 */
final class NodeUpkeep implements AutoCloseable {
  private static final long LOOK_MS = 2_000;
  private static final long DAY_MS = 86_400_000;
  private static final long TRY_ALERTS_MS = 60_000;
  private static final long ASK_FIRST_MS = 3_000;
  private static final long ASK_EVERY_MS = 20_000;

  /** Checkpoints that a partner is asked for at once: a day's of those that all are shown. */
  private static final int MOST_ASKED = 24;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          r -> Thread.ofPlatform().daemon().name("upkeep").unstarted(r));
  private final Links links;
  private final NodePorts ports;
  private final AlertFiles alerts;
  private final NodeLog log;
  private final SortedMap<Nation, Trust> dialled = new TreeMap<>();

  NodeUpkeep(Links links, NodePorts ports, AlertFiles alerts, NodeLog log) {
    this.links = links;
    this.ports = ports;
    this.alerts = alerts;
    this.log = log;
  }

  /** Says which certificates the connections that this node dials to a partner are held to. */
  void watch(Nation partner, Trust trust) {
    dialled.put(partner, trust);
  }

  /** Begins, after the last {@link #watch}. */
  void start(Credentials credentials, PartnerLogs logs) {
    every(LOOK_MS, LOOK_MS, () -> lookForNewFiles(credentials));
    every(0, TRY_ALERTS_MS, alerts::tryFolder);
    every(
        0, DAY_MS, () -> credentials.sayWhatExpires(ports.certificatesConnected(), Instant.now()));
    every(ASK_FIRST_MS, ASK_EVERY_MS, () -> logs.watched().forEach(n -> ask(logs, n, MOST_ASKED)));
    every(0, LOOK_MS, new FasterSignatures(log)::look);
  }

  private void every(long firstMs, long periodMs, Runnable work) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                log.say("INTERNAL_ERROR", "a periodic check failed and is tried again later: " + e);
              }
            },
            firstMs,
            periodMs,
            TimeUnit.MILLISECONDS);
  }

  private void lookForNewFiles(Credentials credentials) {
    credentials.lookForNewCertificate();
    if (credentials.lookForRevocations()) {
      closeRevoked();
    }
    log.sumUp();
  }

  private void closeRevoked() {
    int closed = ports.closeRevoked();
    for (Map.Entry<Nation, Trust> d : dialled.entrySet()) {
      if (d.getValue().forgetRevoked()) {
        links.disconnect(d.getKey());
        closed++;
      }
    }
    log.say("CERTIFICATE_REVOKED", closed + " open connections closed");
  }

  /** Asks a partner what its log says, until there is no more to be shown, or often enough. */
  private void ask(PartnerLogs logs, Nation partner, int most) {
    try {
      links.askCheckpoint(
          partner,
          logs.question(partner),
          answer -> {
            try {
              if (logs.answered(partner, answer) && most > 1) {
                ask(logs, partner, most - 1);
              }
            } catch (IOException e) {
              log.say(
                  "PARTNER_LOG",
                  "what "
                      + partner
                      + " shows of its log cannot be kept; it is asked again: "
                      + e.getMessage());
            }
          },
          failed -> {}); // the links say why a partner is not there; the age of what is held shows
    } catch (IOException | InvalidValueException e) {
      log.say(
          "PARTNER_LOG",
          "what is kept of the log of " + partner + " cannot be read: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
