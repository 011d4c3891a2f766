package parallax.model;

/** Where and when a target will come down, or why that cannot be told. */
public sealed interface ImpactPointPrediction {
  /** The time of validity of the state it was predicted from. */
  UtcTime madeFrom();

  /**
   * A place and a time.
   *
   * @param madeFrom time of validity of the state used
   * @param point the place, altitude 0
   * @param eastNorthM2 2 x 2 covariance, m^2, rows east and north at {@code point}
   * @param time when it comes down
   * @param timeSigmaS standard deviation of that time, seconds
   */
  record Predicted(
      UtcTime madeFrom, Geodetic point, Covariance eastNorthM2, UtcTime time, double timeSigmaS)
      implements ImpactPointPrediction {
    /** Validates sizes. */
    public Predicted {
      if (eastNorthM2.dimension() != 2) {
        throw new InvalidValueException(
            "impact covariance", eastNorthM2.dimension() + " rows", "2 rows");
      }
      Check.positive("impact time sigma (s)", timeSigmaS);
    }
  }

  /**
   * No honest answer yet.
   *
   * @param madeFrom time of validity of the state looked at
   * @param reason why, for a person to read: at most 200 characters
   */
  record CannotTellYet(UtcTime madeFrom, String reason) implements ImpactPointPrediction {
    /** Validates the reason. */
    public CannotTellYet {
      Check.text("reason", reason, 200);
    }
  }

  /**
   * The path does not meet the earth: no impact is expected.
   *
   * @param madeFrom time of validity of the state used
   */
  record NoImpactExpected(UtcTime madeFrom) implements ImpactPointPrediction {}
}
