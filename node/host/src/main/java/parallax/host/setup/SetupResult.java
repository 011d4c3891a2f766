package parallax.host.setup;

import java.util.List;
import parallax.host.NodeSettings;
import parallax.model.Nation;

/**
 * How far a directory is.
 *
 * @param settings what it is set up for
 * @param toSendTo to whom the folder for partners goes
 * @param fingerprint SHA-256 of the own authority, to be compared by telephone
 * @param notes fingerprints of what partners sent, to be compared likewise
 * @param missing what is still missing
 */
public record SetupResult(
    NodeSettings settings,
    List<Nation> toSendTo,
    String fingerprint,
    List<String> notes,
    List<Missing> missing) {
  /**
   * Something that is still missing.
   *
   * @param what what it is, and who has it
   * @param options the options of the set-up that bring it; may be empty
   * @param remark what else is to be known or done; may be empty
   */
  public record Missing(String what, String options, String remark) {}

  /** Copies. */
  public SetupResult {
    toSendTo = List.copyOf(toSendTo);
    notes = List.copyOf(notes);
    missing = List.copyOf(missing);
  }
}
