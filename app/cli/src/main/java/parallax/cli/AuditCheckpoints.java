package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import parallax.audit.Checkpoint;
import parallax.host.HeldCheckpoints;
import parallax.host.NodeDirectory;
import parallax.model.Nation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code parallax audit checkpoints}. */
@Command(
    name = "checkpoints",
    mixinStandardHelpOptions = true,
    description =
        "Lists the checkpoints that a node holds of its partners' logs, when each was taken, and"
            + " what is kept as evidence against them. Exit code 1 when there is evidence.")
final class AuditCheckpoints implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "a node's directory, or a copy")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException {
    NodeDirectory node = new NodeDirectory(directory);
    Path all = node.root().resolve("held");
    if (!Files.isDirectory(all)) {
      throw new WrongUse("no checkpoints in " + directory + "; expected held/ of a node");
    }
    List<String> nations;
    try (Stream<Path> list = Files.list(all)) {
      nations = list.map(p -> String.valueOf(p.getFileName())).sorted().toList();
    }
    return AuditCommand.check(
        () -> {
          int evidence = 0;
          for (String n : nations) {
            HeldCheckpoints held = new HeldCheckpoints(node.held(new Nation(n)));
            for (Path p : held.checkpoints()) {
              Checkpoint c = LogPlace.parse(p, Checkpoint.Signed::parse).checkpoint();
              line(n, p, c.size() + " entries of " + c.origin());
            }
            for (Path p : held.evidence()) {
              line(n, p, "EVIDENCE");
              evidence++;
            }
          }
          return evidence == 0 ? 0 : 1;
        });
  }

  private static void line(String nation, Path file, String what) throws IOException {
    System.out.printf(
        Locale.ROOT, "%s  %s  %s  %s%n", nation, Files.getLastModifiedTime(file), what, file);
  }
}
