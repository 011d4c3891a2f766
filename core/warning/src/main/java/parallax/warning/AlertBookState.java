package parallax.warning;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.UtcTime;

/**
 * The alerts of a nation as they stand. Areas are named by their codes. The words of a standing
 * alert are left out: they follow from its type and areas.
 *
 * @param warnings the warning of each event
 * @param forgotten events that are forgotten as soon as no alert of theirs stands
 */
public record AlertBookState(SortedMap<String, OfEvent> warnings, SortedSet<String> forgotten) {
  /** Copies the collections. */
  public AlertBookState {
    warnings = Collections.unmodifiableSortedMap(new TreeMap<>(warnings));
    forgotten = Collections.unmodifiableSortedSet(new TreeSet<>(forgotten));
  }

  /** No alert yet. */
  public static AlertBookState empty() {
    return new AlertBookState(new TreeMap<>(), new TreeSet<>());
  }

  /** The same without the times of mere ticks. */
  public AlertBookState lasting() {
    SortedMap<String, OfEvent> all = new TreeMap<>(warnings);
    all.replaceAll((event, w) -> w.lasting());
    return new AlertBookState(all, forgotten);
  }

  /**
   * The warning of one event.
   *
   * @param histories the areas in view, by code
   * @param references the messages of the warning that stands, the oldest first
   * @param standing the alert that stands
   * @param sequence the number of the last message, 0 before the first
   * @param closed whether nothing is issued any more
   * @param withdrawn whether a person withdrew it
   * @param sentAt when the standing alert was sent, by the clock as it goes now
   * @param assessedAt when it was last assessed
   * @param windowsBehindNs how much later than the windows' clock the present clock shows, since it
   *     was corrected, nanoseconds
   */
  public record OfEvent(
      SortedMap<String, History> histories,
      List<AlertReference> references,
      Optional<Standing> standing,
      int sequence,
      boolean closed,
      boolean withdrawn,
      UtcTime sentAt,
      UtcTime assessedAt,
      long windowsBehindNs) {
    /** Copies the collections. */
    public OfEvent {
      histories = Collections.unmodifiableSortedMap(new TreeMap<>(histories));
      references = List.copyOf(references);
    }

    private OfEvent lasting() {
      return new OfEvent(
          histories,
          references,
          standing,
          sequence,
          closed,
          withdrawn,
          sentAt,
          new UtcTime(0),
          windowsBehindNs);
    }
  }

  /**
   * An area in view: how steadily it has been named, or not named, of late.
   *
   * @param risk what is said of it
   * @param seen how many assessments have named it
   * @param firstSeen when the first did
   * @param missed how many in a row have not named it of late
   * @param firstMissed when the first of those was
   * @param confirmed whether it is warned of
   */
  public record History(
      Risk risk, int seen, UtcTime firstSeen, int missed, UtcTime firstMissed, boolean confirmed) {}

  /**
   * An area at risk; see {@link AreaAtRisk}.
   *
   * @param area its ISO 3166-2 code
   * @param kind what threatens it
   * @param probability how likely that is, 0 to 1
   * @param earliest start of the arrival window
   * @param latest end of the arrival window
   */
  public record Risk(
      String area, AreaAtRisk.Kind kind, double probability, UtcTime earliest, UtcTime latest) {
    static Risk of(AreaAtRisk r) {
      return new Risk(r.area().code(), r.kind(), r.probability(), r.earliest(), r.latest());
    }

    AreaAtRisk in(AreaCatalogue catalogue) {
      return new AreaAtRisk(catalogue.require(area), kind, probability, earliest, latest);
    }
  }

  /**
   * The alert that stands; see {@link Alert}.
   *
   * @param identifier its identifier
   * @param type what the message did
   * @param sent when it was made, by the clock of that time
   * @param areas the areas it is for
   * @param references the messages it refers to, the oldest first
   * @param evidence what it rests on
   */
  public record Standing(
      String identifier,
      Alert.MessageType type,
      UtcTime sent,
      List<Risk> areas,
      List<AlertReference> references,
      Evidence evidence) {
    /** Copies the lists. */
    public Standing {
      areas = List.copyOf(areas);
      references = List.copyOf(references);
    }

    static Standing of(Alert a) {
      return new Standing(
          a.identifier(),
          a.messageType(),
          a.sent(),
          a.areas().stream().map(Risk::of).toList(),
          a.references(),
          a.evidence());
    }
  }
}
