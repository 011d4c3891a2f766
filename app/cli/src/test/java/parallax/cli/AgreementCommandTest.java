package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parallax agreement}, as it is typed, from the first text to an amendment. */
class AgreementCommandTest {
  private static final String AT = "2026-11-25T00:00:00Z";
  private static final List<String> PARTIES = List.of("JPN", "KOR", "USA");

  @TempDir Path folder;
  private Path file = Path.of("");
  private Path keys = Path.of("");

  @BeforeEach
  void eachPartyHasAnOfflineKey() throws Exception {
    keys = Files.createDirectory(folder.resolve("public"));
    file = folder.resolve("agreement.yaml");
    for (String n : PARTIES) {
      Path made = folder.resolve(n);
      Files.createDirectories(made);
      Files.writeString(
          made.resolve("agreement.seed"),
          n + " agreement secret " + n.charAt(0) % 10 + "1".repeat(63) + "\n");
      Files.writeString(keys.resolve(n + ".pub"), n + " agreement public " + key(n).toHex() + "\n");
    }
  }

  private static parallax.signing.VerificationKey key(String nation) {
    return parallax.signing.SigningKey.fromSeed(
            java.util.HexFormat.of().parseHex(nation.charAt(0) % 10 + "1".repeat(63)))
        .key();
  }

  private Typed sign(int code, Path what, String nation, String channel) {
    return Typed.bad(
        code,
        "agreement",
        "sign",
        what,
        "--nation",
        nation,
        "--key",
        folder.resolve(nation).resolve("agreement.seed"),
        "--channel",
        channel);
  }

  private Typed verify(int code, Path what, String channel, String at) {
    return Typed.bad(
        code, "agreement", "verify", what, "--keys", keys, "--channel", channel, "--at", at);
  }

  @Test
  void isInForceOnlyOnceEveryPartyHasSignedForTheChannel() {
    Typed.good("agreement", "new", file);
    Typed.bad(2, "agreement", "new", file);
    for (String n : PARTIES) {
      assertTrue(verify(1, file, "EXERCISE", AT).out().contains("signature of " + n));
      sign(0, file, n, "EXERCISE");
    }
    assertTrue(verify(0, file, "EXERCISE", AT).out().contains("EXERCISE: in force until 2036"));
    assertTrue(verify(1, file, "REAL", AT).out().contains("for REAL is missing"));
    assertTrue(verify(1, file, "EXERCISE", "2036-01-01T00:00:00Z").out().contains("expired"));
    assertTrue(verify(1, file, "EXERCISE", "2015-01-01T00:00:00Z").out().contains("not yet"));
    PARTIES.forEach(n -> sign(0, file, n, "REAL"));
    assertTrue(verify(0, file, "REAL", AT).out().contains("REAL: in force"));
    assertTrue(verify(0, file, "EXERCISE", AT).out().contains("EXERCISE: in force"));
    String shown = Typed.good("agreement", "show", file).out();
    assertTrue(shown.contains("signature of KOR                   for [REAL, EXERCISE]"), shown);
    assertTrue(shown.contains("retentionDays                      365"), shown);
  }

  @Test
  void oneChangedByteEndsEverySignature() throws Exception {
    Typed.good("agreement", "new", file);
    PARTIES.forEach(n -> sign(0, file, n, "EXERCISE"));
    Files.writeString(file, Files.readString(file) + "\n");
    assertTrue(verify(1, file, "EXERCISE", AT).out().contains("is not that of its key"));
    Typed again = sign(2, file, "JPN", "REAL");
    assertTrue(again.err().contains("holds a signature of other bytes"), again.err());
  }

  @Test
  void nobodySignsWhatIsNotWhatWasAgreedOrForAnotherParty() {
    Typed.good("agreement", "new", file);
    Path seed = folder.resolve("JPN").resolve("agreement.seed");
    Typed.bad(
        2,
        "agreement",
        "sign",
        file,
        "--nation",
        "JPN",
        "--key",
        seed,
        "--channel",
        "TEST",
        "--digest",
        "00");
    Typed.bad(2, "agreement", "sign", file, "--nation", "KOR", "--key", seed, "--channel", "TEST");
    Typed.bad(
        2,
        "agreement",
        "sign",
        file,
        "--nation",
        "JPN",
        "--key",
        folder.resolve("none"),
        "--channel",
        "TEST");
    assertTrue(!Files.exists(folder.resolve("agreement.yaml.JPN.sig")));
    String digest = Typed.good("agreement", "show", file).out();
    digest = digest.substring(digest.indexOf("digest")).split("\\s+", 3)[1];
    Typed.good(
        "agreement",
        "sign",
        file,
        "--nation",
        "JPN",
        "--key",
        seed,
        "--channel",
        "TEST",
        "--digest",
        digest.substring(0, 8));
  }

  @Test
  void anAmendmentIsANewVersionWithEverySignatureAnew() throws Exception {
    Typed.good("agreement", "new", file);
    PARTIES.forEach(n -> sign(0, file, n, "EXERCISE"));
    Path next = folder.resolve("agreement-2.yaml");
    Typed.good("agreement", "new", next, "--amends", file);
    Files.writeString(
        next,
        Files.readString(next)
            .replace("retentionDays: 365", "retentionDays: 30")
            .replace("probability: 0.5", "probability: 0.6"));
    String diff = Typed.good("agreement", "diff", file, next).out();
    assertTrue(diff.contains("version\n  - 1\n  + 2"), diff);
    assertTrue(diff.contains("retentionDays\n  - 365\n  + 30"), diff);
    assertTrue(diff.contains("3 clauses change; in force once all of [JPN, KOR, USA]"), diff);
    Typed back = Typed.bad(1, "agreement", "diff", next, file);
    assertTrue(back.err().contains("has version 1; an amendment needs more than 2"), back.err());
    assertEquals("the same bytes", Typed.good("agreement", "diff", file, file).out().strip());
    assertTrue(verify(1, next, "EXERCISE", AT).out().contains("signature of JPN is missing"));
    PARTIES.forEach(n -> sign(0, next, n, "EXERCISE"));
    verify(0, next, "EXERCISE", AT);
    verify(0, file, "EXERCISE", AT);
  }

  @Test
  void aMalformedAgreementIsRefusedWithItsLine() throws Exception {
    Typed.good("agreement", "new", file);
    Files.writeString(
        file, Files.readString(file).replace("retentionDays: 365", "retentionDays: x"));
    for (String c : List.of("show", "verify")) {
      String err = Typed.bad(1, "agreement", c, file).err();
      assertTrue(err.startsWith("BAD: " + file + ", line "), err);
    }
    assertTrue(sign(1, file, "JPN", "TEST").err().startsWith("BAD: "));
    Typed.bad(2, "agreement", "show", folder.resolve("none.yaml"));
  }
}
