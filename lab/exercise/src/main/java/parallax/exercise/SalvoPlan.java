package parallax.exercise;

import java.util.List;
import parallax.model.Check;

/** What came of computing a salvo: the flights of all its missiles, or why there are none. */
public sealed interface SalvoPlan {
  /**
   * All missiles fly. A missile's place in the list is its true identity.
   *
   * @param flights in the order of their launches, the first as published
   */
  record Flown(List<Flight> flights) implements SalvoPlan {
    /** Copies the list. */
    public Flown {
      flights = List.copyOf(flights);
    }
  }

  /**
   * A missile cannot be flown, and so the salvo is not.
   *
   * @param reason which one of several, and why
   */
  record NotFlown(String reason) implements SalvoPlan {
    /** Validates the reason. */
    public NotFlown {
      Check.text("reason", reason, 320);
    }
  }
}
