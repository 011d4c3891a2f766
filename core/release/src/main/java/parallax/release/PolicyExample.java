package parallax.release;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;

/**
 * A made-up record, and what a policy is expected to decide about it for each partner.
 *
 * @param name what it shows
 * @param line where it stands in its file, from 1
 * @param report the record
 * @param context what is known of its track
 * @param now when it is decided about
 * @param expected what is expected, for each partner that the example names
 */
public record PolicyExample(
    String name,
    int line,
    Report report,
    ReleaseContext context,
    UtcTime now,
    SortedMap<Nation, Expected> expected) {
  /** Copies the map. */
  public PolicyExample {
    expected = Collections.unmodifiableSortedMap(new TreeMap<>(expected));
  }

  /**
   * What is expected for one partner.
   *
   * @param outcome what is decided
   * @param rule the rule that decides; empty for any rule
   */
  public record Expected(NationalPolicy.Outcome outcome, Optional<String> rule) {
    /** Whether the decision was the expected one. */
    public boolean isMetBy(PolicyTrial.Answer answer) {
      return answer.outcome() == outcome && rule.map(answer.rule()::equals).orElse(true);
    }
  }

  /**
   * The name of the policy file that the examples belong to; it lies in the same folder.
   *
   * @throws MalformedFileException naming the line and what was expected
   */
  public static Optional<String> policyNamed(byte[] yaml, String sourceName) {
    return ExampleFile.policyNamed(yaml, sourceName);
  }

  /**
   * Reads a file of examples.
   *
   * @param yaml its bytes, UTF-8, at most 256 KiB
   * @param sourceName what errors call it
   * @param agreement the agreement, whose label the records carry
   * @param nation whose records they are
   * @param channel the channel of those that name none
   * @throws MalformedFileException naming the line and what was expected
   */
  public static List<PolicyExample> parse(
      byte[] yaml, String sourceName, Agreement agreement, Nation nation, Channel channel) {
    return new ExampleFile(agreement, nation, channel).read(yaml, sourceName);
  }
}
