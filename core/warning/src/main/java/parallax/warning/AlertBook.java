package parallax.warning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;

/**
 * The life cycle of a nation's alerts on one channel: quiet, warned, updated, then withdrawn or
 * cleared.
 *
 * <p>A machine: time is an argument, the messages to send are the return value, and the same calls
 * in the same order give the same messages with the same identifiers, so that a restart rebuilds it
 * by replay. The pre-authorised rule is {@link AlertSettings}: an area is warned when so many
 * assessments in a row name it, and let go when so many in a row do not. An area whose arrival
 * window has begun is never let go, only cleared with the rest: the target may be overhead.
 */
public final class AlertBook {
  private final Nation sender;
  private final Channel channel;
  private final AlertSettings settings;
  private final TreeMap<String, Warning> warnings = new TreeMap<>();

  /** Events that are forgotten as soon as no alert of theirs stands. */
  private final TreeSet<String> forgotten = new TreeSet<>();

  /** An empty book of the nation's alerts on the channel. */
  public AlertBook(Nation sender, Channel channel, AlertSettings settings) {
    this.sender = sender;
    this.channel = channel;
    this.settings = settings;
  }

  /**
   * A book that goes on exactly as the one that a state was taken from.
   *
   * @param state the alerts of the other one
   * @param catalogue finds the areas
   * @throws InvalidValueException when the catalogue does not have an area of the state
   */
  public AlertBook(
      Nation sender,
      Channel channel,
      AlertSettings settings,
      AlertBookState state,
      AreaCatalogue catalogue) {
    this(sender, channel, settings);
    state
        .warnings()
        .forEach(
            (event, w) ->
                warnings.put(event, new Warning(sender, channel, settings, event, w, catalogue)));
    forgotten.addAll(state.forgotten());
  }

  /** The alerts as they stand. */
  public AlertBookState state() {
    TreeMap<String, AlertBookState.OfEvent> all = new TreeMap<>();
    warnings.forEach((event, w) -> all.put(event, w.state()));
    return new AlertBookState(all, forgotten);
  }

  /**
   * Takes a conclusive assessment: an area it does not name is not at risk.
   *
   * @param eventKey the event: 1 to 60 letters, digits or {@code . _ : / + -}
   * @param evidence what the assessment rests on
   * @param areas the areas at risk, each once
   * @param now the time of the assessment
   */
  public List<AlertAction> onAssessment(
      String eventKey, Evidence evidence, List<AreaAtRisk> areas, UtcTime now) {
    return warning(eventKey).assess(evidence, areas, true, now);
  }

  /**
   * Takes an assessment that can name areas but not exclude them: the impact cannot be told yet, or
   * no longer ({@link AreasAtRisk#canTell}). It never withdraws a standing alert.
   */
  public List<AlertAction> onInconclusive(
      String eventKey, Evidence evidence, List<AreaAtRisk> areas, UtcTime now) {
    return warning(eventKey).assess(evidence, areas, false, now);
  }

  /**
   * Takes the end of an event (its track ended). A standing alert is cleared at once if its last
   * window is over, otherwise by {@link #onTick} when it is; nothing is issued any more.
   */
  public List<AlertAction> onEnd(String eventKey, UtcTime now) {
    return warning(eventKey).end(now);
  }

  /**
   * The clock jumps. No alert is issued, changed or cleared by it: confirmations, intervals and
   * windows last as long as they would have lasted.
   *
   * @param byNs by how much, nanoseconds; below zero: back
   * @param now the time from here on
   */
  public void clockCorrected(long byNs, UtcTime now) {
    warnings.values().forEach(w -> w.clockCorrected(byNs, now));
  }

  /**
   * Takes it that an event was seen at a time. When that is nearer to the clock as it is than to
   * the clock before it was corrected, the windows told of the event are of the clock as it is.
   */
  public void seenAt(String eventKey, UtcTime seen, UtcTime now) {
    Warning w = warnings.get(eventKey);
    if (w != null
        && Math.abs(now.secondsSince(seen)) < Math.abs(w.byWindows(now).secondsSince(seen))) {
      w.followsTheClock();
    }
  }

  /** Clears the alerts whose last window is over; to be called every second or so. */
  public List<AlertAction> onTick(UtcTime now) {
    List<AlertAction> out = new ArrayList<>();
    for (String event : standingEvents()) {
      out.addAll(onTick(event, now));
    }
    return List.copyOf(out);
  }

  /** The same for one event. */
  public List<AlertAction> onTick(String eventKey, UtcTime now) {
    Warning w = warnings.get(eventKey);
    if (w == null) {
      return List.of();
    }
    List<AlertAction> clear = w.tick(now);
    removeForgotten(eventKey, w);
    return clear;
  }

  private void removeForgotten(String eventKey, Warning w) {
    if (forgotten.contains(eventKey) && w.standing().isEmpty()) {
      forgotten.remove(eventKey);
      warnings.remove(eventKey);
    }
  }

  /**
   * Takes it that nothing more is said of an event. One without a standing alert is forgotten;
   * otherwise the event ends ({@link #onEnd}), and its alert stands until its last window is over.
   * Whoever keeps the book bounds it by the events that are not forgotten.
   */
  public List<AlertAction> forget(String eventKey, UtcTime now) {
    Warning w = warnings.get(eventKey);
    if (w == null) {
      return List.of();
    }
    List<AlertAction> clear = w.end(now);
    forgotten.add(eventKey);
    removeForgotten(eventKey, w);
    return clear;
  }

  /**
   * Withdraws the standing alert of an event in one action, on a person's decision; the event
   * raises no alert any more. Nothing happens where none stands.
   */
  public List<AlertAction> withdraw(String eventKey, UtcTime now) {
    return warning(eventKey).withdraw(now);
  }

  /**
   * Withdraws the standing alert of an event because everything it rested on was taken back; what
   * is said of the event anew may raise another.
   */
  public List<AlertAction> takeBack(String eventKey, UtcTime now) {
    return warning(eventKey).takeBack(now);
  }

  /**
   * Takes it that one event is part of another: the other goes on with its alert, so that one
   * danger is warned of once. When both are warned of, one update supersedes the alerts of both.
   * When the other is over, or a person withdrew it, the part ends or is withdrawn as well.
   */
  public List<AlertAction> join(String part, String whole, UtcTime now) {
    Warning w = warnings.get(part);
    return w == null || part.equals(whole) ? List.of() : warning(whole).join(w, now);
  }

  /** The standing alert of an event: the last warning or update, not withdrawn nor cleared. */
  public Optional<Alert> standing(String eventKey) {
    Warning w = warnings.get(eventKey);
    return w == null ? Optional.empty() : w.standing();
  }

  /** The events with a standing alert, in their order. */
  public List<String> standingEvents() {
    List<String> out = new ArrayList<>();
    warnings.forEach(
        (event, w) -> {
          if (w.standing().isPresent()) {
            out.add(event);
          }
        });
    return out;
  }

  /** All standing alerts, by event. */
  public List<Alert> standing() {
    List<Alert> out = new ArrayList<>();
    for (Warning w : warnings.values()) {
      w.standing().ifPresent(out::add);
    }
    return List.copyOf(out);
  }

  private Warning warning(String eventKey) {
    Warning w = warnings.get(eventKey);
    if (w == null) {
      w = new Warning(sender, channel, settings, checked(eventKey));
      warnings.put(eventKey, w);
    }
    return w;
  }

  private static String checked(String key) {
    boolean ok = !key.isEmpty() && key.length() <= 60;
    for (int i = 0; ok && i < key.length(); i++) {
      char c = key.charAt(i);
      ok = c < 128 && (Character.isLetterOrDigit(c) || "._:/+-".indexOf(c) >= 0);
    }
    if (!ok) {
      throw new InvalidValueException(
          "event key", "'" + key + "'", "1 to 60 of the letters A-Z a-z, digits and . _ : / + -");
    }
    return key;
  }
}
