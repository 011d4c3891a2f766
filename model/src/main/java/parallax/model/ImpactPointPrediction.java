package parallax.model;

import java.util.List;

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
   * While a motor burns: where it comes down if the motor stops at one moment or another. The
   * branches' probabilities and {@code noImpact} add up to at most 1; what is left ({@link
   * #beyond}) lies farther than the fan can place.
   *
   * @param madeFrom time of validity of the state used
   * @param branches in order of burnout, at most {@link #MOST_BRANCHES}; may be empty
   * @param noImpact probability that the path no longer meets the earth at burnout, 0 to 1
   */
  record ThreatFan(UtcTime madeFrom, List<Branch> branches, double noImpact)
      implements ImpactPointPrediction {
    /** The most branches a fan has. */
    public static final int MOST_BRANCHES = 40;

    private static final double ROUNDING = 1e-6;

    /** Copies the list; validates probabilities and the order of burnouts. */
    public ThreatFan {
      branches = List.copyOf(branches);
      Check.within("number of branches", branches.size(), 0, MOST_BRANCHES);
      Check.within("probability of no impact", noImpact, 0, 1);
      double sum = noImpact;
      for (int i = 0; i < branches.size(); i++) {
        sum += branches.get(i).probability();
        if (i > 0 && branches.get(i).burnout().isBefore(branches.get(i - 1).burnout())) {
          throw new InvalidValueException(
              "burnout of a branch",
              branches.get(i).burnout(),
              "not before that of the branch before");
        }
      }
      Check.within("sum of a fan's probabilities", sum, 0, 1 + ROUNDING);
    }

    /** Probability that it comes down within the fan. */
    public double impact() {
      return branches.stream().mapToDouble(Branch::probability).sum();
    }

    /** Probability of an impact that no branch places, 0 to 1. */
    public double beyond() {
      return Math.max(0, 1 - noImpact - impact());
    }
  }

  /**
   * What follows if the motor stops about one moment.
   *
   * @param probability of this branch, above 0, at most 1
   * @param burnout middle of the interval in which the motor stops
   * @param point where it then comes down, altitude 0
   * @param eastNorthM2 2 x 2 covariance, m^2, rows east and north at {@code point}
   * @param time when it comes down
   * @param timeSigmaS standard deviation of that time, seconds
   */
  record Branch(
      double probability,
      UtcTime burnout,
      Geodetic point,
      Covariance eastNorthM2,
      UtcTime time,
      double timeSigmaS) {
    /** Validates sizes. */
    public Branch {
      Check.positive("probability of a branch", probability);
      Check.within("probability of a branch", probability, 0, 1);
      if (eastNorthM2.dimension() != 2) {
        throw new InvalidValueException(
            "branch covariance", eastNorthM2.dimension() + " rows", "2 rows");
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
