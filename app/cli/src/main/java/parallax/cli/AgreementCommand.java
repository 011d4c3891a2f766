package parallax.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.credentials.Fingerprints;
import parallax.credentials.NationKeys;
import parallax.files.WholeFile;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.Agreement;
import parallax.release.AgreementException;
import parallax.release.AgreementInForce;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.AgreementVerifier;
import parallax.release.DefaultFiles;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax agreement}: writes, signs, verifies and compares agreements. */
@Command(
    name = "agreement",
    mixinStandardHelpOptions = true,
    description =
        "Writes, signs, verifies, shows and compares agreements between nations (docs/policy.md).",
    subcommands = {
      AgreementCommand.New.class,
      AgreementCommand.Sign.class,
      AgreementCommand.Verify.class,
      AgreementCommand.Show.class,
      AgreementCommand.Diff.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class AgreementCommand {

  private static Agreement agreement(Path file) throws IOException {
    return Agreement.parse(PolicyFiles.bytes(file), file.toString());
  }

  /** {@code parallax agreement new}. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = "Writes the default agreement, or an amendment of one, to be changed.")
  static final class New implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "where to; nothing there is overwritten")
    private Path file = Path.of("");

    @Option(
        names = "--amends",
        paramLabel = "FILE",
        description = "start from this one, with the next version number")
    private @Nullable Path amends;

    @Override
    public Integer call() throws IOException {
      if (Files.exists(file)) {
        throw new WrongUse(file + " is there already");
      }
      return AgreementFiles.work(
          () -> {
            byte[] text =
                amends == null
                    ? DefaultFiles.agreement()
                    : AgreementFiles.amended(amends, agreement(amends).version())
                        .getBytes(StandardCharsets.UTF_8);
            Agreement a = Agreement.parse(text, file.toString());
            WholeFile.write(file, text);
            System.out.println(file + ": " + PolicyFiles.name(a) + ", signed by nobody yet");
            return 0;
          });
    }
  }

  /** {@code parallax agreement sign}. */
  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = {
        "Signs the exact bytes of an agreement with a party's offline key, beside the file.",
        "Signing one channel says nothing about another; a channel can be added later."
      })
  static final class Sign implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the agreement")
    private Path file = Path.of("");

    @Option(names = "--nation", paramLabel = "XXX", required = true, description = "the party")
    private String nation = "";

    @Option(
        names = "--key",
        paramLabel = "FILE",
        required = true,
        description = "the party's agreement.seed, which no machine with a network should hold")
    private Path key = Path.of("");

    @Option(
        names = "--channel",
        paramLabel = "CHANNEL",
        required = true,
        description = "REAL, EXERCISE or TEST; may be given several times")
    private List<Channel> channels = new ArrayList<>();

    @Option(
        names = "--digest",
        paramLabel = "HEX",
        description = "sign only if the file's digest begins so: what was agreed by telephone")
    private String digest = "";

    @Override
    public Integer call() throws IOException {
      return AgreementFiles.work(
          () -> {
            byte[] bytes = PolicyFiles.bytes(file);
            Agreement a = Agreement.parse(bytes, file.toString());
            if (!a.digest().startsWith(digest.toLowerCase(Locale.ROOT))) {
              throw new WrongUse(file + " has digest " + a.digest() + ", not " + digest);
            }
            Nation party = PartnerCommand.nation(nation);
            if (!Files.isRegularFile(key)) {
              throw new WrongUse("there is no key " + key);
            }
            SigningKey signer = NationKeys.readAgreementSeed(key, party);
            Path to = AgreementFiles.signature(file, party);
            Set<Channel> all = EnumSet.copyOf(channels);
            all.addAll(signedBefore(to, bytes, signer.key()));
            AgreementSignature s =
                AgreementSigning.sign(bytes, file.toString(), party, signer, all);
            WholeFile.write(to, s.format().getBytes(StandardCharsets.US_ASCII));
            System.out.println(
                to
                    + ": "
                    + party
                    + " signs "
                    + a.name()
                    + ", version "
                    + a.version()
                    + ", for "
                    + s.channels());
            System.out.println("digest " + a.digest());
            return 0;
          });
    }

    /** The channels for which these bytes are signed already. */
    private static Set<Channel> signedBefore(Path to, byte[] bytes, VerificationKey key)
        throws IOException {
      if (!Files.exists(to)) {
        return Set.of();
      }
      AgreementSignature before = AgreementFiles.read(to);
      for (Channel c : before.channels()) {
        if (!before.isOf(bytes, key, c)) {
          throw new WrongUse(
              to + " holds a signature of other bytes or by another key; remove it first");
        }
      }
      return before.channels();
    }
  }

  /** The options by which keys are found. */
  private static SortedMap<Nation, VerificationKey> keys(Path file, @Nullable Path folder)
      throws IOException {
    Path beside = file.toAbsolutePath().getParent();
    Path in = folder == null ? beside : folder;
    SortedMap<Nation, VerificationKey> keys =
        in == null ? Collections.emptySortedMap() : AgreementFiles.keys(in);
    if (folder != null && keys.isEmpty()) {
      throw new WrongUse(
          folder + " holds no party's key; expected the agreement.pub of each as <NATION>.pub");
    }
    return keys;
  }

  /** {@code parallax agreement verify}. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = {
        "Says for which channels an agreement is in force: signed by every party, and in its time.",
        "Exit code 1 when it is not for the channel asked about, or for none at all."
      })
  static final class Verify implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the agreement, its signatures beside it")
    private Path file = Path.of("");

    @Option(
        names = "--keys",
        paramLabel = "DIR",
        description = "the parties' public keys, NATION.pub (default: beside the file)")
    private @Nullable Path keys;

    @Option(names = "--channel", paramLabel = "CHANNEL", description = "REAL, EXERCISE or TEST")
    private @Nullable Channel channel;

    @Option(names = "--at", paramLabel = "TIME", description = "the moment (default: now)")
    private @Nullable String at;

    @Override
    public Integer call() throws IOException {
      return AgreementFiles.work(
          () -> {
            Agreement a = agreement(file);
            SignedAgreement signed = AgreementFiles.signed(file);
            SortedMap<Nation, VerificationKey> known = keys(file, keys);
            UtcTime now = at == null ? UtcTime.of(Instant.now()) : PartnerCommand.time(at);
            System.out.println(a.name() + ", version " + a.version());
            System.out.println("digest " + a.digest());
            known.forEach((n, k) -> System.out.println("key of " + n + ": " + Fingerprints.of(k)));
            Set<Channel> asked = channel == null ? a.channels() : Set.of(channel);
            int inForce = 0;
            for (Channel c : asked) {
              inForce += isInForce(signed, known, c, now) ? 1 : 0;
            }
            return inForce > 0 ? 0 : 1;
          });
    }

    private static boolean isInForce(
        SignedAgreement signed, SortedMap<Nation, VerificationKey> keys, Channel c, UtcTime now) {
      try {
        AgreementInForce f = AgreementVerifier.verify(signed, keys, c, now);
        System.out.println(c + ": in force until " + f.agreement().until());
        return true;
      } catch (AgreementException e) {
        System.out.println(c + ": not in force: " + e.getMessage());
        return false;
      }
    }
  }

  /** {@code parallax agreement show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the clauses of an agreement, and who says to have signed it for what.")
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the agreement")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
      return AgreementFiles.work(
          () -> {
            Agreement a = agreement(file);
            ClauseText.of(a).forEach((k, v) -> System.out.printf(Locale.ROOT, "%-34s %s%n", k, v));
            System.out.printf(Locale.ROOT, "%-34s %s%n", "digest", a.digest());
            SignedAgreement signed = AgreementFiles.signed(file);
            for (Nation party : a.parties()) {
              Optional<AgreementSignature> s = Optional.ofNullable(signed.signatures().get(party));
              System.out.printf(
                  Locale.ROOT,
                  "%-34s %s%n",
                  "signature of " + party,
                  s.map(x -> "for " + x.channels() + ", not verified here").orElse("none"));
            }
            return 0;
          });
    }
  }

  /** {@code parallax agreement diff}. */
  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = {
        "Shows clause by clause what an amendment changes.",
        "Exit code 1 when it changes something without a higher version number."
      })
  static final class Diff implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OLD", description = "the agreement before")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "the agreement after")
    private Path fresh = Path.of("");

    @Override
    public Integer call() throws IOException {
      return AgreementFiles.work(
          () -> {
            Agreement before = agreement(old);
            Agreement after = agreement(fresh);
            if (before.digest().equals(after.digest())) {
              System.out.println("the same bytes");
              return 0;
            }
            Map<String, String> was = ClauseText.of(before);
            Map<String, String> is = ClauseText.of(after);
            Set<String> clauses = new LinkedHashSet<>(was.keySet());
            clauses.addAll(is.keySet());
            int changed = 0;
            for (String c : clauses) {
              String a = was.getOrDefault(c, "nothing");
              String b = is.getOrDefault(c, "nothing");
              if (!a.equals(b)) {
                changed++;
                System.out.println(c + "\n  - " + a + "\n  + " + b);
              }
            }
            System.out.println(
                changed == 0
                    ? "the same clauses in other words or remarks: other bytes, new signatures"
                    : changed
                        + " clauses change; in force once all of "
                        + after.parties()
                        + " have signed it");
            if (after.version() <= before.version()) {
              System.err.println(
                  "BAD: "
                      + fresh
                      + " has version "
                      + after.version()
                      + "; an amendment needs more than "
                      + before.version());
              return 1;
            }
            return 0;
          });
    }
  }
}
