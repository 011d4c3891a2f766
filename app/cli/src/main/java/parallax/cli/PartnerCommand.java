package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.credentials.NationKeys;
import parallax.engine.Order;
import parallax.files.FileProblem;
import parallax.files.SmallFile;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.model.Utf8Text;
import parallax.signing.VerificationKey;
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
      StatusCommand.class,
      PartnerCommand.Suspend.class,
      PartnerCommand.Resume.class,
      PartnerCommand.Trust.class,
      PartnerCommand.Revoke.class,
      PartnerCommand.Rotate.class,
      PartnerStartOver.class
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
            + WrongWords.shown(text)
            + "' is neither a file nor 64 hex digits; expected a .pub file such as"
            + " stream-EXERCISE.pub, as parallax keys export writes it");
  }

  static UtcTime time(String text) {
    try {
      Instant t = Instant.parse(text);
      return new UtcTime(Math.addExact(t.getEpochSecond() * 1_000_000_000L, t.getNano()));
    } catch (DateTimeException | ArithmeticException e) {
      throw new WrongUse(
          "time '" + WrongWords.shown(text) + "'; expected like 2026-11-24T23:00:00Z");
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
