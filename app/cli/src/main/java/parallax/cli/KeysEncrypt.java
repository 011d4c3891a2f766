package parallax.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import parallax.credentials.NewKeys;
import parallax.credentials.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code parallax keys encrypt}. */
@Command(
    name = "encrypt",
    mixinStandardHelpOptions = true,
    description =
        "Encrypts secrets that lie in files without a passphrase, such as ca.key and"
            + " agreement.seed. Without --passphrase-file it asks for the passphrase.")
final class KeysEncrypt implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "the secrets: .key, .seed")
  private List<Path> files = List.of();

  @Mixin private PassphraseOption passphrase = new PassphraseOption();

  @Override
  public Integer call() throws IOException {
    return KeysCommand.work(
        () -> {
          files.forEach(f -> GivenFile.require(f, "a secret: .key or .seed"));
          char[] given = passphrase.given().orElseGet(Passphrase::typedTwice);
          for (Path file : files) {
            NewKeys.encrypt(file, given);
            System.out.println(file + " is encrypted");
          }
          System.out.println(
              "What a file held before may still be found on its disk; a new key is the safe way"
                  + " where that matters.");
        });
  }
}
