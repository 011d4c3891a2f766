package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.CertificateAuthority.Role;
import parallax.credentials.Fingerprints;
import parallax.credentials.KeyExport;
import parallax.credentials.NationKeys;
import parallax.credentials.NewKeys;
import parallax.credentials.Passphrase;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code parallax keys}. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes, shows, renews, encrypts and revokes a nation's keys and certificates.",
    subcommands = {
      KeysCommand.New.class,
      KeysCommand.Export.class,
      KeysShow.class,
      KeysCommand.Renew.class,
      KeysCommand.RotateStream.class,
      KeysReplaceStream.class,
      KeysEncrypt.class,
      KeysRevoke.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {

  /** What works on keys; what is wrong with a file becomes one line. */
  interface KeyWork {
    void run() throws IOException, GeneralSecurityException;
  }

  /** Does the work; a file that is missing or wrong was wrong use. */
  static int work(KeyWork work) throws IOException {
    try {
      work.run();
      return 0;
    } catch (NoSuchFileException e) {
      throw new WrongUse("there is no " + e.getFile());
    } catch (InvalidValueException | GeneralSecurityException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  static int days(String option, int days, int most) {
    if (days < 1 || days > most) {
      throw new WrongUse(option + " is " + days + "; expected 1 to " + most);
    }
    return days;
  }

  /** {@code parallax keys new}. */
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description =
          "Makes all keys of a nation: its authority, the certificates of its node, sensor gateways"
              + " and operators, the keys that sign streams and agreements.")
  static final class New implements Callable<Integer> {
    @Option(
        names = "--nation",
        paramLabel = "XXX",
        required = true,
        description = "the nation, for example KOR")
    private String nation = "";

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        required = true,
        description = "where to; nothing there is overwritten")
    private Path directory = Path.of("");

    @Option(
        names = "--authority-days",
        paramLabel = "N",
        description = "how long the authority is valid (default: ${DEFAULT-VALUE})")
    private int authorityDays = 3650;

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "how long certificates are valid (default: ${DEFAULT-VALUE})")
    private int days = 365;

    @Option(
        names = "--encrypt",
        description =
            "ask for a passphrase and encrypt every secret with it; --passphrase-file does the same"
                + " with the passphrase in a file")
    private boolean encrypt;

    @Mixin private PassphraseOption passphrase = new PassphraseOption();

    @Override
    public Integer call() throws IOException {
      days("--authority-days", authorityDays, 7300);
      days("--days", days, authorityDays);
      return work(
          () -> {
            List<NewKeys.Made> made =
                NewKeys.create(
                    new Nation(nation),
                    directory,
                    Instant.now(),
                    authorityDays,
                    days,
                    encrypt ? Optional.of(Passphrase.typedTwice()) : passphrase.given());
            System.out.println("keys of " + nation + " in " + directory);
            System.out.println("\nKEEP OFFLINE, on no machine with a network:");
            made.stream().filter(NewKeys.Made::offline).forEach(New::print);
            System.out.println("\nFor the node, its clients and its partners:");
            made.stream().filter(m -> !m.offline()).forEach(New::print);
            System.out.println(
                "\nWhat partners need: parallax keys export --dir "
                    + directory
                    + " --to DIR\nAuthority's fingerprint, to be compared by telephone:\n  "
                    + Fingerprints.of(
                        CertificateAuthority.readCertificate(
                            directory.resolve(NationKeys.AUTHORITY))));
            if (encrypt || passphrase.given().isPresent()) {
              System.out.println(
                  "\nEvery secret is encrypted. A node reads the passphrase from the file "
                      + Passphrase.FILE
                      + " in its keys/, which only its owner may read (chmod 600).");
            }
          });
    }

    private static void print(NewKeys.Made m) {
      System.out.printf(Locale.ROOT, "  %-22s %s%n", m.name(), m.purpose());
    }
  }

  /** {@code parallax keys export}. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description =
          "Copies what partners need and nothing else: the authority's certificate, public keys and"
              + " a text with their fingerprints.")
  static final class Export implements Callable<Integer> {
    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "the nation's keys")
    private Path directory = Path.of("");

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "where to")
    private Path to = Path.of("");

    @Override
    public Integer call() throws IOException {
      return work(
          () -> {
            for (String name : KeyExport.export(directory, to)) {
              System.out.println(to.resolve(name));
            }
            System.out.println(
                "For partners: ca.pem, stream-*.pub and log-*.pub go to their partners/<NATION>/,"
                    + " agreement.pub to their agreement/<NATION>.pub.");
          });
    }
  }

  /** {@code parallax keys renew}. */
  @Command(
      name = "renew",
      mixinStandardHelpOptions = true,
      description =
          "Issues a new certificate with a new key. A running node takes a new node certificate up"
              + " within seconds: new connections use it, open ones go on. The key is encrypted if"
              + " there is a passphrase in "
              + Passphrase.FILE
              + " where it goes.")
  static final class Renew implements Callable<Integer> {
    @Option(
        names = "--dir",
        paramLabel = "DIR",
        required = true,
        description = "the directory with the authority, ca.pem and ca.key")
    private Path directory = Path.of("");

    @Option(
        names = "--to",
        paramLabel = "DIR",
        description = "where the certificate goes, for example a node's keys (default: --dir)")
    private @Nullable Path to;

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "node, sensor or operator (default: node)")
    private Role role = Role.NODE;

    @Option(
        names = "--person",
        paramLabel = "NAME",
        description =
            "an operator's own name: orders are given in it, and two people are two names")
    private @Nullable String person;

    @Option(
        names = "--gateway",
        paramLabel = "NAME",
        description =
            "a sensor gateway's own name: its feeds belong to it, and no gateway of another name"
                + " can use them")
    private @Nullable String gateway;

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "how long it is valid (default: ${DEFAULT-VALUE})")
    private int days = 365;

    @Mixin private PassphraseOption passphrase = new PassphraseOption();

    @Override
    public Integer call() throws IOException {
      days("--days", days, 7300);
      Path target = to == null ? directory : to;
      if (person != null && role != Role.OPERATOR) {
        throw new WrongUse("--person belongs to --role operator");
      }
      if (gateway != null && role != Role.SENSOR) {
        throw new WrongUse("--gateway belongs to --role sensor");
      }
      return work(
          () -> {
            Path file = target.resolve(NationKeys.name(role) + ".pem");
            if (!Files.isDirectory(target)) {
              throw new WrongUse("no directory at " + target);
            }
            Optional<X509Certificate> old =
                Files.exists(file)
                    ? Optional.of(CertificateAuthority.readCertificate(file))
                    : Optional.empty();
            X509Certificate fresh = issue(target, person == null ? gateway : person);
            old.ifPresent(
                o ->
                    System.out.println(
                        "replaced: serial "
                            + o.getSerialNumber().toString(16)
                            + ", valid until "
                            + o.getNotAfter().toInstant()));
            System.out.println(
                "new: "
                    + file
                    + ", serial "
                    + fresh.getSerialNumber().toString(16)
                    + ", valid until "
                    + fresh.getNotAfter().toInstant());
            System.out.println("fingerprint: " + Fingerprints.of(fresh));
          });
    }

    private X509Certificate issue(Path target, @Nullable String holder)
        throws IOException, GeneralSecurityException {
      Passphrase p = passphrase.passphrase();
      return holder == null
          ? NewKeys.renew(directory, target, role, Instant.now(), days, p)
          : NewKeys.renewFor(holder, directory, target, role, Instant.now(), days, p);
    }
  }

  /** {@code parallax keys rotate-stream}. */
  @Command(
      name = "rotate-stream",
      mixinStandardHelpOptions = true,
      description = "Makes the key that will sign the streams of a channel next.")
  static final class RotateStream implements Callable<Integer> {
    @Option(names = "--dir", paramLabel = "DIR", required = true, description = "the nation's keys")
    private Path directory = Path.of("");

    @Option(
        names = "--channel",
        paramLabel = "CHANNEL",
        required = true,
        description = "REAL, EXERCISE or TEST")
    private Channel channel = Channel.TEST;

    @Override
    public Integer call() throws IOException {
      return work(
          () -> {
            for (String name : NewKeys.rotateStream(directory, channel)) {
              System.out.println(directory.resolve(name));
            }
            System.out.println(
                "The present key goes on signing until the node has announced the next one in its"
                    + " streams.");
          });
    }
  }
}
