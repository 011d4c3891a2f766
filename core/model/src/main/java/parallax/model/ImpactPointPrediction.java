package parallax.model;

import java.util.List;

/** Where and when a target will come down, or why that cannot be told. */
public sealed interface ImpactPointPrediction {
  /** The time of validity of the state it was predicted from. */
  UtcTime madeFrom();

  /** Where the stages it has left behind come down, in order of separation. */
  List<DropArea> dropAreas();

  /** Whether it says where the target comes down, or that it does not. */
  default boolean isAnswer() {
    return switch (this) {
      case Predicted p -> true;
      case NoImpactExpected n -> true;
      case ThreatFan f -> false;
      case CannotTellYet c -> false;
    };
  }

  /** The same with these drop areas. */
  default ImpactPointPrediction withDropAreas(List<DropArea> areas) {
    return switch (this) {
      case Predicted p -> new Predicted(p.madeFrom(), p.ground(), areas);
      case ThreatFan f -> new ThreatFan(f.madeFrom(), f.branches(), f.noImpact(), areas);
      case CannotTellYet c -> new CannotTellYet(c.madeFrom(), c.reason(), areas);
      case NoImpactExpected n -> new NoImpactExpected(n.madeFrom(), areas);
    };
  }

  private static List<DropArea> checked(List<DropArea> areas) {
    Check.within("number of drop areas", areas.size(), 0, DropArea.MOST);
    return List.copyOf(areas);
  }

  /**
   * A place and a time.
   *
   * @param madeFrom time of validity of the state used
   * @param ground where and when it comes down
   * @param dropAreas where the stages it has left behind come down
   */
  record Predicted(UtcTime madeFrom, GroundPointEstimate ground, List<DropArea> dropAreas)
      implements ImpactPointPrediction, GroundPointEstimate.Holder {
    /** Of the parts of {@code ground}, without drop areas. */
    public Predicted(
        UtcTime madeFrom, Geodetic point, Covariance eastNorthM2, UtcTime time, double timeSigmaS) {
      this(madeFrom, new GroundPointEstimate(point, eastNorthM2, time, timeSigmaS), List.of());
    }

    /** Of the parts of {@code ground}. */
    public Predicted(
        UtcTime madeFrom,
        Geodetic point,
        Covariance eastNorthM2,
        UtcTime time,
        double timeSigmaS,
        List<DropArea> dropAreas) {
      this(madeFrom, new GroundPointEstimate(point, eastNorthM2, time, timeSigmaS), dropAreas);
    }

    /** Copies the list. */
    public Predicted {
      dropAreas = checked(dropAreas);
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
   * @param dropAreas where the stages it has left behind come down
   */
  record ThreatFan(
      UtcTime madeFrom, List<Branch> branches, double noImpact, List<DropArea> dropAreas)
      implements ImpactPointPrediction {
    /** The most branches a fan has. */
    public static final int MOST_BRANCHES = 40;

    private static final double ROUNDING = 1e-6;

    /** Without drop areas. */
    public ThreatFan(UtcTime madeFrom, List<Branch> branches, double noImpact) {
      this(madeFrom, branches, noImpact, List.of());
    }

    /** Copies the list; validates probabilities and the order of burnouts. */
    public ThreatFan {
      dropAreas = checked(dropAreas);
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
   * @param ground where and when it then comes down
   */
  record Branch(double probability, UtcTime burnout, GroundPointEstimate ground)
      implements GroundPointEstimate.Holder {
    /** Validates the probability. */
    public Branch {
      Check.positive("probability of a branch", probability);
      Check.within("probability of a branch", probability, 0, 1);
    }

    /** Of the parts of {@code ground}; see {@link GroundPointEstimate}. */
    public Branch(
        double probability,
        UtcTime burnout,
        Geodetic point,
        Covariance eastNorthM2,
        UtcTime time,
        double timeSigmaS) {
      this(probability, burnout, new GroundPointEstimate(point, eastNorthM2, time, timeSigmaS));
    }
  }

  /**
   * No honest answer yet.
   *
   * @param madeFrom time of validity of the state looked at
   * @param reason why, for a person to read: at most 200 characters
   * @param dropAreas where the stages it has left behind come down
   */
  record CannotTellYet(UtcTime madeFrom, String reason, List<DropArea> dropAreas)
      implements ImpactPointPrediction {
    /** Without drop areas. */
    public CannotTellYet(UtcTime madeFrom, String reason) {
      this(madeFrom, reason, List.of());
    }

    /** Validates the reason. */
    public CannotTellYet {
      dropAreas = checked(dropAreas);
      Check.text("reason", reason, 200);
    }
  }

  /**
   * The path does not meet the earth: no impact is expected.
   *
   * @param madeFrom time of validity of the state used
   * @param dropAreas where the stages it has left behind come down
   */
  record NoImpactExpected(UtcTime madeFrom, List<DropArea> dropAreas)
      implements ImpactPointPrediction {
    /** Without drop areas. */
    public NoImpactExpected(UtcTime madeFrom) {
      this(madeFrom, List.of());
    }

    /** Copies the list. */
    public NoImpactExpected {
      dropAreas = checked(dropAreas);
    }
  }
}
