package parallax.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import parallax.audit.Checkpoint;
import parallax.audit.CheckpointJudge;
import parallax.audit.CheckpointJudge.Judgement;
import parallax.audit.CheckpointOffers;
import parallax.credentials.Fingerprints;
import parallax.files.SmallFile;
import parallax.files.WholeFile;

/**
 * What a partner has shown of its head logs, as files:
 *
 * <pre>
 *   current                            when the log began that it goes on with
 *   20261125T034742.572Z/checkpoint    the newest checkpoint of the log that began then
 *   20261125T034742.572Z/at-60         those that every partner is shown
 *   evidence/003-FORK                  what contradicts: both checkpoints, signed
 * </pre>
 *
 * Each file's time is when it was taken.
 */
public final class HeldCheckpoints {
  private static final String CURRENT = "current";
  private static final String EVIDENCE = "evidence";
  private static final int MOST_EVIDENCE = 100;

  private final Path root;

  /** What is held in {@code root}, which need not be there yet. */
  public HeldCheckpoints(Path root) {
    this.root = root;
  }

  /** Whether a folder holds such files. */
  public static boolean isFolder(Path folder) {
    return Files.isRegularFile(folder.resolve(CURRENT));
  }

  /** The newest checkpoint of the log that the partner goes on with. */
  Optional<Checkpoint.Signed> newest() throws IOException {
    Path current = root.resolve(CURRENT);
    return Files.isRegularFile(current)
        ? Optional.of(
            Checkpoint.Signed.parse(
                SmallFile.bytes(root.resolve(Files.readString(current)).resolve(Checkpoint.PATH))))
        : Optional.empty();
  }

  /** When the newest was taken, UTC nanoseconds. */
  long takenNs() throws IOException {
    Path log = root.resolve(Files.readString(root.resolve(CURRENT)));
    return Files.getLastModifiedTime(log.resolve(Checkpoint.PATH)).to(TimeUnit.NANOSECONDS);
  }

  /** The names of the logs that the partner left for others. */
  List<String> left() throws IOException {
    List<String> out = new ArrayList<>();
    String current =
        Files.isRegularFile(root.resolve(CURRENT)) ? Files.readString(root.resolve(CURRENT)) : "";
    for (Path p : list(root)) {
      Path checkpoint = p.resolve(Checkpoint.PATH);
      if (Files.isRegularFile(checkpoint) && !p.endsWith(current)) {
        out.add(Checkpoint.Signed.parse(SmallFile.bytes(checkpoint)).checkpoint().origin());
      }
    }
    return out;
  }

  /** Every checkpoint that is held, by path. */
  public List<Path> checkpoints() throws IOException {
    List<Path> out = new ArrayList<>();
    for (Path log : list(root)) {
      if (Files.isRegularFile(log.resolve(Checkpoint.PATH))) {
        out.addAll(list(log));
      }
    }
    return out;
  }

  /** Everything that is kept as evidence, by path. */
  public List<Path> evidence() throws IOException {
    return list(root.resolve(EVIDENCE));
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  /**
   * Keeps what a judgement says is to be kept.
   *
   * @return SHA-256 of what is kept as evidence, 64 hexadecimal digits; empty when nothing is
   */
  String keep(Judgement j) throws IOException {
    if (j.verdict().replacesHeld()) {
      Checkpoint.Signed shown = j.shown().orElseThrow();
      String began = CheckpointJudge.began(shown.checkpoint());
      Path log = root.resolve(began);
      Files.createDirectories(log);
      if (CheckpointOffers.isShownToAll(shown.checkpoint().size())) {
        WholeFile.write(log.resolve("at-" + shown.checkpoint().size()), shown.bytes());
      }
      WholeFile.write(log.resolve(Checkpoint.PATH), shown.bytes());
      WholeFile.write(root.resolve(CURRENT), began.getBytes(StandardCharsets.US_ASCII));
    }
    int kept = evidence().size();
    if (j.evidence().length == 0 || kept >= MOST_EVIDENCE) {
      return "";
    }
    Path evidence = root.resolve(EVIDENCE);
    Files.createDirectories(evidence);
    WholeFile.write(
        evidence.resolve(String.format(Locale.ROOT, "%03d-%s", kept + 1, j.verdict())),
        j.evidence());
    return Fingerprints.sha256(j.evidence());
  }
}
