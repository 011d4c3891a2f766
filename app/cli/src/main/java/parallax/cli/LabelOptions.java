package parallax.cli;

import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.Caveat;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import picocli.CommandLine.Option;

/** The options by which a label is given. */
final class LabelOptions {
  @Option(
      names = "--classification",
      required = true,
      paramLabel = "unclassified|restricted|confidential|secret",
      description = "the level")
  private ConfidentialityLabel.Classification classification =
      ConfidentialityLabel.Classification.UNCLASSIFIED;

  @Option(
      names = "--releasable-to",
      required = true,
      split = ",",
      paramLabel = "NATION",
      description = "who may hold it, the owners included")
  private String[] releasableTo = {};

  @Option(
      names = "--owner",
      split = ",",
      paramLabel = "NATION",
      description = "who owns it, for what several own jointly; without it the originator")
  private String[] owners = {};

  @Option(
      names = "--caveat",
      split = ",",
      paramLabel = "CAVEAT",
      description = "a further handling instruction, for example ORCON")
  private String[] caveats = {};

  /**
   * The label of a policy, releasable to some nations beside those named.
   *
   * @throws WrongUse when it is none
   */
  ConfidentialityLabel label(String policy, List<Nation> alsoTo, UtcTime createdAt) {
    SortedSet<Nation> to = nations(releasableTo);
    to.addAll(alsoTo);
    try {
      return new ConfidentialityLabel(
          policy,
          classification,
          nations(owners),
          to,
          Arrays.stream(caveats).map(c -> new Caveat(c.strip())).toList(),
          createdAt);
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  private static SortedSet<Nation> nations(String[] codes) {
    SortedSet<Nation> all = new TreeSet<>();
    for (String code : codes) {
      all.add(PartnerCommand.nation(code.strip()));
    }
    return all;
  }
}
