package parallax.release;

import java.util.TreeSet;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;

/** Labels as an agreement asks for. */
public final class Labels {
  private Labels() {}

  /**
   * The label of a report under {@code agreement}: its marking, releasable to the parties it names
   * and to the originator itself.
   *
   * @throws InvalidValueException when the originator is no party
   */
  public static ConfidentialityLabel forReport(
      AgreementInForce agreement, Nation originator, UtcTime createdAt) {
    Agreement a = agreement.agreement();
    if (!a.parties().contains(originator)) {
      throw new InvalidValueException("originator", originator, "one of " + a.parties());
    }
    TreeSet<Nation> releasableTo = new TreeSet<>(a.marking().releasableTo());
    releasableTo.add(originator);
    return new ConfidentialityLabel(
        a.marking().policy(),
        a.marking().classification(),
        releasableTo,
        a.marking().caveats(),
        createdAt);
  }
}
