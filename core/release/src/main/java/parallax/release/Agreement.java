package parallax.release;

import java.util.List;
import java.util.SortedSet;
import parallax.model.Caveat;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.signing.Sha256;

/**
 * What the parties have agreed to tell each other, as read from its file. Reading it does not put
 * it in force: see {@link AgreementVerifier}.
 */
public final class Agreement {
  /** The data classes that agreements and policies list; notices are not among them. */
  static final List<Report.DataClass> LISTED_CLASSES =
      List.of(
          Report.DataClass.LAUNCH_POINT,
          Report.DataClass.FLIGHT_PATH,
          Report.DataClass.IMPACT_POINT);

  private final Terms terms;
  private final String digest;

  private Agreement(Terms terms, String digest) {
    this.terms = terms;
    this.digest = digest;
  }

  /**
   * Every clause of the file.
   *
   * @param name what people call it
   * @param version from 1; an amendment is a new version with all signatures
   * @param purpose what the data may be used for, for people to read
   * @param parties the nations bound by it, at least two
   * @param channels the channels it may be put in force for
   * @param from first moment of its validity
   * @param until first moment after its validity
   * @param scope what may be told
   * @param neverShared what is never told, whatever else the file says
   * @param marking how reports under it are labelled
   * @param onwardRelease to whom a receiver may pass a report on
   * @param retentionDays how long a receiver may keep it, days
   * @param floors what is taken from every report, whatever a national policy says
   */
  public record Terms(
      String name,
      int version,
      String purpose,
      SortedSet<Nation> parties,
      SortedSet<Channel> channels,
      UtcTime from,
      UtcTime until,
      Scope scope,
      SortedSet<NeverShared> neverShared,
      Marking marking,
      OnwardRelease onwardRelease,
      int retentionDays,
      Sanitising floors) {}

  /**
   * What may be told.
   *
   * @param launchRegions where a launch must come from
   * @param probability with at least what probability it must come from one of them
   * @param dataClasses what may be told of it
   * @param window when
   */
  public record Scope(
      List<LaunchRegion> launchRegions,
      double probability,
      SortedSet<Report.DataClass> dataClasses,
      Window window) {}

  /**
   * From launch until impact.
   *
   * @param marginBeforeLaunchS how long before the estimated launch time a report may speak of,
   *     seconds: that time is an estimate
   * @param marginAfterImpactS how long after impact reports may still be told, seconds
   * @param longestFlightS after so long since the launch nothing is told, seconds
   */
  public record Window(
      double marginBeforeLaunchS, double marginAfterImpactS, double longestFlightS) {}

  /**
   * How reports are labelled.
   *
   * @param policy labelling policy
   * @param classification the level; nothing above it is covered
   * @param releasableTo parties that may hold the reports
   * @param caveats handling instructions; a report with any other caveat is not covered
   */
  public record Marking(
      String policy,
      Classification classification,
      SortedSet<Nation> releasableTo,
      List<Caveat> caveats) {}

  /**
   * To whom a receiver may pass a report on: to nobody, except that a relay carries one party's
   * stream to the other party it is meant for, unread by anyone else.
   *
   * @param relays the parties that may; empty: none
   */
  public record OnwardRelease(SortedSet<Nation> relays) {
    /** Whether {@code relay} may carry what one party tells another. */
    public boolean permits(Nation relay, Nation originator, Nation recipient) {
      return relays.contains(relay) && !relay.equals(originator) && !relay.equals(recipient);
    }
  }

  /** What is never told. The report types have no field for any of these. */
  public enum NeverShared {
    /** Signs that a launch is being prepared. */
    PRE_LAUNCH_INDICATION,
    /** What kind of sensor saw it. */
    SENSOR_TYPE,
    /** Where that sensor is. */
    SENSOR_PLACE,
    /** Which sensor it is. */
    SENSOR_IDENTITY,
    /** Single measurements, from which a sensor's place follows. */
    PLOT,
    /** Tracks told by, or combined with those of, a partner. */
    PARTNER_TRACK
  }

  /**
   * Reads an agreement file.
   *
   * @param yaml its exact bytes, UTF-8, at most 256 KiB
   * @param sourceName what errors call it
   * @throws MalformedFileException naming the line and what was expected
   */
  public static Agreement parse(byte[] yaml, String sourceName) {
    return new Agreement(AgreementFile.read(yaml, sourceName), Sha256.hex(yaml));
  }

  /** Its clauses. */
  public Terms terms() {
    return terms;
  }

  /** What people call it. */
  public String name() {
    return terms.name();
  }

  /** From 1. */
  public int version() {
    return terms.version();
  }

  /** The nations bound by it. */
  public SortedSet<Nation> parties() {
    return terms.parties();
  }

  /** The channels it may be put in force for. */
  public SortedSet<Channel> channels() {
    return terms.channels();
  }

  /** First moment of its validity. */
  public UtcTime from() {
    return terms.from();
  }

  /** First moment after its validity. */
  public UtcTime until() {
    return terms.until();
  }

  /** What may be told. */
  public Scope scope() {
    return terms.scope();
  }

  /** How reports are labelled. */
  public Marking marking() {
    return terms.marking();
  }

  /** To whom a receiver may pass a report on. */
  public OnwardRelease onwardRelease() {
    return terms.onwardRelease();
  }

  /** What is taken from every report, whatever a national policy says. */
  public Sanitising floors() {
    return terms.floors();
  }

  /** How long a receiver may keep a report, days. */
  public int retentionDays() {
    return terms.retentionDays();
  }

  /** SHA-256 of the file's exact bytes, 64 lower-case hexadecimal digits. */
  public String digest() {
    return digest;
  }

  @Override
  public String toString() {
    return name() + " version " + version() + " (" + digest.substring(0, 16) + ")";
  }
}
