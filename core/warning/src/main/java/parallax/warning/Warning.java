package parallax.warning;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.Alert.MessageType;

/** The warning of one event in an {@link AlertBook}. */
final class Warning {
  private final Nation sender;
  private final Channel channel;
  private final AlertSettings settings;
  private final String eventKey;
  private final TreeMap<String, AreaHistory> histories = new TreeMap<>();
  private final List<AlertReference> references = new ArrayList<>();
  private @Nullable Alert standing;
  private int sequence;
  private boolean closed;
  private boolean withdrawn;

  /** When the standing alert was sent, by the clock as it goes now. */
  private UtcTime sentAt = new UtcTime(0);

  /** When it was last assessed. */
  private UtcTime assessedAt = new UtcTime(Long.MIN_VALUE);

  /** How much later than the windows' clock the present clock shows, since it was corrected. */
  private long windowsBehindNs;

  Warning(Nation sender, Channel channel, AlertSettings settings, String eventKey) {
    this.sender = sender;
    this.channel = channel;
    this.settings = settings;
    this.eventKey = eventKey;
  }

  /** As another had it. */
  Warning(
      Nation sender,
      Channel channel,
      AlertSettings settings,
      String eventKey,
      AlertBookState.OfEvent state,
      AreaCatalogue catalogue) {
    this(sender, channel, settings, eventKey);
    state.histories().forEach((code, h) -> histories.put(code, new AreaHistory(h, catalogue)));
    references.addAll(state.references());
    standing = state.standing().map(s -> alert(s, catalogue)).orElse(null);
    sequence = state.sequence();
    closed = state.closed();
    withdrawn = state.withdrawn();
    sentAt = state.sentAt();
    assessedAt = state.assessedAt();
    windowsBehindNs = state.windowsBehindNs();
  }

  private Alert alert(AlertBookState.Standing s, AreaCatalogue catalogue) {
    List<AreaAtRisk> areas = s.areas().stream().map(r -> r.in(catalogue)).toList();
    return new Alert(
        s.identifier(),
        channel,
        sender,
        eventKey,
        s.type(),
        s.sent(),
        areas,
        s.references(),
        s.evidence(),
        AlertTexts.compose(channel, sender, s.type(), areas));
  }

  /** As it stands. */
  AlertBookState.OfEvent state() {
    TreeMap<String, AlertBookState.History> areas = new TreeMap<>();
    histories.forEach((code, h) -> areas.put(code, h.state()));
    return new AlertBookState.OfEvent(
        areas,
        references,
        standing().map(AlertBookState.Standing::of),
        sequence,
        closed,
        withdrawn,
        sentAt,
        assessedAt,
        windowsBehindNs);
  }

  Optional<Alert> standing() {
    return Optional.ofNullable(standing);
  }

  /**
   * The clock jumps. Windows that were told before are of the clock as it was: they end when they
   * would have ended without the jump.
   */
  void clockCorrected(long byNs, UtcTime now) {
    histories.values().forEach(w -> w.clockCorrected(byNs));
    sentAt = new UtcTime(sentAt.nanos() + byNs);
    if (byNs > 0) {
      windowsBehindNs += byNs;
    } else if (windowsBehindNs > 0) {
      windowsBehindNs = Math.max(0, windowsBehindNs + byNs);
    } else if (assessedAt.isAfter(now)) {
      windowsBehindNs += byNs;
    }
    assessedAt = UtcTime.min(assessedAt, now);
  }

  /** Windows told from here on are of the clock as it is. */
  void followsTheClock() {
    windowsBehindNs = 0;
  }

  /** The present time by the clock that the windows are of. */
  UtcTime byWindows(UtcTime now) {
    return new UtcTime(now.nanos() - windowsBehindNs);
  }

  List<AlertAction> assess(
      Evidence evidence, List<AreaAtRisk> areas, boolean conclusive, UtcTime now) {
    List<AlertAction> clear = tick(now);
    assessedAt = now;
    if (closed) {
      return clear;
    }
    note(areas, conclusive, now);
    List<AreaAtRisk> next = new ArrayList<>();
    for (AreaHistory w : histories.values()) {
      if (w.isConfirmed()) {
        next.add(w.risk());
      }
    }
    Alert before = standing;
    if (before == null) {
      boolean authorised = evidence.originators().size() >= settings.leastOriginators();
      return next.isEmpty() || !authorised
          ? List.of()
          : List.of(new AlertAction.Issue(make(MessageType.ALERT, next, evidence, now)));
    }
    if (next.isEmpty()) {
      return List.of(
          new AlertAction.Cancel(make(MessageType.CANCEL, before.areas(), evidence, now)));
    }
    boolean due = now.secondsSince(sentAt) >= settings.leastUpdateIntervalS() - 1e-6;
    return due && changed(before.areas(), next)
        ? List.of(new AlertAction.Update(make(MessageType.UPDATE, next, evidence, now)))
        : List.of();
  }

  private void note(List<AreaAtRisk> areas, boolean conclusive, UtcTime now) {
    TreeSet<String> named = new TreeSet<>();
    for (AreaAtRisk r : areas) {
      if (!named.add(r.area().code())) {
        throw new InvalidValueException(
            "assessment of " + eventKey, r.area() + " twice", "each area once");
      }
    }
    for (AreaAtRisk r : areas) {
      histories
          .computeIfAbsent(r.area().code(), c -> new AreaHistory(r, now))
          .named(r, settings, now, byWindows(now));
    }
    if (!conclusive) {
      return;
    }
    Iterator<AreaHistory> all = histories.values().iterator();
    while (all.hasNext()) {
      AreaHistory w = all.next();
      if (!named.contains(w.risk().area().code()) && w.notNamed(settings, now, byWindows(now))) {
        all.remove();
      }
    }
  }

  private boolean changed(List<AreaAtRisk> before, List<AreaAtRisk> next) {
    if (before.size() != next.size()) {
      return true;
    }
    for (int i = 0; i < next.size(); i++) {
      AreaAtRisk a = before.get(i);
      AreaAtRisk b = next.get(i);
      if (!a.area().equals(b.area())
          || a.kind() != b.kind()
          || moved(a.earliest(), b.earliest())
          || moved(a.latest(), b.latest())) {
        return true;
      }
    }
    return false;
  }

  private boolean moved(UtcTime a, UtcTime b) {
    return Math.abs(a.secondsSince(b)) > settings.windowChangeS();
  }

  List<AlertAction> tick(UtcTime now) {
    return clearFrom(settings.clearAfterS(), now);
  }

  List<AlertAction> end(UtcTime now) {
    List<AlertAction> clear = clearFrom(0, now);
    closed = true;
    return clear;
  }

  List<AlertAction> withdraw(UtcTime now) {
    closed = true;
    withdrawn = true;
    return takeBack(now);
  }

  List<AlertAction> takeBack(UtcTime now) {
    Alert before = standing;
    histories.clear();
    return before == null
        ? List.of()
        : List.of(
            new AlertAction.Cancel(
                make(MessageType.CANCEL, before.areas(), before.evidence(), now)));
  }

  /** Takes over the alert of {@code part}, which is left as if nothing had been said of it. */
  List<AlertAction> join(Warning part, UtcTime now) {
    if (closed) {
      return withdrawn ? part.takeBack(now) : part.end(now);
    }
    Alert theirs = part.standing;
    Alert own = standing;
    part.histories.forEach((code, w) -> histories.merge(code, w, AreaHistory::sooner));
    references.addAll(0, part.references);
    windowsBehindNs = Math.max(windowsBehindNs, part.windowsBehindNs);
    part.standing = null;
    part.references.clear();
    part.histories.clear();
    if (theirs == null) {
      return List.of();
    }
    if (own == null) {
      standing = theirs;
      sentAt = part.sentAt;
      return List.of();
    }
    TreeMap<String, AreaAtRisk> areas = new TreeMap<>();
    theirs.areas().forEach(a -> areas.put(a.area().code(), a));
    own.areas().forEach(a -> areas.put(a.area().code(), a));
    TreeSet<TrackId> tracks = new TreeSet<>(theirs.evidence().tracks());
    tracks.addAll(own.evidence().tracks());
    return List.of(
        new AlertAction.Update(
            make(
                MessageType.UPDATE,
                List.copyOf(areas.values()),
                new Evidence(List.copyOf(tracks)),
                now)));
  }

  /** The all-clear, if the last window ended {@code afterS} seconds ago or earlier. */
  private List<AlertAction> clearFrom(double afterS, UtcTime now) {
    Alert before = standing;
    if (before == null) {
      return List.of();
    }
    UtcTime last = before.areas().get(0).latest();
    for (AreaAtRisk r : before.areas()) {
      last = UtcTime.max(last, r.latest());
    }
    for (AreaHistory w : histories.values()) {
      last = w.isConfirmed() ? UtcTime.max(last, w.risk().latest()) : last;
    }
    if (byWindows(now).isBefore(last.plusSeconds(afterS))) {
      return List.of();
    }
    closed = true;
    return List.of(
        new AlertAction.AllClear(
            make(MessageType.ALL_CLEAR, before.areas(), before.evidence(), now)));
  }

  private Alert make(MessageType type, List<AreaAtRisk> areas, Evidence evidence, UtcTime now) {
    sequence++;
    Alert alert =
        new Alert(
            String.format(
                java.util.Locale.ROOT,
                "parallax-%s-%s-%s-%04d",
                sender,
                channel,
                eventKey,
                sequence),
            channel,
            sender,
            eventKey,
            type,
            now,
            areas,
            references,
            evidence,
            AlertTexts.compose(channel, sender, type, areas));
    switch (type) {
      case ALERT, UPDATE -> {
        standing = alert;
        sentAt = now;
        references.add(alert.reference());
      }
      case CANCEL, ALL_CLEAR -> {
        standing = null;
        references.clear();
        histories.clear();
      }
    }
    return alert;
  }
}
