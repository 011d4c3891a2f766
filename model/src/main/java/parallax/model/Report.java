package parallax.model;

/**
 * What one nation may tell another of a launch: the three data classes of the agreement (launch
 * point, flight path, expected impact point) and nothing else. A report has no field for a sensor's
 * type, place or identity.
 */
public sealed interface Report {
  /** What every report carries. */
  Header header();

  /** The data class, by which agreements and policies speak of it. */
  DataClass dataClass();

  /** The data classes of the agreement. */
  enum DataClass {
    /** Presumed launch point and time. */
    LAUNCH_POINT,
    /** Flight path: state vectors of a track. */
    FLIGHT_PATH,
    /** Expected impact point and time. */
    IMPACT_POINT
  }

  /**
   * What every report carries.
   *
   * @param track the originator's track it speaks of
   * @param channel the channel it belongs to
   * @param createdAt when the originator made it
   * @param label the originator's handling instruction
   */
  record Header(TrackId track, Channel channel, UtcTime createdAt, ConfidentialityLabel label) {
    /** Requires that the originator itself may hold what it originates. */
    public Header {
      if (!label.releasableTo().contains(track.originator())) {
        throw new InvalidValueException(
            "releasable-to",
            label.releasableTo(),
            "the originator " + track.originator() + " in it");
      }
    }

    /** The nation that owns the report. */
    public Nation originator() {
      return track.originator();
    }
  }

  /**
   * Where and when it was launched.
   *
   * @param header header
   * @param launch the estimate
   */
  record LaunchReport(Header header, LaunchPointEstimate launch) implements Report {
    @Override
    public DataClass dataClass() {
      return DataClass.LAUNCH_POINT;
    }
  }

  /**
   * Where it is.
   *
   * @param header header
   * @param estimate the national track's estimate
   */
  record TrackReport(Header header, TrackEstimate estimate) implements Report {
    @Override
    public DataClass dataClass() {
      return DataClass.FLIGHT_PATH;
    }
  }

  /**
   * Where it will come down.
   *
   * @param header header
   * @param impact the prediction, or why there is none
   */
  record ImpactReport(Header header, ImpactPointPrediction impact) implements Report {
    @Override
    public DataClass dataClass() {
      return DataClass.IMPACT_POINT;
    }
  }
}
