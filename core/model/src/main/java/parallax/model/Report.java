package parallax.model;

import java.util.Optional;

/**
 * What one nation may tell another of a launch: the three data classes of the agreement (launch
 * point, flight path, expected impact point), notices that take back or change what was told, and
 * nothing else. A report has no field for a sensor's type, place or identity.
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
    IMPACT_POINT,
    /**
     * A recall, correction or change of label. No agreement or policy lists it: whoever was told
     * something is told that it no longer holds.
     */
    NOTICE
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
    /** Requires that the originator itself may hold, and owns, what it originates. */
    public Header {
      requireOriginators(label, track.originator());
    }

    /** The nation that owns the report. */
    public Nation originator() {
      return track.originator();
    }
  }

  private static void requireOriginators(ConfidentialityLabel label, Nation originator) {
    if (!label.releasableTo().contains(originator)) {
      throw new InvalidValueException(
          "releasable-to", label.releasableTo(), "the originator " + originator + " in it");
    }
    if (!label.owners().isEmpty() && !label.owners().contains(originator)) {
      throw new InvalidValueException(
          "owners", label.owners(), "none, or the originator " + originator + " among them");
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

  /** Takes back or changes what was told of the header's track before. */
  sealed interface Notice extends Report {
    @Override
    default DataClass dataClass() {
      return DataClass.NOTICE;
    }
  }

  /** Why something is taken back. There is no free text, which could carry what is never shared. */
  enum RecallReason {
    /** No reason is given. */
    UNSTATED,
    /** There was no such launch. */
    FALSE_REPORT,
    /** It was mistaken. */
    MISTAKE,
    /** It should not have been told. */
    TOLD_IN_ERROR
  }

  /**
   * What was told of the track no longer holds: it is taken out of pictures, alerts and exports.
   *
   * @param header header
   * @param of the data class taken back; empty: all of the track, which is not told of again
   * @param madeUntil everything made up to this moment
   * @param reason why
   */
  record Recall(Header header, Optional<DataClass> of, UtcTime madeUntil, RecallReason reason)
      implements Notice {
    /** Refuses the recall of a notice. */
    public Recall {
      if (of.isPresent() && of.get() == DataClass.NOTICE) {
        throw new InvalidValueException("data class recalled", of.get(), "one that is listed");
      }
    }
  }

  /**
   * What was told of one data class of the track was wrong; this is right.
   *
   * @param header header
   * @param corrected what takes its place: a report of the same track that is no notice
   */
  record Correction(Header header, Report corrected) implements Notice {
    /** Requires a report of the same track and channel. */
    public Correction {
      if (corrected instanceof Notice) {
        throw new InvalidValueException("corrected report", "a notice", "launch, path or impact");
      }
      if (!corrected.header().track().equals(header.track())
          || corrected.header().channel() != header.channel()) {
        throw new InvalidValueException(
            "corrected report", corrected.header().track(), "of track " + header.track());
      }
    }
  }

  /**
   * The originator has changed the label of what was told of the track. A receiver to whom the new
   * label is not releasable gives up what it holds of it.
   *
   * @param header header
   * @param label the label from now on
   * @param madeUntil of everything made up to this moment
   */
  record Relabel(Header header, ConfidentialityLabel label, UtcTime madeUntil) implements Notice {
    /** Requires that the originator itself may hold, and owns, what it originates. */
    public Relabel {
      requireOriginators(label, header.originator());
    }
  }
}
