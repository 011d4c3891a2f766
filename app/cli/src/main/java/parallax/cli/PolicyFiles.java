package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.release.Agreement;
import parallax.release.DefaultFiles;
import parallax.release.MalformedFileException;
import parallax.release.NationalPolicy;
import parallax.release.PolicyExample;
import parallax.release.PolicyTrial;
import picocli.CommandLine.Option;

/** The agreement that a policy is read against, and how the files are read. */
final class PolicyFiles {
  @Option(
      names = "--agreement",
      paramLabel = "FILE",
      description = "the agreement that the policy narrows (default: the one that comes along)")
  private @Nullable Path agreement;

  /** A policy, the agreement it narrows, and how it was named. */
  record Read(Path file, Agreement agreement, NationalPolicy policy) {}

  /** What works on files; what is wrong in one is said in one line, exit code 1. */
  interface Work {
    int run() throws IOException;
  }

  static int work(Work work) throws IOException {
    try {
      return work.run();
    } catch (MalformedFileException e) {
      System.err.println("BAD: " + e.getMessage());
      return 1;
    }
  }

  static byte[] bytes(Path file) {
    return GivenFile.bytes(file, "an agreement, a policy or examples in YAML");
  }

  Agreement agreement() throws IOException {
    return agreement == null
        ? Agreement.parse(DefaultFiles.agreement(), "the agreement that comes along")
        : Agreement.parse(bytes(agreement), agreement.toString());
  }

  Read policy(Path file) throws IOException {
    Agreement a = agreement();
    return new Read(file, a, NationalPolicy.parse(bytes(file), file.toString(), a));
  }

  /** The examples of a file, and the policy they are of: the one given, or the one they name. */
  Examples examples(Path file, @Nullable Path policy) throws IOException {
    byte[] yaml = bytes(file);
    Path of = policy;
    if (of == null) {
      Optional<String> named = PolicyExample.policyNamed(yaml, file.toString());
      if (named.isEmpty()) {
        throw new WrongUse(file + " names no policy; name it by --policy");
      }
      of = file.resolveSibling(named.get());
    }
    Read read = policy(of);
    return new Examples(
        read,
        PolicyExample.parse(
            yaml,
            file.toString(),
            read.agreement(),
            read.policy().nation(),
            usual(read.agreement())));
  }

  /** Examples and their policy. */
  record Examples(Read read, List<PolicyExample> all) {
    /** The policy, tried out on the channel of an example. */
    PolicyTrial trial(PolicyExample e) {
      return new PolicyTrial(read.agreement(), read.policy(), e.report().header().channel());
    }
  }

  private static Channel usual(Agreement a) {
    return a.channels().contains(Channel.REAL) ? Channel.REAL : a.channels().first();
  }

  static String name(NationalPolicy p) {
    return String.format(Locale.ROOT, "'%s' version %d of %s", p.name(), p.version(), p.nation());
  }

  static String name(Agreement a) {
    return String.format(Locale.ROOT, "'%s' version %d", a.name(), a.version());
  }
}
