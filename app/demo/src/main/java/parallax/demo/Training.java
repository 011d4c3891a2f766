package parallax.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parallax.host.NodeSettings;
import parallax.model.Nation;

/**
 * Trains a node: runs two node processes with directories of their own under full load, one of
 * which records what it needed and ran hot, so that nodes that are started later need not find out
 * again. The node that records begins as most starts do, from a snapshot; it files, tracks,
 * releases, sends, receives, warns and is watched.
 */
public final class Training {
  /** The options that the launcher gives to a node. */
  private static final List<String> AS_LAUNCHED =
      List.of("-Xms96m", "-XX:NewSize=48m", "-XX:+UseSerialGC");

  private static final Nation TRAINED = Nation.JPN;
  private static final Nation PARTNER = Nation.KOR;
  private static final Duration BEFORE = Duration.ofSeconds(3);
  private static final long LINKS_S = 60;
  private static final long STOP_S = 60;

  /** The Java machine makes its file after the node has stopped. */
  private static final long MAKE_S = 180;

  private static final int TRACKS_A_SECOND = 1_000;
  private static final int PARTNERS_TRACKS_A_SECOND = 300;
  private static final int LAST_LINES = 5;

  /**
   * What to do.
   *
   * @param directory an empty folder where the nodes live meanwhile; it is removed at the end
   * @param file the file to make; a file of that name is replaced by a whole one
   * @param load how long the node is loaded while it records
   */
  public record Plan(Path directory, Path file, Duration load) {}

  private final Plan plan;
  private final Consumer<String> said;
  private final Map<Nation, Process> running = new TreeMap<>();

  /** A run that says what it does. */
  public Training(Plan plan, Consumer<String> said) {
    this.plan = plan;
    this.said = said;
  }

  /**
   * Runs to the end.
   *
   * @throws IOException when a node does not do what it should, or leaves no file
   * @throws GeneralSecurityException when keys cannot be made
   */
  public void run() throws IOException, GeneralSecurityException, InterruptedException {
    Path made =
        plan.file.resolveSibling(
            plan.file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "end of training"));
    try {
      said.accept("preparing two nodes");
      DemoDirectories dirs = DemoDirectories.prepare(plan.directory);
      settle(dirs, TRAINED, PARTNER);
      settle(dirs, PARTNER, TRAINED);
      start(dirs, PARTNER, AS_LAUNCHED);
      start(dirs, TRAINED, AS_LAUNCHED);
      load(dirs, "before", BEFORE);
      stop(TRAINED, STOP_S);
      List<String> recording = new ArrayList<>(AS_LAUNCHED);
      recording.addAll(WarmStart.recording(made, WarmStart.version()));
      start(dirs, TRAINED, recording);
      said.accept("training for " + plan.load.toSeconds() + " s");
      load(dirs, "training", plan.load);
      said.accept("writing down what was learned");
      stop(TRAINED, STOP_S + MAKE_S);
      stop(PARTNER, STOP_S);
      keep(made);
    } finally {
      end();
      Files.deleteIfExists(made);
      Files.deleteIfExists(made.resolveSibling(made.getFileName() + ".config"));
    }
  }

  /** One partner, and the clock of the wall. */
  private static void settle(DemoDirectories dirs, Nation nation, Nation partner)
      throws IOException {
    NodeSettings s = dirs.settings(nation);
    NodeSettings settled =
        new NodeSettings(
            nation,
            s.channel(),
            s.linkAddress(),
            s.nationalAddress(),
            new TreeMap<>(Map.of(partner, dirs.settings(partner).linkAddress())),
            new TreeMap<>(),
            false,
            s.durability());
    Files.writeString(
        dirs.node(nation).root().resolve(NodeSettings.FILE),
        settled.format(),
        StandardCharsets.UTF_8);
  }

  private void start(DemoDirectories dirs, Nation nation, List<String> options) throws IOException {
    Process p = NodeProcess.start(dirs.node(nation).root(), options);
    synchronized (running) {
      running.put(nation, p);
    }
  }

  private void load(DemoDirectories dirs, String name, Duration time)
      throws IOException, GeneralSecurityException, InterruptedException {
    try (TrainingLoad trained = new TrainingLoad(TRAINED, dirs);
        TrainingLoad partner = new TrainingLoad(PARTNER, dirs)) {
      if (!trained.awaitLinks(LINKS_S)) {
        throw new IOException("the nodes are not linked after " + LINKS_S + " s: " + lastLines());
      }
      trained.begin(name, TRACKS_A_SECOND);
      partner.begin(name, PARTNERS_TRACKS_A_SECOND);
      if (process(TRAINED).waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the node has ended by itself: " + lastLines());
      }
    }
  }

  private Process process(Nation nation) {
    synchronized (running) {
      Process p = running.get(nation);
      if (p == null) {
        throw new IllegalStateException("no node of " + nation + " was started");
      }
      return p;
    }
  }

  private void stop(Nation nation, long seconds) throws IOException, InterruptedException {
    Process p = process(nation);
    p.destroy();
    if (!p.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new IOException(
          "the node of " + nation + " has not ended after " + seconds + " s: " + lastLines());
    }
  }

  private String lastLines() throws IOException {
    Path log = plan.directory.resolve(TRAINED.code()).resolve("node.log");
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /** Puts the file in its place, whole also after a loss of power. */
  private void keep(Path made) throws IOException {
    if (!Files.isRegularFile(made)) {
      throw new IOException("the Java machine has left no file: " + lastLines());
    }
    try (FileChannel file = FileChannel.open(made, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(
        made, plan.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Ends what still runs, and removes what the nodes had; also when the training is stopped. */
  private void end() {
    synchronized (running) {
      for (Process p : running.values()) {
        p.descendants().forEach(ProcessHandle::destroyForcibly);
        p.destroyForcibly();
        p.onExit().join();
      }
      running.clear();
      try {
        if (Files.exists(plan.directory)) {
          Demo.delete(plan.directory);
        }
      } catch (IOException e) {
        said.accept("left behind: " + plan.directory + " (" + e.getMessage() + ")");
      }
    }
  }
}
