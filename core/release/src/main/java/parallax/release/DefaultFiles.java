package parallax.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** The agreement and policies that come with Parallax: a start to be read, changed and signed. */
public final class DefaultFiles {
  private DefaultFiles() {}

  /** The bytes of the default trilateral agreement, unsigned. */
  public static byte[] agreement() {
    return resource("default-agreement.yaml");
  }

  /**
   * The bytes of a nation's default policy.
   *
   * @throws InvalidValueException when there is none for that nation
   */
  public static byte[] policy(Nation nation) {
    return resource(policyName(nation));
  }

  /** The file name of a nation's default policy. */
  public static String policyName(Nation nation) {
    return "default-policy-" + nation.code().toLowerCase(Locale.ROOT) + ".yaml";
  }

  /**
   * The bytes of the examples of a nation's default policy.
   *
   * @throws InvalidValueException when there are none for that nation
   */
  public static byte[] examples(Nation nation) {
    return resource(examplesName(nation));
  }

  /** The file name of the examples of a nation's default policy. */
  public static String examplesName(Nation nation) {
    return "default-policy-" + nation.code().toLowerCase(Locale.ROOT) + "-examples.yaml";
  }

  private static byte[] resource(String name) {
    try (InputStream in = DefaultFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new InvalidValueException("default file", name, "one that comes with Parallax");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the default file " + name, e);
    }
  }
}
