package parallax.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import parallax.audit.AuditTrail;
import parallax.audit.EntrySalt;
import parallax.audit.LogEntry;
import parallax.audit.LogWriter;
import parallax.credentials.NationKeys;
import parallax.demo.TwoNodes;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.host.LogDirectory;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.DefaultFiles;
import parallax.signing.SigningKey;
import parallax.wire.ProtoReportCodec;

/** Two running nodes, one that is down, good files of every kind, and files that are wrong. */
final class MistakenFiles implements AutoCloseable {
  private static final String TEXT = "name: Tokyo\nversion: 1\n";

  final Path folder;
  private final TwoNodes nodes;
  private final Path wrong;

  /** Folders of operators whom the running node must refuse, by what is wrong. */
  final Map<String, Path> strangers;

  /** Directories of the node that is down, each with one file spoilt, by what is wrong. */
  final Map<String, Path> spoiltNodes;

  MistakenFiles(Path folder) throws Exception {
    this.folder = folder;
    this.wrong = Files.createDirectories(folder.resolve("wrong"));
    this.nodes =
        new TwoNodes(
            folder.resolve("nodes"),
            (from, to, address) -> address,
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    makeGood();
    makeWrong();
    strangers = strangers();
    spoiltNodes = spoiltNodes();
  }

  /** The directory of a node that runs. */
  Path running() {
    return nodes.directory(Nation.JPN);
  }

  /** The directory of a node that does not. */
  Path down() {
    return folder.resolve("nodes").resolve("USA");
  }

  /** Certificates of the clients of a nation. */
  Path clients(Nation nation) {
    return folder.resolve("nodes").resolve("clients").resolve(nation.code());
  }

  /** A nation's keys that no node may hold. */
  Path offline(Nation nation) {
    return folder.resolve("nodes").resolve("offline").resolve(nation.code());
  }

  Path good(String name) {
    return folder.resolve(name);
  }

  private void makeGood() throws IOException {
    Files.write(good("agreement.yaml"), DefaultFiles.agreement());
    Files.write(good("policy.yaml"), DefaultFiles.policy(Nation.JPN));
    Typed.good("policy", "new", "--nation", "JPN", "--dir", folder.resolve("new"));
    Files.copy(
        folder.resolve("new").resolve(DefaultFiles.examplesName(Nation.JPN)),
        good("examples.yaml"));
    Files.copy(
        folder.resolve("new").resolve(DefaultFiles.policyName(Nation.JPN)),
        good(DefaultFiles.policyName(Nation.JPN)));
    Typed label =
        Typed.good(
            "label",
            "write",
            "--classification",
            "restricted",
            "--releasable-to",
            "JPN,KOR",
            "--created",
            "2023-04-12T22:23:00Z");
    Files.writeString(good("label.xml"), label.out());
    Typed.good("audit", "prove", running(), "--entry", "0", "--out", good("a.tlog-proof"));
    Files.copy(offline(Nation.JPN).resolve("log-EXERCISE.pub"), good("log.pub"));
    makeFork();
    Typed.good(
        "setup",
        "--dir",
        good("set up"),
        "--nation",
        "JPN",
        "--channel",
        "EXERCISE",
        "--party",
        "KOR",
        "--no-questions");
    Typed.good("feed", "--example", good("plots.csv"));
    secret("passphrase", "a passphrase\n".getBytes(StandardCharsets.UTF_8));
    secret("secret.key", Files.readAllBytes(offline(Nation.JPN).resolve("ca.key")));
  }

  /** A log that was signed in two versions, and the proof of it. */
  private void makeFork() throws IOException {
    Path keys = offline(Nation.JPN);
    SigningKey key = NationKeys.ownLogSeed(keys, Nation.JPN, Channel.EXERCISE);
    EntrySalt salt = new EntrySalt(new byte[EntrySalt.SECRET_LENGTH]);
    for (String version : new String[] {"one", "two"}) {
      LogWriter log =
          LogWriter.begin(
              new LogDirectory(folder.resolve("fork " + version)),
              "parallax/JPN/EXERCISE/20260101T000000.000Z");
      AuditTrail trail = new AuditTrail(Nation.JPN, Channel.EXERCISE, new ProtoReportCodec());
      Order order = new Order.Suspend(Nation.KOR, Order.Direction.BOTH, version);
      Input.Stamped in = new Input.Stamped(new UtcTime(0), 0, new Input.Ordered("somebody", order));
      List<Effect> effects = List.of(new Effect.OrderAnswered("somebody", order, true, version));
      for (LogEntry e : trail.entries(1, in, effects)) {
        log.append(e.bytes(salt.of(log.size())));
      }
      log.checkpoint(key);
    }
    Typed.bad(
        1,
        "audit",
        "compare",
        folder.resolve("fork one"),
        folder.resolve("fork two"),
        "--key",
        good("log.pub"),
        "--out",
        good("fork"));
  }

  private void secret(String name, byte[] content) throws IOException {
    Files.write(good(name), content);
    Files.setPosixFilePermissions(good(name), PosixFilePermissions.fromString("rw-------"));
  }

  private void makeWrong() throws IOException {
    Files.createDirectories(wrong.resolve("empty folder"));
    Files.write(wrong.resolve("empty"), new byte[0]);
    Files.write(wrong.resolve("utf-16"), TEXT.getBytes(StandardCharsets.UTF_16LE));
    Files.write(wrong.resolve("latin-1"), (TEXT + "\u00e9").getBytes(StandardCharsets.ISO_8859_1));
    byte[] random = new byte[5_000];
    new java.util.Random(13).nextBytes(random);
    Files.write(wrong.resolve("binary"), random);
    Files.write(wrong.resolve("nul"), (TEXT + "\0").getBytes(StandardCharsets.UTF_8));
    Files.writeString(wrong.resolve("one long line"), "time_utc,sensor ".repeat(200));
    Files.writeString(wrong.resolve("text"), "Dear colleague,\n\nplease find enclosed: nothing.\n");
    Files.write(
        wrong.resolve("pem"),
        "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkq\n-----END CERTIFICATE-----\n"
            .getBytes(StandardCharsets.US_ASCII));
    Path huge = wrong.resolve("huge");
    try (FileChannel c =
        FileChannel.open(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      c.write(ByteBuffer.wrap(new byte[] {'x'}), 3L << 30); // sparse
    }
    Path loop = wrong.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    Path locked = Files.writeString(wrong.resolve("locked"), TEXT);
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
  }

  /** Files that no command can use, each with what is wrong with it. */
  Map<String, Path> unusableFiles() {
    Map<String, Path> out = new LinkedHashMap<>();
    out.put("a missing file", wrong.resolve("nowhere").resolve("at all"));
    out.put("a folder for a file", wrong.resolve("empty folder"));
    for (String name :
        new String[] {
          "empty", "utf-16", "latin-1", "binary", "nul", "text", "one long line", "pem", "huge"
        }) {
      out.put("a file that is " + name, wrong.resolve(name));
    }
    out.put("a link to itself", wrong.resolve("loop"));
    out.put("a file in a file", wrong.resolve("text").resolve("inside"));
    out.put("a name that is too long", wrong.resolve("x".repeat(300)));
    if (!Files.isReadable(wrong.resolve("locked"))) {
      out.put("a file without permission", wrong.resolve("locked")); // root may read it
    }
    Path failing = Path.of("/proc/self/mem");
    if (Files.exists(failing)) {
      out.put("a file whose disk fails", failing);
    }
    return out;
  }

  /** Folders that no command can use. */
  Map<String, Path> unusableFolders() {
    Map<String, Path> out = new LinkedHashMap<>();
    out.put("a missing folder", wrong.resolve("nowhere"));
    out.put("a file for a folder", wrong.resolve("text"));
    out.put("an empty folder", wrong.resolve("empty folder"));
    out.put("a link to itself", wrong.resolve("loop"));
    return out;
  }

  /** Paths at which no file can be made. */
  Map<String, Path> unwritable() {
    Map<String, Path> out = new LinkedHashMap<>();
    out.put("a file in a missing folder", wrong.resolve("nowhere").resolve("out"));
    out.put("a file in a file", wrong.resolve("text").resolve("out"));
    out.put("a folder for a file", wrong.resolve("empty folder"));
    out.put("a file in a folder that takes none", Path.of("/proc/self/out"));
    return out;
  }

  /** Folders in which no file can be made. */
  Map<String, Path> unwritableFolders() {
    Map<String, Path> out = new LinkedHashMap<>();
    out.put("a folder in a file", wrong.resolve("text").resolve("out"));
    out.put("a file for a folder", wrong.resolve("text"));
    out.put("a folder in a folder that takes none", Path.of("/proc/self/out"));
    return out;
  }

  private Map<String, Path> spoiltNodes() throws IOException {
    Map<String, Path> out = new LinkedHashMap<>();
    String[] files = {"node.yaml", "keys/ca.pem"};
    String[] kinds = {"empty", "utf-16", "latin-1", "binary", "one long line", "pem", "huge"};
    for (String file : files) {
      for (String kind : kinds) {
        Path node = copy(down(), "node " + out.size());
        Files.delete(node.resolve(file));
        Files.createSymbolicLink(node.resolve(file), wrong.resolve(kind));
        out.put("a node whose " + file + " is " + kind, node);
      }
      Path node = copy(down(), "node " + out.size());
      Files.delete(node.resolve(file));
      out.put("a node without " + file, node);
    }
    return out;
  }

  private Map<String, Path> strangers() throws IOException {
    Map<String, Path> out = new LinkedHashMap<>();
    out.put("an operator of another nation", clients(Nation.KOR));
    Path sensor = operator("sensor", clients(Nation.JPN), "sensor.pem", "sensor.key");
    out.put("a sensor for an operator", sensor);
    Path made = folder.resolve("made");
    Typed.good("keys", "new", "--nation", "JPN", "--dir", made);
    out.put("an operator of another authority", made);
    Path mixed = operator("mixed", clients(Nation.JPN), "operator.pem", "sensor.key");
    out.put("a key of another certificate", mixed);
    Path damaged = operator("damaged", clients(Nation.JPN), "operator.pem", "operator.key");
    Files.copy(
        wrong.resolve("pem"), damaged.resolve("operator.pem"), StandardCopyOption.REPLACE_EXISTING);
    out.put("a damaged certificate", damaged);
    Path binary = operator("binary key", clients(Nation.JPN), "operator.pem", "operator.key");
    Files.copy(
        wrong.resolve("binary"),
        binary.resolve("operator.key"),
        StandardCopyOption.REPLACE_EXISTING);
    out.put("a binary key", binary);
    Path keyless = operator("keyless", clients(Nation.JPN), "operator.pem", "operator.key");
    Files.delete(keyless.resolve("operator.key"));
    out.put("a certificate without its key", keyless);
    Path locked = operator("locked", clients(Nation.JPN), "operator.pem", "operator.key");
    Typed.good(
        "keys", "encrypt", locked.resolve("operator.key"), "--passphrase-file", good("passphrase"));
    out.put("an encrypted key without a terminal", locked);
    return out;
  }

  private Path operator(String name, Path from, String pem, String key) throws IOException {
    Path to = Files.createDirectories(folder.resolve("operators").resolve(name));
    Files.copy(from.resolve(pem), to.resolve("operator.pem"));
    Files.copy(from.resolve(key), to.resolve("operator.key"));
    return to;
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = folder.resolve("spoilt").resolve(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.toList()) {
        Path target = to.resolve(from.relativize(p).toString());
        if (Files.isDirectory(p)) {
          Files.createDirectories(target);
        } else {
          Files.copy(p, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return to;
  }

  @Override
  public void close() throws IOException {
    nodes.close();
  }
}
