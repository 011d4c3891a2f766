package parallax.audit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.signing.SignatureDomain;
import parallax.signing.SigningKey;

class NoteTest {
  private static final SigningKey PARTNER = Logs.key(7);
  private static final String NAME = "parallax/JPN/TEST/cosigner";
  private static final NoteKey COSIGNS = new NoteKey(NAME, NoteKey.Use.COSIGNATURE, PARTNER.key());

  private static Checkpoint.Signed signed() {
    return new Checkpoint(Logs.ORIGIN, 3, Logs.digest(9)).sign(Logs.KEY);
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aCheckpointIsThreeLinesAndItsSignature() {
    String text = new String(signed().bytes(), StandardCharsets.UTF_8);
    assertTrue(
        text.startsWith(
            """
            parallax/KOR/TEST/20260101T000000Z
            3
            CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=

            """
                + "\u2014 parallax/KOR/TEST/20260101T000000Z "),
        text);
    Checkpoint.Signed back = Checkpoint.Signed.parse(signed().bytes());
    assertEquals(signed(), back.requireSignedBy(Logs.VERIFIES));
    assertArrayEquals(signed().bytes(), back.bytes());
  }

  @Test
  void furtherLinesAreKeptAndSigned() {
    Checkpoint c = new Checkpoint(Logs.ORIGIN, 3, Logs.digest(9), java.util.List.of("one", "two"));
    Checkpoint.Signed back = Checkpoint.Signed.parse(c.sign(Logs.KEY).bytes());
    assertEquals(c, back.requireSignedBy(Logs.VERIFIES).checkpoint());
  }

  @Test
  void aKeyHasOneTextForm() {
    assertEquals(Logs.VERIFIES, NoteKey.parse(Logs.VERIFIES.toString()));
    assertEquals(COSIGNS, NoteKey.parse(COSIGNS.toString()));
    String text = Logs.VERIFIES.toString();
    for (int at = 0; at < text.length(); at++) {
      String changed = text.substring(0, at) + "~" + text.substring(at + 1);
      assertThrows(InvalidValueException.class, () -> NoteKey.parse(changed), changed);
    }
  }

  @Test
  void aPartnersCosignatureStandsBesideTheLogsSignature() {
    Checkpoint.Signed cosigned =
        Checkpoint.Signed.parse(signed().cosign(NAME, PARTNER, 1_700_000_000L).bytes());
    cosigned.requireSignedBy(Logs.VERIFIES);
    assertEquals(Optional.of(1_700_000_000L), cosigned.note().cosignedAt(COSIGNS));
    assertEquals(Optional.empty(), signed().note().cosignedAt(COSIGNS));
    NoteKey other = new NoteKey(NAME, NoteKey.Use.COSIGNATURE, Logs.key(8).key());
    assertEquals(Optional.empty(), cosigned.note().cosignedAt(other));
  }

  @Test
  void aCosignatureDoesNotCountAsTheLogsOwnSignatureNorTheReverse() {
    Checkpoint.Signed cosigned = signed().cosign(NAME, PARTNER, 5);
    assertFalse(cosigned.note().isSignedBy(new NoteKey(NAME, NoteKey.Use.NOTE, PARTNER.key())));
    assertFalse(cosigned.note().isSignedBy(COSIGNS));
    assertEquals(
        Optional.empty(),
        cosigned
            .note()
            .cosignedAt(new NoteKey(Logs.ORIGIN, NoteKey.Use.COSIGNATURE, Logs.KEY.key())));
    assertEquals(Optional.empty(), cosigned.note().cosignedAt(Logs.VERIFIES));
  }

  @Test
  void anyFlippedBitOfASignedCheckpointIsRefused() {
    byte[] file = signed().bytes();
    for (int at = 0; at < file.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = file.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThrows(
            InvalidValueException.class,
            () -> Checkpoint.Signed.parse(changed).requireSignedBy(Logs.VERIFIES),
            "byte " + at + " bit " + bit);
      }
    }
  }

  @Test
  void aWrongLineOfTheLogsKeySpoilsARightOne() {
    Note good = signed().note();
    Note.Signature wrong =
        new Checkpoint(Logs.ORIGIN, 4, Logs.digest(9)).sign(Logs.KEY).note().signatures().get(0);
    Note both = new Note(good.text(), java.util.List.of(good.signatures().get(0), wrong));
    assertTrue(good.isSignedBy(Logs.VERIFIES));
    assertFalse(both.isSignedBy(Logs.VERIFIES));
  }

  @Test
  void neitherNoteNorStreamSignatureEverPassesForTheOther() {
    byte[] text = utf8(signed().checkpoint().text());
    byte[] asNote = Logs.KEY.signNote(text);
    SignatureDomain domain = new SignatureDomain(Channel.TEST, "link-batch");
    assertFalse(Logs.KEY.key().verify(domain, text, asNote));
    byte[] asStream = Logs.KEY.sign(domain, text);
    assertFalse(Logs.KEY.key().verifyNote(text, asStream));
    byte[] domainAndText = java.util.Arrays.copyOf(domain.bytes(), domain.bytes().length + 1);
    domainAndText[domain.bytes().length] = '\n';
    assertThrows(InvalidValueException.class, () -> Logs.KEY.signNote(domainAndText));
    assertFalse(Logs.KEY.key().verifyNote(domainAndText, Logs.KEY.sign(domain, new byte[] {'\n'})));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",
        "text\n\n\u2014 name AAAAAAA=",
        "text\n\n- name AAAAAAA=\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 AAAAAAA=\n",
        "text\n\n\u2014 na+me AAAAAAA=\n",
        "text\n\n\u2014 na me AAAAAAA=\n",
        "text\n\n\u2014 name AAAAAAB=\n",
        "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 name AAAAAA\n",
        "te\u0001xt\n\n\u2014 name AAAAAAA=\n",
        "te\txt\n\n\u2014 name AAAAAAA=\n"
      })
  void whatIsNoNoteIsRefused(String text) {
    assertThrows(InvalidValueException.class, () -> Note.parse(utf8(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "origin\n1\n",
        "origin\n1\nCQkJ\n",
        "\n1\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n",
        "origin\n01\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n",
        "origin\n-1\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n",
        "origin\n+1\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n",
        "origin\n9223372036854775808\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n",
        "origin\n1\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQl=\n",
        "origin\n1\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n\n",
        "origin\n1\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk="
      })
  void whatIsNoCheckpointIsRefused(String text) {
    assertThrows(InvalidValueException.class, () -> Checkpoint.parse(text));
  }

  @Test
  void aNoteThatIsNotUtf8IsRefused() {
    byte[] file = signed().bytes();
    file[0] = (byte) 0xff;
    assertThrows(InvalidValueException.class, () -> Note.parse(file));
  }
}
