package parallax.wire.fields;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import parallax.engine.NoticeProgress;
import parallax.engine.Order;
import parallax.engine.Picture;
import parallax.engine.ReleasesState;
import parallax.link.Lane;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.FlightPhase;
import parallax.model.InvalidValueException;
import parallax.model.LaunchFailure;
import parallax.model.Report.DataClass;
import parallax.model.Report.RecallReason;
import parallax.model.ThreatClass;
import parallax.model.TrackStatus;
import parallax.warning.Alert.MessageType;
import parallax.warning.AreaAtRisk;

/**
 * The numbers that stand for an enum's values on the wire. They are listed here, apart from the
 * enum, so that re-ordering an enum never changes what is sent.
 */
public final class WireNumbers<E extends Enum<E>> {
  /** Levels of labels. */
  public static final WireNumbers<Classification> CLASSIFICATION =
      new WireNumbers<>(
          "classification",
          Classification.class,
          List.of(
              Classification.UNCLASSIFIED,
              Classification.RESTRICTED,
              Classification.CONFIDENTIAL,
              Classification.SECRET));

  /** Phases of flight. */
  public static final WireNumbers<FlightPhase> PHASE =
      new WireNumbers<>(
          "phase",
          FlightPhase.class,
          List.of(
              FlightPhase.UNKNOWN,
              FlightPhase.BOOST,
              FlightPhase.COAST,
              FlightPhase.REENTRY,
              FlightPhase.MANOEUVRE));

  /** Statuses of tracks. */
  public static final WireNumbers<TrackStatus> STATUS =
      new WireNumbers<>(
          "status",
          TrackStatus.class,
          List.of(
              TrackStatus.TENTATIVE,
              TrackStatus.CONFIRMED,
              TrackStatus.COASTED,
              TrackStatus.LOST,
              TrackStatus.ENDED));

  /** Kinds of failures of launches. */
  public static final WireNumbers<LaunchFailure.Kind> FAILURE_KIND =
      new WireNumbers<>(
          "kind of failure",
          LaunchFailure.Kind.class,
          List.of(LaunchFailure.Kind.FELL_SHORT, LaunchFailure.Kind.BROKE_UP));

  /** Classes of threats. */
  public static final WireNumbers<ThreatClass> THREAT_CLASS =
      new WireNumbers<>(
          "threat class",
          ThreatClass.class,
          List.of(
              ThreatClass.UNKNOWN,
              ThreatClass.SRBM,
              ThreatClass.MRBM,
              ThreatClass.IRBM,
              ThreatClass.ICBM,
              ThreatClass.SPACE_LAUNCH));

  /** Data classes of reports. */
  public static final WireNumbers<DataClass> DATA_CLASS =
      new WireNumbers<>(
          "data class",
          DataClass.class,
          List.of(
              DataClass.LAUNCH_POINT,
              DataClass.FLIGHT_PATH,
              DataClass.IMPACT_POINT,
              DataClass.NOTICE));

  /** Reasons for recalls. */
  public static final WireNumbers<RecallReason> RECALL_REASON =
      new WireNumbers<>(
          "recall reason",
          RecallReason.class,
          List.of(
              RecallReason.UNSTATED,
              RecallReason.FALSE_REPORT,
              RecallReason.MISTAKE,
              RecallReason.TOLD_IN_ERROR));

  /** Directions of a suspension. */
  public static final WireNumbers<Order.Direction> SUSPENDED =
      new WireNumbers<>(
          "direction",
          Order.Direction.class,
          List.of(Order.Direction.SEND, Order.Direction.RECEIVE, Order.Direction.BOTH));

  /** What is told at the end of a suspension. */
  public static final WireNumbers<Order.Backfill> BACKFILL =
      new WireNumbers<>(
          "backfill",
          Order.Backfill.class,
          List.of(Order.Backfill.NONE, Order.Backfill.ALL, Order.Backfill.SINCE));

  /** Answers about held reports. */
  public static final WireNumbers<Order.Answer> ANSWER =
      new WireNumbers<>(
          "answer", Order.Answer.class, List.of(Order.Answer.RELEASE, Order.Answer.REFUSE));

  /** Lanes. */
  public static final WireNumbers<Lane> LANE =
      new WireNumbers<>("lane", Lane.class, List.of(Lane.URGENT, Lane.BULK));

  /** Views of a launch. */
  public static final WireNumbers<Picture.View> VIEW =
      new WireNumbers<>(
          "view",
          Picture.View.class,
          List.of(Picture.View.NATIONAL, Picture.View.COMBINED, Picture.View.COMMON));

  /** What threatens an area. */
  public static final WireNumbers<AreaAtRisk.Kind> AREA_KIND =
      new WireNumbers<>(
          "area kind",
          AreaAtRisk.Kind.class,
          List.of(AreaAtRisk.Kind.IMPACT, AreaAtRisk.Kind.OVERFLIGHT));

  /** What an alert's message does. */
  public static final WireNumbers<MessageType> ALERT_TYPE =
      new WireNumbers<>(
          "type of an alert",
          MessageType.class,
          List.of(
              MessageType.ALERT, MessageType.UPDATE, MessageType.CANCEL, MessageType.ALL_CLEAR));

  /** What a report that is not told yet waits for. */
  public static final WireNumbers<ReleasesState.For> WAITS_FOR =
      new WireNumbers<>(
          "what a report waits for",
          ReleasesState.For.class,
          List.of(ReleasesState.For.PERSON, ReleasesState.For.DELAY, ReleasesState.For.TURN));

  /** How far a notice is. */
  public static final WireNumbers<NoticeProgress.State> NOTICE_STATE =
      new WireNumbers<>(
          "state of a notice",
          NoticeProgress.State.class,
          List.of(
              NoticeProgress.State.UNDER_WAY,
              NoticeProgress.State.APPLIED,
              NoticeProgress.State.SET_ASIDE,
              NoticeProgress.State.UNKNOWN));

  private final String field;
  private final List<E> values;
  private final Map<E, Integer> numbers;

  private WireNumbers(String field, Class<E> type, List<E> values) {
    this.field = field;
    this.values = values;
    this.numbers = new EnumMap<>(type);
    for (int i = 0; i < values.size(); i++) {
      numbers.put(values.get(i), i);
    }
    if (!numbers.keySet().equals(EnumSet.allOf(type))) {
      throw new IllegalStateException("a value of " + type + " has no wire number");
    }
  }

  /** The number of a value. */
  public int of(E value) {
    Integer n = numbers.get(value);
    if (n == null) {
      throw new IllegalStateException(field + " " + value + " has no wire number");
    }
    return n;
  }

  /** The value of a number; throws {@link InvalidValueException} for an unknown one. */
  public E value(int number) {
    if (number < 0 || number >= values.size()) {
      throw new InvalidValueException(field, number, "a number from 0 to " + (values.size() - 1));
    }
    return values.get(number);
  }
}
