package parallax.cli;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.credentials.NationKeys;
import parallax.engine.Order;
import parallax.files.FileProblem;
import parallax.files.SmallFile;
import parallax.link.LinkHealth;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.model.Utf8Text;
import parallax.signing.VerificationKey;
import parallax.wire.FeedStatus;
import parallax.wire.OrderCodec;
import parallax.wire.PartnerLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax partner}: how the links with partners are, and what is ordered about them. */
@Command(
    name = "partner",
    mixinStandardHelpOptions = true,
    description = "Shows and orders what a running node does with its partners.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PartnerCommand.Status.class,
      PartnerCommand.Suspend.class,
      PartnerCommand.Resume.class,
      PartnerCommand.Trust.class,
      PartnerCommand.Revoke.class,
      PartnerCommand.Rotate.class
    })
final class PartnerCommand {
  private static final String KEY = "[0-9a-fA-F]{64}";

  private PartnerCommand() {}

  static Nation nation(String text) {
    try {
      return new Nation(text);
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The public half of a nation's stream key: a {@code .pub} file of {@code parallax keys}, a file
   * of nothing but 64 hex digits, or the digits themselves.
   */
  static VerificationKey streamKey(String text, Nation of, Channel channel) {
    Path file;
    try {
      file = Path.of(text);
    } catch (InvalidPathException e) {
      throw noKey(text);
    }
    if (!Files.isRegularFile(file)) {
      if (!text.matches(KEY)) {
        throw noKey(text);
      }
      return VerificationKey.fromHex(text);
    }
    try {
      String held = Utf8Text.decode(SmallFile.whole(file), file.toString()).strip();
      return held.matches(KEY)
          ? VerificationKey.fromHex(held)
          : NationKeys.readStreamKey(file, of, channel);
    } catch (IOException e) {
      throw new WrongUse("key file " + file + " cannot be read: " + FileProblem.of(e));
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static WrongUse noKey(String text) {
    return new WrongUse(
        "key '"
            + text
            + "' is neither a file nor 64 hex digits; expected a .pub file such as"
            + " stream-EXERCISE.pub, as parallax keys export writes it");
  }

  static UtcTime time(String text) {
    try {
      Instant t = Instant.parse(text);
      return new UtcTime(Math.addExact(t.getEpochSecond() * 1_000_000_000L, t.getNano()));
    } catch (DateTimeException | ArithmeticException e) {
      throw new WrongUse("time '" + text + "'; expected like 2026-11-24T23:00:00Z");
    }
  }

  /** {@code parallax partner status}. */
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Shows how every stream to and from every partner is.")
  static final class Status implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
      OrderCodec.Answer answer = node.ask(new OrderCodec.StatusRequest());
      List<LinkHealth> streams = answer.streams();
      if (json) {
        List<Map<String, Object>> all = new ArrayList<>();
        streams.forEach(h -> all.add(map(h)));
        answer.logs().forEach(l -> all.add(map(l)));
        answer.feeds().forEach(f -> all.add(map(f)));
        System.out.println(
            new ObjectMapper().writer(new DefaultPrettyPrinter()).writeValueAsString(all));
      } else {
        System.out.printf(
            Locale.ROOT,
            "%-15s %-9s %10s %10s %6s %6s %6s %10s %9s %16s  %s%n",
            "stream",
            "state",
            "held",
            "assigned",
            "lag",
            "folded",
            "lost",
            "waiting",
            "trip",
            "clock",
            "");
        streams.forEach(Status::print);
        answer.logs().forEach(Status::print);
        answer.feeds().forEach(Status::print);
      }
      if (!answer.done()) {
        System.err.println(answer.detail());
        return 1;
      }
      return 0;
    }

    private static void print(FeedStatus f) {
      System.out.printf(
          Locale.ROOT,
          "%-15s taken in to %d, not used %d%s%n",
          "feed " + f.feed(),
          f.durable(),
          f.notUsed(),
          f.lastReason().isEmpty() ? "" : "; the last because: " + f.lastReason());
    }

    private static Map<String, Object> map(FeedStatus f) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("feed", f.feed());
      m.put("durable", f.durable());
      m.put("notUsed", f.notUsed());
      m.put("lastReason", f.lastReason());
      return m;
    }

    private static void print(PartnerLog l) {
      System.out.printf(
          Locale.ROOT,
          "%-15s %-9s %10d entries%s%s%s%n",
          l.partner() + " log",
          l.verdict().isEmpty() ? "NOT SHOWN" : l.good() ? "GOOD" : l.verdict(),
          l.size(),
          l.takenNs().isEmpty() ? "" : ", taken " + new UtcTime(l.takenNs().getAsLong()),
          l.contradictions() == 0 ? "" : ", " + l.contradictions() + " CONTRADICTIONS KEPT",
          l.good() ? "" : ": " + l.detail());
    }

    private static Map<String, Object> map(PartnerLog l) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("log", l.partner().code());
      m.put("verdict", l.verdict());
      m.put("good", l.good());
      m.put("origin", l.origin());
      m.put("size", l.size());
      m.put("takenNs", boxed(l.takenNs()));
      m.put("contradictions", l.contradictions());
      m.put("refused", l.refused());
      m.put("detail", l.detail());
      return m;
    }

    private static void print(LinkHealth h) {
      List<String> notes = new ArrayList<>();
      if (h.suspendedHere()) {
        notes.add("suspended here");
      }
      if (h.suspendedByPartner()) {
        notes.add("suspended by the partner");
      }
      if (h.counts().violations() > 0) {
        notes.add(h.counts().violations() + " violations");
      }
      LinkHealth.PathHealth best = null;
      for (Map.Entry<Nation, LinkHealth.PathHealth> p : h.paths().entrySet()) {
        if (!h.stream().ends(p.getKey())) {
          notes.add("by " + p.getKey() + " " + p.getValue().state());
        }
        best = p.getValue().state() == h.state() ? p.getValue() : best;
      }
      System.out.printf(
          Locale.ROOT,
          "%-15s %-9s %10d %10d %6d %6d %6d %8d B %9s %16s  %s%n",
          h.stream(),
          h.state(),
          h.acknowledged(),
          h.highWaterMark(),
          h.lag(),
          h.counts().folded(),
          h.counts().lost(),
          h.waitingBytes(),
          best == null ? "" : millis(best.roundTripNs()),
          best == null ? "" : clock(best),
          String.join(", ", notes));
    }

    private static String millis(OptionalLong ns) {
      return ns.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f ms", ns.getAsLong() / 1e6);
    }

    /** Partner's clock minus this node's, and how far that may be wrong. */
    private static String clock(LinkHealth.PathHealth p) {
      return p.clockOffsetNs().isEmpty() || p.roundTripNs().isEmpty()
          ? ""
          : String.format(
              Locale.ROOT,
              "%+.2f +- %.2f ms",
              p.clockOffsetNs().getAsLong() / 1e6,
              p.roundTripNs().getAsLong() / 2e6);
    }

    private static Map<String, Object> map(LinkHealth h) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("stream", h.stream().toString());
      m.put("state", h.state().name());
      m.put("acknowledged", h.acknowledged());
      m.put("highWaterMark", h.highWaterMark());
      m.put("lag", h.lag());
      m.put("waitingBytes", h.waitingBytes());
      m.put("suspendedHere", h.suspendedHere());
      m.put("suspendedByPartner", h.suspendedByPartner());
      LinkHealth.Counts c = h.counts();
      m.put("connections", c.connections());
      m.put("batches", c.batches());
      m.put("records", c.records());
      m.put("bytes", c.bytes());
      m.put("repeated", c.repeated());
      m.put("folded", c.folded());
      m.put("lost", c.lost());
      m.put("violations", c.violations());
      m.put("refusals", c.refusals());
      List<Map<String, Object>> paths = new ArrayList<>();
      h.paths()
          .forEach(
              (peer, p) -> {
                Map<String, Object> path = new LinkedHashMap<>();
                path.put("peer", peer.code());
                path.put("state", p.state().name());
                path.put("lastHeardNs", boxed(p.lastHeardNs()));
                path.put("roundTripNs", boxed(p.roundTripNs()));
                path.put("clockOffsetNs", boxed(p.clockOffsetNs()));
                paths.add(path);
              });
      m.put("paths", paths);
      return m;
    }

    private static @Nullable Long boxed(OptionalLong v) {
      return v.isPresent() ? v.getAsLong() : null;
    }
  }

  /** {@code parallax partner suspend}. */
  @Command(
      name = "suspend",
      mixinStandardHelpOptions = true,
      description = {
        "Stops telling a partner, or taking in what it tells, before the next record leaves.",
        "Whether the partner is told so is said by the national policy (suspension:"
            + " announced|silent)."
      })
  static final class Suspend implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "PARTNER", description = "the partner, for example KOR")
    private String partner = "";

    @Option(
        names = "--direction",
        paramLabel = "send|receive|both",
        defaultValue = "both",
        description = "which way (default: ${DEFAULT-VALUE})")
    private Order.Direction direction = Order.Direction.BOTH;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why")
    private String reason = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(new Order.Suspend(nation(partner), direction, reason));
    }
  }

  /** {@code parallax partner resume}. */
  @Command(
      name = "resume",
      mixinStandardHelpOptions = true,
      description = "Ends a suspension; what may be told of the meantime is decided anew.")
  static final class Resume implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Parameters(paramLabel = "PARTNER", description = "the partner, for example KOR")
    private String partner = "";

    @Option(
        names = "--backfill",
        paramLabel = "none|all|since",
        defaultValue = "none",
        description = "what is told of what was not told meanwhile (default: ${DEFAULT-VALUE})")
    private Order.Backfill backfill = Order.Backfill.NONE;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "with --backfill since: what was made from then on")
    private @Nullable String since;

    @Override
    public Integer call() throws IOException, InterruptedException {
      if ((backfill == Order.Backfill.SINCE) != (since != null)) {
        throw new WrongUse("--since belongs to --backfill since, and is needed there");
      }
      return node.order(
          new Order.Resume(
              nation(partner),
              backfill,
              since == null ? Optional.empty() : Optional.of(time(since))));
    }
  }

  /** {@code parallax partner trust}. */
  @Command(
      name = "trust",
      mixinStandardHelpOptions = true,
      description = "Trusts another stream key of a partner, as it handed it over.")
  static final class Trust implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "PARTNER", description = "the partner")
    private String partner = "";

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE|HEX",
        description = "the partner's stream key: its .pub file, or 64 hex digits")
    private String key = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(
          new Order.TrustKey(
              nation(partner), streamKey(key, nation(partner), node.settings().channel())));
    }
  }

  /** {@code parallax partner revoke}. */
  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Trusts a stream key of a partner no longer; streams that rest on it end now.")
  static final class Revoke implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Parameters(index = "0", paramLabel = "PARTNER", description = "the partner")
    private String partner = "";

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE|HEX",
        description = "the partner's stream key: its .pub file, or 64 hex digits")
    private String key = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(
          new Order.RevokeKey(
              nation(partner), streamKey(key, nation(partner), node.settings().channel())));
    }
  }

  /** {@code parallax partner rotate}. */
  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = {
        "Signs the nation's streams with the next stream key from here on.",
        "Partners are told in the streams themselves, so links stay up. Make the key with: parallax"
            + " keys rotate-stream."
      })
  static final class Rotate implements Callable<Integer> {
    @Mixin private NodeAccess node = new NodeAccess();

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE|HEX",
        description = "its public half")
    private String key = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
      return node.order(
          new Order.RotateKey(streamKey(key, node.settings().nation(), node.settings().channel())));
    }
  }
}
