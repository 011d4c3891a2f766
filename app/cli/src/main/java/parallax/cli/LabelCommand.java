package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import parallax.formats.stanag4774.LabelReader;
import parallax.formats.stanag4774.LabelWriter;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parallax label}: security labels as STANAG 4774 XML and as banner lines. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    description = "Writes, shows and combines security labels as STANAG 4774 XML.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LabelCommand.Write.class, LabelCommand.Show.class, LabelCommand.Combine.class})
final class LabelCommand {
  private LabelCommand() {}

  private static ConfidentialityLabel read(Path file) throws IOException {
    byte[] xml = GivenFile.bytes(file, "a label in STANAG 4774 XML");
    if (xml.length > LabelReader.MAX_BYTES) {
      throw new WrongUse(
          file + " is " + xml.length + " bytes; expected at most " + LabelReader.MAX_BYTES);
    }
    try {
      return LabelReader.read(xml);
    } catch (InvalidValueException e) {
      throw new WrongUse(file + ": " + e.getMessage());
    }
  }

  private static Integer print(ConfidentialityLabel label) {
    try {
      System.out.print(LabelWriter.toXml(label));
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  /** {@code parallax label write}. */
  @Command(
      name = "write",
      mixinStandardHelpOptions = true,
      description = "Prints the STANAG 4774 XML of a label.")
  static final class Write implements Callable<Integer> {
    @Mixin private LabelOptions label = new LabelOptions();

    @Option(
        names = "--policy",
        paramLabel = "NAME",
        defaultValue = "PARALLAX",
        description = "the labelling policy (default: ${DEFAULT-VALUE})")
    private String policy = "PARALLAX";

    @Option(
        names = "--created",
        required = true,
        paramLabel = "TIME",
        description = "when the label was made, for example 2023-04-12T22:23:00Z")
    private String created = "";

    @Override
    public Integer call() {
      return print(label.label(policy, List.of(), PartnerCommand.time(created)));
    }
  }

  /** {@code parallax label show}. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows banner, portion mark and parts of a label.")
  static final class Show implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "a STANAG 4774 XML file")
    private Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
      ConfidentialityLabel l = read(file);
      System.out.println(l.banner());
      System.out.println(l.portionMark());
      System.out.println("policy         " + l.policy());
      System.out.println("classification " + l.classification());
      System.out.println("owners         " + list(List.copyOf(l.owners())));
      System.out.println("releasable to  " + list(List.copyOf(l.releasableTo())));
      System.out.println("caveats        " + list(l.caveats()));
      System.out.println("created        " + l.createdAt());
      return 0;
    }

    private static String list(List<?> all) {
      return all.isEmpty()
          ? "-"
          : all.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
  }

  /** {@code parallax label combine}. */
  @Command(
      name = "combine",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the label of what rests on everything that the files label.",
        "It has the highest level and all caveats, and is releasable to those who may hold every"
            + " part."
      })
  static final class Combine implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "STANAG 4774 XML files")
    private Path[] files = {};

    @Option(
        names = "--holder",
        required = true,
        paramLabel = "NATION",
        description = "for whom it is when nobody may hold every part")
    private String holder = "";

    @Override
    public Integer call() throws IOException {
      Nation nation = PartnerCommand.nation(holder);
      List<ConfidentialityLabel> parts = new ArrayList<>();
      for (Path f : files) {
        parts.add(read(f));
      }
      try {
        return print(ConfidentialityLabel.combined(parts, nation));
      } catch (InvalidValueException e) {
        throw new WrongUse(String.valueOf(e.getMessage()));
      }
    }
  }
}
