package parallax.host.check;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.warning.AreaCatalogue;

/** Looks at the clock, the disk and the list of areas. */
final class MachineCheck {
  private static final long MIB = 1024L * 1024L;
  private static final long TOO_LITTLE_BYTES = 100 * MIB;
  private static final long LITTLE_BYTES = 2048 * MIB;
  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final NodeDirectory directory;
  private final Machine machine;
  private final Findings f;

  MachineCheck(NodeDirectory directory, Machine machine, Findings f) {
    this.directory = directory;
    this.machine = machine;
    this.f = f;
  }

  void clock(Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.SECONDS);
    Optional<Boolean> kept = machine.clockIsKept();
    if (kept.isEmpty()) {
      f.ok(
          "clock",
          now
              + "; whether a time service keeps it cannot be seen from here: look with 'chronyc"
              + " tracking' or 'timedatectl'");
    } else if (kept.get()) {
      f.ok("clock", now + ", kept by a time service");
    } else {
      f.warning(
          "clock",
          now + ", and no time service keeps it: start one, such as chrony (docs/clocks.md)");
    }
    Path journal = directory.journal().resolve("journal.db");
    if (Files.exists(journal)) {
      f.read("clock", () -> Files.getLastModifiedTime(journal).toInstant())
          .filter(written -> written.isAfter(now.plus(AHEAD)))
          .ifPresent(
              written ->
                  f.warning(
                      "clock",
                      "the journal was written at "
                          + written
                          + ", which is later than now: is this machine's clock behind?"));
    }
  }

  void disk() {
    SortedSet<String> room = new TreeSet<>();
    for (Path p :
        List.of(
            directory.journal(),
            directory.log(),
            directory.heads(),
            directory.held(),
            directory.alerts(),
            directory.root())) {
      writable(p);
      nearest(p)
          .flatMap(n -> f.read("disk", () -> machine.roomBytes(n)))
          .ifPresent(b -> room(p, b, room));
    }
    Path journal = directory.journal().resolve("journal.db");
    if (Files.exists(journal) && !Files.isWritable(journal)) {
      f.error("disk", journal + " cannot be written by this user");
    }
  }

  /** Says how much room there is, once for folders with the same room. */
  private void room(Path p, long bytes, SortedSet<String> said) {
    String mib = String.format(Locale.ROOT, "%d MiB", bytes / MIB);
    if (!said.add(mib)) {
      return;
    }
    if (bytes < TOO_LITTLE_BYTES) {
      f.error("disk", "only " + mib + " are left for " + p + ": make room");
    } else if (bytes < LITTLE_BYTES) {
      f.warning("disk", "only " + mib + " are left for " + p + ": make room soon");
    } else {
      f.ok("disk", mib + " are left for " + p);
    }
  }

  private void writable(Path folder) {
    Optional<Path> n = nearest(folder);
    if (n.isEmpty()) {
      f.error("disk", folder + " is nowhere on this machine");
    } else if (!Files.isDirectory(n.get())) {
      f.error("disk", n.get() + " is a file where the node needs a folder: move it away");
    } else if (!Files.isWritable(n.get())) {
      f.error(
          "disk",
          n.get()
              + " cannot be written by this user: give the node's user the right to write there");
    }
  }

  /** The folder itself, or where it would be made. */
  private static Optional<Path> nearest(Path folder) {
    Path p = folder.toAbsolutePath();
    while (p != null && !Files.exists(p)) {
      p = p.getParent();
    }
    return Optional.ofNullable(p);
  }

  void areas(NodeSettings settings, AreaCatalogue areas) {
    int own = areas.areas(settings.nation()).size();
    String source = areas.source().isEmpty() ? "" : " (" + areas.source() + ")";
    if (own == 0) {
      f.warning(
          "areas",
          "the list of areas"
              + source
              + " has none of "
              + settings.nation()
              + ": this node can warn nobody");
    } else {
      f.ok("areas", own + " areas of " + settings.nation() + " can be warned" + source);
    }
  }
}
