package parallax.credentials;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import parallax.files.SmallFile;
import parallax.model.InvalidValueException;
import parallax.model.Utf8Text;

/**
 * Where the passphrase of an encrypted key comes from. A node reads it from the file {@value #FILE}
 * beside the key; a command at a terminal may also ask for it.
 */
@FunctionalInterface
public interface Passphrase {
  /** The file beside a key that holds its passphrase, on the first line. */
  String FILE = "key.passphrase";

  /**
   * The passphrase of a key.
   *
   * @param key the key's file
   * @throws InvalidValueException when there is none, saying what to do
   */
  char[] of(Path key) throws IOException;

  /** From the file beside the key, and nowhere else. */
  static Passphrase beside() {
    return key ->
        beside(key)
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        key.toString(),
                        "encrypted, and there is no " + key.resolveSibling(FILE),
                        "its passphrase in that file, which only its owner may read (chmod 600)"));
  }

  /** From a file that is named. */
  static Passphrase in(Path file) {
    return key -> read(file);
  }

  /** For commands: from the file beside the key, or else typed by whoever sits at the terminal. */
  static Passphrase besideOrTyped() {
    return key -> {
      Optional<char[]> beside = beside(key);
      Optional<Console> terminal = Terminal.find();
      return beside.isEmpty() && terminal.isPresent()
          ? typed(terminal.get(), "passphrase of " + key + ": ")
          : beside().of(key);
    };
  }

  /** The passphrase in the file beside a key; empty when there is no such file. */
  private static Optional<char[]> beside(Path key) throws IOException {
    return forNewKeysIn(key.resolveSibling("."));
  }

  /**
   * What new keys of a folder are encrypted with: the passphrase in its file {@value #FILE}, so
   * that whoever reads the others can read them. Empty when there is no such file.
   */
  static Optional<char[]> forNewKeysIn(Path folder) throws IOException {
    Path file = folder.resolve(FILE).normalize();
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** Asks for a passphrase. */
  private static char[] typed(Console console, String question) {
    char[] typed = console.readPassword("%s", question);
    if (typed == null || typed.length == 0) {
      throw new InvalidValueException("passphrase", "empty", "at least one character");
    }
    return typed;
  }

  /**
   * Asks twice for a passphrase for new keys.
   *
   * @throws InvalidValueException when there is no terminal, or the two differ
   */
  static char[] typedTwice() {
    Console console =
        Terminal.find()
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "passphrase",
                        "to be typed, but this is no terminal",
                        "it in a file: --passphrase-file"));
    char[] once = typed(console, "passphrase for the new keys: ");
    if (!Arrays.equals(once, typed(console, "the same once more: "))) {
      throw new InvalidValueException("passphrase", "typed in two ways", "the same twice");
    }
    return once;
  }

  /**
   * Reads the first line of a file.
   *
   * @throws InvalidValueException when others than its owner may read it, or it is empty
   */
  static char[] read(Path file) throws IOException {
    if (Files.exists(file) && KeyFolder.openToOthers(file).isPresent()) {
      throw new InvalidValueException(
          file.toString(),
          "open to others than its owner",
          "a file that only its owner may read (chmod 600)");
    }
    String text = Utf8Text.decode(SmallFile.whole(file), file.toString());
    String line = text.lines().findFirst().orElse("");
    if (line.isEmpty()) {
      throw new InvalidValueException(
          file.toString(), "without a passphrase", "the passphrase on the first line");
    }
    return line.toCharArray();
  }
}
