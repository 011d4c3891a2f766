package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.audit.Checkpoint;
import parallax.audit.LogComparison;
import parallax.audit.LogFiles;
import parallax.audit.LogReader;
import parallax.audit.NoteKey;
import parallax.credentials.NationKeys;
import parallax.host.LogDirectory;
import parallax.host.NodeDirectory;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * A log as a user names it: a node's directory, a log's directory (a copy will do), or a checkpoint
 * alone.
 *
 * @param named what the user named
 * @param node the node's directory, if it is one
 * @param files the log's files, unless there is a checkpoint alone
 * @param checkpoint the checkpoint's file
 */
record LogPlace(
    Path named, Optional<NodeDirectory> node, Optional<LogFiles> files, Path checkpoint) {

  /** Finds a log; it must be a directory. */
  static LogPlace directory(Path path) {
    LogPlace place = of(path);
    if (place.files().isEmpty()) {
      throw new WrongUse(path + " is no directory; expected a node's or a log's");
    }
    return place;
  }

  /** Finds a log or a checkpoint. */
  static LogPlace of(Path path) {
    if (Files.isRegularFile(path)) {
      return new LogPlace(path, Optional.empty(), Optional.empty(), path);
    }
    if (!Files.isDirectory(path)) {
      throw new WrongUse("no directory or file at " + path);
    }
    NodeDirectory node = new NodeDirectory(path);
    if (Files.isDirectory(node.log())) {
      return log(path, Optional.of(node), node.log());
    }
    if (Files.exists(path.resolve(Checkpoint.PATH)) || Files.isDirectory(path.resolve("tile"))) {
      return log(path, Optional.empty(), path);
    }
    throw new WrongUse("no log in " + path + "; expected log/ of a node, or checkpoint and tile/");
  }

  private static LogPlace log(Path named, Optional<NodeDirectory> node, Path log) {
    return new LogPlace(
        named, node, Optional.of(new LogDirectory(log)), log.resolve(Checkpoint.PATH));
  }

  /** The log's files. */
  LogFiles log() {
    return files.orElseThrow();
  }

  /** The checkpoint, no signature verified. */
  Checkpoint.Signed signed() throws IOException {
    return files.isPresent()
        ? LogReader.checkpoint(files.get())
        : parse(checkpoint, Checkpoint.Signed::parse);
  }

  /** The checkpoint and what is beside it, for comparing. */
  LogComparison.View view(NoteKey key) throws IOException {
    Checkpoint.Signed signed = signed();
    signed.requireSignedBy(key);
    return new LogComparison.View(signed, files);
  }

  /** The log's key: of a file, or of the node's own directory; empty when there is neither. */
  Optional<NoteKey> key(@Nullable Path file) throws IOException {
    String origin = signed().checkpoint().origin();
    if (file != null) {
      return Optional.of(readKey(file, origin));
    }
    if (node.isEmpty()) {
      return Optional.empty();
    }
    Path keys = node.get().keys();
    Channel channel = owner(origin).channel();
    for (Path half : List.of(NationKeys.logKey(keys, channel), NationKeys.logSeed(keys, channel))) {
      if (Files.isRegularFile(half)) {
        return Optional.of(readKey(half, origin));
      }
    }
    return Optional.empty();
  }

  /** The log's key, which must be found. */
  NoteKey requiredKey(@Nullable Path file) throws IOException {
    return key(file)
        .orElseThrow(
            () ->
                new WrongUse("the key of the log in " + named + " is not here; name it by --key"));
  }

  /** Whose log an origin names. */
  private record Owner(Nation nation, Channel channel) {}

  private static Owner owner(String origin) {
    String[] parts = origin.split("/", -1);
    String expected = "parallax/<NATION>/<CHANNEL>/[heads/]<when it began>";
    boolean named = parts.length == 4 || (parts.length == 5 && parts[3].equals("heads"));
    if (named && parts[0].equals("parallax")) {
      for (Channel c : Channel.values()) {
        if (c.name().equals(parts[2])) {
          return new Owner(new Nation(parts[1]), c);
        }
      }
    }
    throw new WrongUse("the log calls itself '" + origin + "'; expected " + expected);
  }

  /** Reads a key: a file of {@code parallax keys}, or the text form other programs use. */
  static NoteKey readKey(Path file, String origin) throws IOException {
    String text = GivenFile.text(file, "the log's public key").strip();
    try {
      if (text.indexOf('+') > 0 && text.indexOf(' ') < 0) {
        return NoteKey.parse(text);
      }
      Owner owner = owner(origin);
      return new NoteKey(
          origin, NoteKey.Use.NOTE, NationKeys.readLogKey(file, owner.nation(), owner.channel()));
    } catch (InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }

  /** Reads bytes into something. */
  interface Parser<T> {
    T parse(byte[] bytes);
  }

  /** Reads a file that must hold a certain thing. */
  static <T> T parse(Path file, Parser<T> parser) {
    byte[] bytes = GivenFile.bytes(file, "what parallax audit has written");
    try {
      return parser.parse(bytes);
    } catch (InvalidValueException e) {
      throw new InvalidValueException(
          file.toString(), "damaged: " + e.getMessage(), "as it was made");
    }
  }
}
