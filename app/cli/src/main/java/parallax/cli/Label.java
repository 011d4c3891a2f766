package parallax.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** What the labels of options and parameters stand for, wherever they are used. */
enum Label {
  NATION("three capital letters, for example KOR"),
  TIME("a time in UTC, for example 2026-11-24T23:00:00Z"),
  TRACK("a nation and a number, for example KOR-3"),
  PLACE("degrees north and east, for example 39.03,125.75"),
  KEY("a .pub file, or 64 hexadecimal digits"),
  TEXT("a text that is not empty");

  final String expected;

  Label(String expected) {
    this.expected = expected;
  }

  /**
   * What is expected instead of a value; empty when the value is good.
   *
   * @param label as the help shows it
   * @param value as it was typed
   */
  static Optional<String> expected(String label, String value) {
    Label meant = of(label);
    return !value.isEmpty() && meant.canBe(value) ? Optional.empty() : Optional.of(meant.expected);
  }

  private static Label of(String label) {
    return switch (label) {
      case "XXX", "NATION", "PARTNER" -> NATION;
      case "TIME" -> TIME;
      case "TRACK" -> TRACK;
      case "LAT,LON" -> PLACE;
      case "FILE|HEX" -> KEY;
      default -> TEXT;
    };
  }

  private boolean canBe(String value) {
    try {
      Object read =
          switch (this) {
            case NATION -> new Nation(value.strip());
            case TIME -> PartnerCommand.time(value);
            case TRACK -> TrackCommand.track(value);
            case PLACE -> place(value);
            case KEY -> Path.of(value);
            case TEXT -> value;
          };
      return !read.toString().isEmpty();
    } catch (InvalidValueException | WrongUse | NumberFormatException | InvalidPathException e) {
      return false;
    }
  }

  private static Geodetic place(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2) {
      throw new WrongUse(PLACE.expected);
    }
    return Geodetic.ofDegrees(
        Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()), 0);
  }
}
