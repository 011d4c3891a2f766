package parallax.host.setup;

import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.Agreement;
import parallax.release.DefaultFiles;

/**
 * The default agreement and policy, for other parties than the three that they were written for
 * too. The same parties always give the same bytes, so that each of them can sign its own copy.
 */
final class DefaultTerms {
  private static final String SOURCE = "the default agreement";

  private DefaultTerms() {}

  /** The default agreement between some parties, at least two. */
  static byte[] agreement(SortedSet<Nation> parties) {
    byte[] standard = DefaultFiles.agreement();
    Agreement a = Agreement.parse(standard, SOURCE);
    if (a.parties().equals(parties)) {
      return standard;
    }
    String list = list(parties);
    String text =
        new String(standard, StandardCharsets.UTF_8)
            .replace("what three nations tell", "what nations tell")
            .replaceFirst(
                "(?m)^name: .*$", "name: Missile-warning data sharing of " + words(parties))
            .replaceFirst("(?m)^parties: .*$", "parties: [" + list + "]")
            .replaceFirst("(?m)^  releasableTo: .*$", "  releasableTo: [" + list + "]");
    if (parties.size() < 3 || !parties.containsAll(a.onwardRelease().relays())) {
      text = text.replaceFirst("(?m)^onwardRelease:\\R  through: .*$", "onwardRelease: none");
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!Agreement.parse(bytes, SOURCE).parties().equals(parties)) {
      throw new IllegalStateException("the default agreement is not of the form expected");
    }
    return bytes;
  }

  /** The default policy of a nation towards all other parties. */
  static byte[] policy(Nation nation, SortedSet<Nation> parties) {
    SortedSet<Nation> standard = Agreement.parse(DefaultFiles.agreement(), SOURCE).parties();
    SortedSet<Nation> others = new TreeSet<>(parties);
    others.remove(nation);
    byte[] own = ofNation(nation);
    return standard.equals(parties)
        ? own
        : new String(own, StandardCharsets.UTF_8)
            .replaceAll("(?m)^    to: .*$", "    to: [" + list(others) + "]")
            .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ofNation(Nation nation) {
    try {
      return DefaultFiles.policy(nation);
    } catch (InvalidValueException e) { // a nation without a default of its own
      return new String(DefaultFiles.policy(Nation.USA), StandardCharsets.UTF_8)
          .replace("the United States", nation.code())
          .replaceFirst("(?m)^nation: .*$", "nation: " + nation)
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String list(SortedSet<Nation> nations) {
    return nations.stream().map(Nation::code).collect(Collectors.joining(", "));
  }

  private static String words(SortedSet<Nation> nations) {
    return nations.stream().map(Nation::code).collect(Collectors.joining(" and "));
  }
}
