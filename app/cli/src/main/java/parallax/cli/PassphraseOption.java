package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.credentials.Passphrase;
import picocli.CommandLine.Option;

/** Where a command gets the passphrase of an encrypted key from. */
final class PassphraseOption {
  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "the file with the key's passphrase on its first line, which only its owner may read"
              + " (default: "
              + Passphrase.FILE
              + " beside the key, or else it is asked for)")
  private @Nullable Path file;

  /** For keys that are there. */
  Passphrase passphrase() {
    return file == null ? Passphrase.besideOrTyped() : Passphrase.in(file);
  }

  /** For keys that are made; empty when the option is not given. */
  Optional<char[]> given() throws IOException {
    return file == null ? Optional.empty() : Optional.of(Passphrase.in(file).of(file));
  }
}
