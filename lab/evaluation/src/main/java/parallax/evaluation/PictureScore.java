package parallax.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import parallax.evaluation.Consistency.Phase;
import parallax.evaluation.Consistency.Tally;

/**
 * What one nation knew of one launch, alone or shared, over all seeds.
 *
 * @param runs one a seed, in the order of the seeds
 */
public record PictureScore(List<RunScore> runs) {
  /** Copies the list. */
  public PictureScore {
    runs = List.copyOf(runs);
  }

  /** Times that the battery measures, in the order of its tables. */
  public enum Figure {
    /** First launch estimate or track. */
    FIRST_KNOWLEDGE("firstKnowledgeS", "first knowledge"),
    /** First confirmed track. */
    FIRST_TRACK("firstTrackS", "first track"),
    /** First impact prediction within 50 km of the true impact point. */
    IMPACT_NEAR("impactWithin50KmS", "impact within 50 km"),
    /** From when the areas at risk are right for good. */
    AREAS_RIGHT("areasRightFromS", "areas right from");

    private final String field;
    private final String words;

    Figure(String field, String words) {
      this.field = field;
      this.words = words;
    }

    /** Its name in JSON. */
    String field() {
      return field;
    }

    /** Its name for a person. */
    public String words() {
      return words;
    }

    /** Its value in a run; empty: never. */
    OptionalDouble of(RunScore r) {
      return switch (this) {
        case FIRST_KNOWLEDGE -> r.measures().firstKnowledgeS();
        case FIRST_TRACK -> r.measures().firstTrackS();
        case IMPACT_NEAR -> r.measures().impactWithin50KmS();
        case AREAS_RIGHT -> r.measures().areasRightFromS();
      };
    }
  }

  /** The errors of all runs at one moment. */
  public record Spread(double tS, double p5M, double medianM, double p95M, int runs) {}

  /** A time's spread over the seeds. */
  public Quantiles times(Figure f) {
    return Quantiles.of(runs.stream().map(f::of).toList());
  }

  /** The spread of the time without a held track. */
  public Quantiles lostS() {
    return Quantiles.of(runs.stream().map(r -> OptionalDouble.of(r.lostS())).toList());
  }

  /** Areas wrongly at risk, counted in every seed. */
  public int areasWarnedWrongly() {
    return runs.stream().mapToInt(r -> r.measures().areasWarnedWrongly().size()).sum();
  }

  /** In how many seeds each area was wrongly at risk, by code. */
  public SortedMap<String, Integer> wrongAreas() {
    SortedMap<String, Integer> out = new TreeMap<>();
    for (RunScore r : runs) {
      r.measures().areasWarnedWrongly().forEach(c -> out.merge(c, 1, Integer::sum));
    }
    return out;
  }

  /** The sums of all seeds in a true phase. */
  Tally consistency(Phase phase) {
    Tally sum = new Tally();
    runs.forEach(r -> sum.add(r.consistency().tally(phase)));
    return sum;
  }

  /** Errors over time: the spread at every moment at which at least half of the runs have one. */
  public List<Spread> errors(TimeGrid grid, Function<RunScore, float[]> errorsM) {
    List<Spread> out = new ArrayList<>();
    for (int i = 0; i < grid.size(); i++) {
      double[] at = new double[runs.size()];
      int n = 0;
      for (RunScore r : runs) {
        float e = errorsM.apply(r)[i];
        if (!Float.isNaN(e)) {
          at[n++] = e;
        }
      }
      if (n > 0 && 2 * n >= runs.size()) {
        double[] sorted = Arrays.copyOf(at, n);
        Arrays.sort(sorted);
        out.add(
            new Spread(
                grid.timeS(i),
                Quantiles.at(sorted, 0.05),
                Quantiles.at(sorted, 0.5),
                Quantiles.at(sorted, 0.95),
                n));
      }
    }
    return out;
  }
}
