package parallax.formats.cap;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import parallax.model.Nation;
import parallax.model.UtcTime;

/**
 * Dates and times as the CAP schema wants them: whole seconds (cut off) and a numeric offset, for
 * example {@code 2023-04-13T07:23:40+09:00}. Japan and Korea write their own offset; others write
 * UTC, which CAP 1.2 (section 3.3.2) spells {@code -00:00}.
 */
final class CapTime {
  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private CapTime() {}

  static String of(UtcTime time, Nation sender) {
    boolean east = sender.equals(Nation.JPN) || sender.equals(Nation.KOR);
    OffsetDateTime there = time.toInstant().atOffset(east ? ZoneOffset.ofHours(9) : ZoneOffset.UTC);
    return LOCAL.format(there) + (east ? "+09:00" : "-00:00");
  }
}
