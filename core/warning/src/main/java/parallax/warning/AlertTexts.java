package parallax.warning;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.warning.Alert.MessageType;

/** Words an alert in Japanese, Korean and English from its areas and windows. */
final class AlertTexts {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private AlertTexts() {}

  /** The three texts, the sender's language first. */
  static List<AlertText> compose(
      Channel channel, Nation sender, MessageType type, List<AreaAtRisk> areas) {
    List<AlertText> texts = new ArrayList<>();
    for (Wording w : Wording.inOrderFor(sender)) {
      texts.add(
          new AlertText(
              w.language(),
              w.event(),
              headline(w, channel, type, areas),
              description(w, channel, sender, type, areas),
              instruction(w, channel, type, areas)));
    }
    return List.copyOf(texts);
  }

  private static String headline(
      Wording w, Channel channel, MessageType type, List<AreaAtRisk> areas) {
    String prefix = w.prefix(channel);
    return switch (type) {
      case ALERT -> prefix + danger(w, areas);
      case UPDATE -> prefix + w.update() + danger(w, areas);
      case CANCEL -> prefix + String.format(Locale.ROOT, w.cancel(), names(w, areas, r -> true));
      case ALL_CLEAR ->
          prefix + String.format(Locale.ROOT, w.allClear(), names(w, areas, r -> true));
    };
  }

  private static String danger(Wording w, List<AreaAtRisk> areas) {
    List<String> parts = new ArrayList<>();
    String impact = names(w, areas, r -> r.kind() == AreaAtRisk.Kind.IMPACT);
    String overflight = names(w, areas, r -> r.kind() == AreaAtRisk.Kind.OVERFLIGHT);
    if (!impact.isEmpty()) {
      parts.add(String.format(Locale.ROOT, w.impact(), impact));
    }
    if (!overflight.isEmpty()) {
      parts.add(String.format(Locale.ROOT, w.overflight(), overflight));
    }
    return String.join(" ", parts);
  }

  private static String names(
      Wording w, List<AreaAtRisk> areas, Function<AreaAtRisk, Boolean> which) {
    List<String> names = new ArrayList<>();
    for (AreaAtRisk r : areas) {
      if (which.apply(r)) {
        names.add(w.nameOf(r.area()));
      }
    }
    String all = String.join(w.comma(), names);
    // CAP suggests 160 characters for a headline; the description lists every area.
    return all.length() <= 120 ? all : String.format(Locale.ROOT, w.many(), names.size());
  }

  private static String description(
      Wording w, Channel channel, Nation sender, MessageType type, List<AreaAtRisk> areas) {
    StringBuilder b = new StringBuilder(w.notice(channel));
    switch (type) {
      case ALERT, UPDATE -> {
        for (AreaAtRisk r : areas) {
          String line = r.kind() == AreaAtRisk.Kind.IMPACT ? w.impactLine() : w.overflightLine();
          b.append(
              String.format(
                  Locale.ROOT,
                  line,
                  w.nameOf(r.area()),
                  clock(r.earliest(), sender, false),
                  clock(r.latest(), sender, true),
                  w.zone(sender)));
        }
      }
      case CANCEL -> b.append(w.cancelDetail());
      case ALL_CLEAR -> b.append(w.allClearDetail());
    }
    return b.toString();
  }

  private static String instruction(
      Wording w, Channel channel, MessageType type, List<AreaAtRisk> areas) {
    String notice = w.notice(channel);
    return switch (type) {
      case ALERT, UPDATE ->
          areas.stream().anyMatch(r -> r.kind() == AreaAtRisk.Kind.IMPACT)
              ? notice + w.shelter()
              : notice + w.shelterUnderPath();
      case CANCEL, ALL_CLEAR -> notice + w.resume();
    };
  }

  /** Local offset of a nation's warnings: +09:00 for Japan and Korea, otherwise UTC. */
  static ZoneOffset offset(Nation sender) {
    return sender.equals(Nation.JPN) || sender.equals(Nation.KOR)
        ? ZoneOffset.ofHours(9)
        : ZoneOffset.UTC;
  }

  /** Hours and minutes; an end of a window is rounded up, so that the window holds the truth. */
  private static String clock(UtcTime t, Nation sender, boolean up) {
    Instant i = t.toInstant();
    Instant minute = i.truncatedTo(ChronoUnit.MINUTES);
    if (up && minute.isBefore(i)) {
      minute = minute.plus(1, ChronoUnit.MINUTES);
    }
    return CLOCK.format(minute.atOffset(offset(sender)));
  }
}
