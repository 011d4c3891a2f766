package parallax.tracking;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.model.Check;
import parallax.model.DropArea;
import parallax.model.FlightPhase;
import parallax.model.InvalidValueException;
import parallax.model.LaunchFailure;
import parallax.model.LaunchPointEstimate;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackStatus;

/**
 * All that a {@link NationalTracker} remembers. A tracker made from it does the same as the one it
 * was taken from, to the last bit, whatever comes. Times are nanoseconds since 1970 (UTC); arrays
 * are not to be written to.
 *
 * <p>Left out is what only saves work: the index of where tracks may be, the prediction that was
 * asked for last, and beliefs in the middle of a track's plots ({@link Held}). Sensors, settings
 * and the nation are given to the tracker anew.
 *
 * @param nextOrder the place among all tracks ever started that the next one gets
 * @param nextNumber the number that the next track gets that is told of
 * @param plots how many plots have been used
 * @param clockNs the newest time the tracker was told; empty before the first
 * @param newestPlotNs the time of the newest plot; empty before the first
 * @param errors what is known of the radars' own errors
 * @param targets the tracks, by {@link Target#order}, rising
 */
public record TrackerState(
    long nextOrder,
    long nextNumber,
    long plots,
    OptionalLong clockNs,
    OptionalLong newestPlotNs,
    Errors errors,
    List<Target> targets) {
  /** The same without the time it was told last, which passes though nothing else does. */
  public TrackerState lasting() {
    return new TrackerState(
        nextOrder, nextNumber, plots, OptionalLong.empty(), newestPlotNs, errors, targets);
  }

  /**
   * One track, told of or not.
   *
   * @param order its place among all tracks ever started
   * @param number its number, once it has one
   * @param confirmed whether enough plots have confirmed it
   * @param partedFrom the track it came off in flight
   * @param launch where and when it was launched, if that is known
   * @param times when things were done with it
   * @param contributors how many plots of each sensor it has had, by sensor
   * @param sightings its first infrared plots, by sensor
   * @param trimmed whether older plots than those it holds have been left out
   * @param history its plots, oldest first; never empty
   * @param told what was told of it
   */
  public record Target(
      long order,
      OptionalLong number,
      boolean confirmed,
      Optional<Parent> partedFrom,
      Optional<LaunchPointEstimate> launch,
      Times times,
      List<Contributor> contributors,
      List<Sighting> sightings,
      boolean trimmed,
      List<Held> history,
      Told told) {
    /** Requires a plot; the lists are kept, not copied. */
    public Target {
      if (history.isEmpty()) {
        throw new InvalidValueException("plots of a track", "none", "at least one");
      }
      if (number.isPresent() && number.getAsLong() < 1) {
        throw new InvalidValueException("track number", number.getAsLong(), "1 or more");
      }
    }
  }

  /**
   * A track that another came off.
   *
   * @param order its place among all tracks ever started; it may be held no more
   * @param number its number, once it has one
   */
  public record Parent(long order, OptionalLong number) {
    /** Checks the number. */
    public Parent {
      if (number.isPresent() && number.getAsLong() < 1) {
        throw new InvalidValueException("number of a track", number.getAsLong(), "1 or more");
      }
    }
  }

  /**
   * When things were done with a track.
   *
   * @param launchEstimatedNs the newest plot by which its launch was reckoned from its state
   * @param registeredNs its newest plot that taught of the radars' errors
   * @param behindNs how much later than the clock of its plots the present clock shows, nanoseconds
   * @param firstCame the number of its first plot among all that came
   * @param lastCame the same of the plot that came last
   * @param lastCameNs the tracker's time when that plot came
   * @param missedNs the newest plot that would have fitted and was given to another track
   */
  public record Times(
      long launchEstimatedNs,
      long registeredNs,
      long behindNs,
      long firstCame,
      long lastCame,
      long lastCameNs,
      long missedNs) {}

  /**
   * A sensor of whose plots a track is made.
   *
   * @param sensor the sensor
   * @param plots how many of its plots
   */
  public record Contributor(SensorId sensor, int plots) {}

  /**
   * The first infrared plot of one sensor.
   *
   * @param at its place among the plots that the track holds; -1 when it is not one of them
   * @param plot the plot
   */
  public record Sighting(int at, Plot plot) {}

  /**
   * A plot of a track, the belief after it, and what was then declared.
   *
   * @param plot the plot as it came
   * @param correction what was taken out of it
   * @param after the belief; may be left out, as it follows from the belief before and the plot,
   *     but not of the first plot when older ones have been left out
   * @param phase the phase that was declared
   * @param count how many plots the track had then, itself included
   * @param unpoweredSinceNs since when the plots say it is unpowered; {@link Long#MAX_VALUE} when
   *     they do not
   * @param fit squared normalised distance of the plot from the belief before it
   */
  public record Held(
      Plot plot,
      Correction correction,
      Optional<Belief> after,
      FlightPhase phase,
      int count,
      long unpoweredSinceNs,
      double fit) {}

  /**
   * What is taken out of a radar's plot, and what is not known of it: of range (m), azimuth (rad),
   * elevation (rad) and time (s), in this order.
   *
   * @param taken four numbers: measured less true
   * @param factor lower Cholesky factor of the covariance of what is left, 4 x 4 row by row; empty
   *     when nothing is left
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the filter, never compared
  public record Correction(double[] taken, double[] factor) {
    /** Checks sizes and that the numbers are finite. */
    public Correction {
      require("correction", taken.length, BiasFilter.EACH);
      if (factor.length != 0) {
        require("factor of a correction", factor.length, BiasFilter.EACH * BiasFilter.EACH);
      }
      for (double d : taken) {
        Check.finite("correction", d);
      }
    }
  }

  /**
   * A belief of the filter. The four motions are boost, manoeuvre, coast and re-entry, in this
   * order, of 9, 9, 6 and 9 components: position (m) and velocity (m/s), ECEF, then the specific
   * force (m/s^2) or, of re-entry, the logarithm of the ballistic coefficient (kg/m^2) and the
   * ratios of lift to drag upward and to the left.
   *
   * @param timeNs the time it is of
   * @param lastPlotNs the time of the newest plot in it
   * @param weights probability of each motion
   * @param means mean of each motion; empty where it has none
   * @param covariances covariance of each motion, row by row; empty where it has none
   * @param watches the infrared sensors that have seen the target, by sensor
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the filter, never compared
  public record Belief(
      long timeNs,
      long lastPlotNs,
      double[] weights,
      double[][] means,
      double[][] covariances,
      List<Watch> watches) {
    /** Checks the sizes; a motion that is possible has a mean. */
    public Belief {
      require("probabilities of motions", weights.length, Motion.COUNT);
      require("means of motions", means.length, Motion.COUNT);
      require("covariances of motions", covariances.length, Motion.COUNT);
      for (Motion m : Motion.ALL) {
        int n = means[m.index].length;
        if (n != 0 || weights[m.index] > 0) {
          require("mean of a motion", n, m.size);
        }
        require("covariance of a motion", covariances[m.index].length, (long) n * n);
      }
    }
  }

  /**
   * How long an infrared sensor that saw the target has been silent.
   *
   * @param sensor the sensor
   * @param periodS seconds between its looks
   * @param detection probability that it sees a burning motor in one look
   * @param lastNs its newest plot
   * @param misses looks counted since
   */
  public record Watch(SensorId sensor, double periodS, double detection, long lastNs, int misses) {}

  /**
   * What was told of a track, and what it was told with.
   *
   * @param track as last told or looked at
   * @param toldNs when it was last told; {@link Long#MIN_VALUE} for never
   * @param launch the launch as last told
   * @param firstNs when it was first looked at; {@link Long#MAX_VALUE} for never
   * @param flownFromNs the plot since which it flies like a missile; {@link Long#MAX_VALUE} for
   *     none
   * @param flown whether it has flown like one for long enough
   * @param status its status
   * @param phase its phase
   * @param threatClass its class
   * @param prediction the prediction in use
   * @param pieces the unpowered pieces that parted from it, by number
   * @param stages what is known of its stages
   */
  public record Told(
      Optional<NationalTrack> track,
      long toldNs,
      Optional<LaunchPointEstimate> launch,
      long firstNs,
      long flownFromNs,
      boolean flown,
      TrackStatus status,
      FlightPhase phase,
      ThreatClass threatClass,
      Optional<Prediction> prediction,
      List<Piece> pieces,
      Stages stages) {}

  /**
   * A prediction in use.
   *
   * @param flight the prediction
   * @param madeNs the time of the state it was made from
   * @param fromPlotNs the newest plot it rests on
   */
  public record Prediction(FlightPrediction flight, long madeNs, long fromPlotNs) {}

  /**
   * A piece that parted from a track.
   *
   * @param number the piece's track number; 0 when it had none
   * @param sinceNs when it was first seen
   */
  public record Piece(long number, long sinceNs) {}

  /**
   * What is known of the stages of a target.
   *
   * @param looks the beliefs of the last minute, oldest first
   * @param drops where stages come down that were left behind, in order of separation
   * @param fellShort that the motor stopped too early
   * @param judged whether the first end of the motor has been judged
   */
  public record Stages(
      List<Look> looks, List<DropArea> drops, Optional<LaunchFailure> fellShort, boolean judged) {}

  /**
   * A belief as far as stages go.
   *
   * @param timeNs the time it is of
   * @param powered probability of powered flight
   * @param thrust specific force along the velocity, m/s^2
   * @param sigma standard deviation of {@code thrust}
   * @param state the state; left out where no stage can be found to have separated at it
   */
  public record Look(
      long timeNs, double powered, double thrust, double sigma, Optional<StateVector> state) {}

  /**
   * What is known of the radars' own errors.
   *
   * @param inUse how many radars have been in use
   * @param known what comparisons have told
   * @param judged the same, given which clocks are right
   * @param radars of each radar, in the order of their identities
   */
  public record Errors(long inUse, Estimate known, Estimate judged, List<Radar> radars) {
    /** Copies the list; checks the sizes. */
    public Errors {
      radars = List.copyOf(radars);
      int n = BiasFilter.EACH * radars.size();
      require("errors of radars", known.mean.length, n);
      require("judged errors of radars", judged.mean.length, n);
      for (Radar r : radars) {
        require("comparisons of a radar", r.compared.size(), radars.size());
        if (r.doubt.isPresent()) {
          require("errors in doubt", r.doubt.get().mean.length, BiasFilter.EACH);
        }
        requirePlaces(r.maybe, radars.size());
        if (r.wrong.isPresent()) {
          requirePlaces(r.wrong.get().group, radars.size());
        }
      }
    }
  }

  /**
   * Errors of range (m), azimuth (rad), elevation (rad) and time (s) of several radars together.
   *
   * @param mean four numbers for each radar
   * @param covariance their covariance, row by row
   */
  @SuppressWarnings("ArrayRecordComponent") // shared with the filter, never compared
  public record Estimate(double[] mean, double[] covariance) {
    /** Checks the sizes. */
    public Estimate {
      require("covariance of errors", covariance.length, (long) mean.length * mean.length);
    }
  }

  /**
   * What is known of one radar.
   *
   * @param id the radar
   * @param pairs comparisons that fitted
   * @param compared the same with each radar
   * @param misfits comparisons in a row that did not fit
   * @param inUseSince its place among the radars in use; {@link Long#MAX_VALUE} when it is not
   * @param seenApart how often its plots of a target fitted no track of the target
   * @param agreeing plots in a row that fit as they come, while they are not used
   * @param aside whether it was judged to be wrong by too much to be used
   * @param doubt its errors, while it may have any
   * @param wrong that its clock is wrong
   * @param maybe the radars, by place, of which one has a wrong clock if this one's is right; empty
   *     for none
   */
  public record Radar(
      SensorId id,
      int pairs,
      List<Integer> compared,
      int misfits,
      long inUseSince,
      int seenApart,
      int agreeing,
      boolean aside,
      Optional<Estimate> doubt,
      Optional<WrongClock> wrong,
      List<Integer> maybe) {
    /** Copies the lists. */
    public Radar {
      compared = List.copyOf(compared);
      maybe = List.copyOf(maybe);
    }
  }

  /**
   * A wrong clock.
   *
   * @param known whether it is wrong beyond doubt
   * @param group the radars, by place, of whose clocks at least one is wrong, rising
   */
  public record WrongClock(boolean known, List<Integer> group) {
    /** Copies the list. */
    public WrongClock {
      group = List.copyOf(group);
    }
  }

  private static void require(String field, int found, long wanted) {
    if (found != wanted) {
      throw new InvalidValueException(field, found + " numbers", wanted + " numbers");
    }
  }

  private static void requirePlaces(List<Integer> places, int radars) {
    for (int p : places) {
      if (p < 0 || p >= radars) {
        throw new InvalidValueException("place of a radar", p, "0 to " + (radars - 1));
      }
    }
  }
}
