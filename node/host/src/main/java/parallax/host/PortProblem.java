package parallax.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Optional;

/** Why a node cannot listen at an address. */
public enum PortProblem {
  /** The host's name has no address. */
  UNKNOWN_NAME("no address is known for this name on this machine"),
  /** Another machine has the address, or none has. */
  NOT_OF_THIS_MACHINE(
      "this is not an address of this machine; expected one of its own, or 0.0.0.0 for all of"
          + " them"),
  /** The system keeps low ports for itself. */
  NOT_ALLOWED("this user may not open a port below 1024; choose a higher one"),
  /** Somebody listens there already. */
  TAKEN(
      "the port is taken by another program; 'ss -ltnp' names it. End it, or choose another port");

  private final String text;

  PortProblem(String text) {
    this.text = text;
  }

  /** What is wrong, and what to do. */
  public String text() {
    return text;
  }

  /** What keeps a node from listening at an address now; the port is tried, and closed again. */
  public static Optional<PortProblem> of(InetSocketAddress address) {
    if (address.isUnresolved()) {
      return Optional.of(UNKNOWN_NAME);
    }
    if (refusal(new InetSocketAddress(address.getAddress(), 0)).isPresent()) {
      return Optional.of(NOT_OF_THIS_MACHINE);
    }
    return refusal(address)
        .map(
            why ->
                why.toLowerCase(Locale.ROOT).contains("permission denied") ? NOT_ALLOWED : TAKEN);
  }

  private static Optional<String> refusal(InetSocketAddress a) {
    try (ServerSocket s = new ServerSocket()) {
      s.bind(a);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
