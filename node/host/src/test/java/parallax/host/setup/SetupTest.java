package parallax.host.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.host.setup.SetupResult.Missing;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.Agreement;
import parallax.release.DefaultFiles;
import parallax.release.NationalPolicy;

class SetupTest {
  private static final Nation JPN = Nation.JPN;
  private static final Nation KOR = Nation.KOR;

  @TempDir Path folder;
  private Prepared prepared;

  @BeforeEach
  void prepares() throws Exception {
    prepared = new Prepared(folder);
  }

  /** A step at which a set-up is interrupted. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void keepsTheSecretsThatNoNodeNeedsOutOfTheNodesDirectory() throws Exception {
    Prepared.run(prepared.first(JPN));
    SortedMap<String, String> node = Prepared.files(prepared.directory(JPN));
    assertTrue(node.containsKey("keys/node.key"), node.keySet().toString());
    assertFalse(node.containsKey("keys/ca.key"));
    assertFalse(node.containsKey("keys/agreement.seed"));
    assertFalse(node.containsKey("keys/stream-REAL.seed"), "no key of another channel");
    SortedMap<String, String> offline = Prepared.files(prepared.offline(JPN));
    assertTrue(offline.containsKey("ca.key") && offline.containsKey("agreement.seed"));
    for (String name : node.keySet()) {
      if (name.endsWith(".key") || name.endsWith(".seed")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(prepared.directory(JPN).resolve(name))),
            name);
      }
    }
    for (String name : Prepared.files(prepared.forPartners(JPN)).keySet()) {
      assertFalse(name.endsWith(".key") || name.endsWith(".seed"), name);
    }
  }

  @Test
  void saysWhatIsStillMissingUntilNothingIs() throws Exception {
    List<String> missing = options(Prepared.run(prepared.first(JPN)));
    assertEquals(List.of("--partner KOR=FOLDER", "--sign", "--partner KOR=FOLDER"), missing);
    Prepared.run(prepared.first(KOR));
    assertEquals(List.of("--partner KOR=FOLDER"), options(Prepared.run(prepared.then(JPN))));
    assertEquals(List.of(), options(Prepared.run(prepared.then(KOR))));
    assertEquals(List.of(), options(Prepared.run(prepared.then(JPN))));
  }

  private static List<String> options(SetupResult r) {
    return r.missing().stream().map(Missing::options).toList();
  }

  @Test
  void runAgainItChangesNothingAndSaysWhatWasThere() throws Exception {
    prepared.both();
    SortedMap<String, String> before = Prepared.files(folder);
    List<String> words = new ArrayList<>();
    Setup.run(prepared.then(JPN), Instant.now(), (word, what) -> words.add(word));
    assertEquals(before, Prepared.files(folder));
    assertEquals(new TreeSet<>(List.of("there")), new TreeSet<>(words));
  }

  @Test
  void interruptedAtAnyStepItGoesOnAndReplacesNoKey() throws Exception {
    SortedMap<String, String> whole = wholeOfAnother();
    boolean interrupted = true;
    int step = 0;
    for (; interrupted; step++) {
      Prepared here = new Prepared(folder.resolve("at" + step));
      int last = step;
      int[] said = {0};
      try {
        Setup.run(
            here.first(JPN),
            Instant.now(),
            (word, what) -> {
              if (said[0]++ == last) {
                throw new Interrupted();
              }
            });
        interrupted = false;
      } catch (Interrupted e) {
        SortedMap<String, String> half = Prepared.files(folder.resolve("at" + step));
        Prepared.run(here.first(JPN));
        SortedMap<String, String> after = Prepared.files(folder.resolve("at" + step));
        half.forEach((name, content) -> assertEquals(content, after.get(name), name));
        assertEquals(whole.keySet(), after.keySet(), "interrupted at step " + step);
      }
    }
    assertTrue(step > 15, "steps: " + step);
  }

  private SortedMap<String, String> wholeOfAnother() throws Exception {
    Prepared other = new Prepared(folder.resolve("whole"));
    Prepared.run(other.first(JPN));
    return Prepared.files(folder.resolve("whole"));
  }

  @Test
  void takesUpWhatAnEndedProcessLeftOfTheKeys() throws Exception {
    Path half = Files.createDirectories(folder.resolve(".JPN-offline.unfinished"));
    Files.writeString(half.resolve("ca.key"), "half");
    Prepared.run(prepared.first(JPN));
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(prepared.offline(JPN).resolve("ca.key")));
  }

  @Test
  void makesNoNewKeysOnceTheOfflineFolderIsLockedAway() throws Exception {
    prepared.both();
    Files.move(prepared.offline(JPN), folder.resolve("safe"));
    SortedMap<String, String> before = Prepared.files(folder);
    assertEquals(List.of(), options(Prepared.run(prepared.then(JPN))));
    assertEquals(before, Prepared.files(folder));
    Files.delete(prepared.directory(JPN).resolve("keys/node.key"));
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> Prepared.run(prepared.then(JPN)));
    assertTrue(String.valueOf(e.getMessage()).contains("node.key"), e.getMessage());
    assertFalse(Files.exists(prepared.offline(JPN)));
  }

  @Test
  void refusesAnotherNationOrChannelForADirectory() throws Exception {
    Prepared.run(prepared.first(JPN));
    SetupRequest r = prepared.first(KOR);
    SetupRequest wrong =
        new SetupRequest(
            prepared.directory(JPN),
            prepared.offline(JPN),
            prepared.forPartners(JPN),
            r.nation(),
            r.channel(),
            r.link(),
            r.national(),
            r.addresses(),
            r.sent(),
            r.parties(),
            r.agreement(),
            r.policy(),
            r.sensors(),
            r.officer(),
            r.sign());
    assertThrows(InvalidValueException.class, () -> Prepared.run(wrong));
  }

  @Test
  void takesNothingOfAFolderThatHasASecretOrSomethingOfAnotherNationInIt() throws Exception {
    Prepared.run(prepared.first(KOR));
    Prepared.run(prepared.first(JPN));
    Path sent = prepared.forPartners(KOR);
    SortedMap<String, String> before = Prepared.files(prepared.directory(JPN));
    Path secret = sent.resolve("stream-EXERCISE.seed");
    Files.copy(prepared.offline(KOR).resolve("stream-EXERCISE.seed"), secret);
    refuses("secret", before);
    Files.delete(secret);
    Files.copy(
        prepared.forPartners(JPN).resolve("ca.pem"),
        sent.resolve("ca.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    refuses("authority of JPN", before);
  }

  private void refuses(String why, SortedMap<String, String> before) throws Exception {
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> Prepared.run(prepared.then(JPN)));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    assertEquals(before, Prepared.files(prepared.directory(JPN)));
  }

  @Test
  void neverExchangesAPartnersKeysByItself() throws Exception {
    prepared.both();
    Path other = folder.resolve("other");
    Prepared again = new Prepared(other);
    Prepared.run(again.first(KOR));
    InvalidValueException e =
        assertThrows(
            InvalidValueException.class,
            () ->
                Prepared.run(
                    prepared.request(
                        JPN,
                        new TreeMap<>(java.util.Map.of(KOR, List.of(again.forPartners(KOR)))),
                        false)));
    assertTrue(String.valueOf(e.getMessage()).contains("If KOR has new keys"), e.getMessage());
  }

  @Test
  void doesNotSignATextThatCameInThisVeryRun() throws Exception {
    Prepared.run(prepared.first(KOR));
    Path theirs = prepared.forPartners(KOR).resolve("agreement.yaml");
    Files.writeString(
        theirs, Files.readString(theirs).replace("retentionDays: 365", "retentionDays: 9"));
    assertTrue(options(Prepared.run(prepared.then(JPN))).contains("--sign"));
    NodeDirectory jpn = new NodeDirectory(prepared.directory(JPN));
    assertEquals(Files.readString(theirs), Files.readString(jpn.agreementText()));
    assertFalse(Files.exists(jpn.signature(JPN)));
    assertFalse(options(Prepared.run(prepared.then(JPN))).contains("--sign"), "read meanwhile");
    assertTrue(Files.exists(jpn.signature(JPN)));
  }

  @Test
  void drawsTheDraftUpAgainWhenAThirdPartnerComesBeforeAnybodyElseHasSigned() throws Exception {
    Prepared.run(prepared.request(JPN, new TreeMap<>(), true));
    NodeDirectory d = new NodeDirectory(prepared.directory(JPN));
    assertTrue(Files.exists(d.signature(JPN)));
    SetupRequest r = prepared.first(JPN);
    Prepared.run(
        new SetupRequest(
            r.directory(),
            r.offline(),
            r.forPartners(),
            r.nation(),
            r.channel(),
            r.link(),
            r.national(),
            r.addresses(),
            r.sent(),
            new TreeSet<>(List.of(KOR, Nation.USA)),
            r.agreement(),
            r.policy(),
            r.sensors(),
            r.officer(),
            false));
    assertEquals(
        new String(DefaultFiles.agreement(), java.nio.charset.StandardCharsets.UTF_8),
        Files.readString(d.agreementText()));
    assertEquals(
        new String(DefaultFiles.policy(JPN), java.nio.charset.StandardCharsets.UTF_8),
        Files.readString(d.policy()));
    assertFalse(Files.exists(d.signature(JPN)), "it was under another text");
  }

  @Test
  void takesASingleFileThatCameLater() throws Exception {
    Prepared.run(prepared.first(JPN));
    Prepared.run(prepared.first(KOR));
    Prepared.run(prepared.then(JPN));
    Prepared.run(prepared.then(KOR));
    Path signature = prepared.forPartners(KOR).resolve("agreement.yaml.KOR.sig");
    SetupResult r =
        Prepared.run(
            prepared.request(JPN, new TreeMap<>(java.util.Map.of(KOR, List.of(signature))), false));
    assertEquals(List.of(), options(r));
  }

  @Test
  void takesNoSignatureUnderAnotherText() throws Exception {
    prepared.both();
    NodeDirectory jpn = new NodeDirectory(prepared.directory(JPN));
    Files.delete(jpn.signature(KOR));
    Files.writeString(
        jpn.agreementText(),
        Files.readString(jpn.agreementText()).replace("retentionDays: 365", "retentionDays: 9"));
    List<String> notTaken = new ArrayList<>();
    Setup.run(
        prepared.then(JPN),
        Instant.now(),
        (word, what) -> {
          if (word.equals("NOT TAKEN")) {
            notTaken.add(what);
          }
        });
    assertEquals(2, notTaken.size(), notTaken.toString());
    assertTrue(notTaken.get(0).contains("another text"), notTaken.toString());
    assertTrue(notTaken.get(1).contains("a signature of KOR"), notTaken.toString());
    assertFalse(Files.exists(jpn.signature(KOR)));
  }

  @Test
  void hasADefaultAgreementAndPolicyForAnyParties() {
    Nation aus = new Nation("AUS");
    for (List<Nation> list :
        List.of(
            List.of(JPN, KOR),
            List.of(aus, Nation.USA),
            List.of(aus, JPN, Nation.USA),
            List.of(JPN, KOR, Nation.USA),
            List.of(aus, JPN, KOR))) {
      TreeSet<Nation> parties = new TreeSet<>(list);
      Agreement a = Agreement.parse(DefaultTerms.agreement(parties), "a");
      assertEquals(parties, a.parties());
      assertEquals(parties, a.marking().releasableTo());
      assertTrue(parties.containsAll(a.onwardRelease().relays()), a.toString());
      for (Nation n : parties) {
        NationalPolicy p = NationalPolicy.parse(DefaultTerms.policy(n, parties), "p", a);
        assertEquals(n, p.nation());
        TreeSet<Nation> others = new TreeSet<>(parties);
        others.remove(n);
        p.rules().forEach(r -> assertEquals(others, r.to()));
      }
    }
  }

  @Test
  void takesANewAddressAndKeepsTheOtherSettings() throws Exception {
    Prepared.run(prepared.first(JPN));
    Path file = prepared.directory(JPN).resolve(NodeSettings.FILE);
    Files.writeString(file, Files.readString(file).replace("eventsMiB: 64", "eventsMiB: 7"));
    SetupRequest r = prepared.first(JPN);
    Prepared.run(
        new SetupRequest(
            r.directory(),
            r.offline(),
            r.forPartners(),
            r.nation(),
            r.channel(),
            java.util.Optional.of(prepared.link(KOR)),
            r.national(),
            r.addresses(),
            r.sent(),
            r.parties(),
            r.agreement(),
            r.policy(),
            r.sensors(),
            r.officer(),
            r.sign()));
    NodeSettings s = NodeSettings.read(prepared.directory(JPN));
    assertEquals(prepared.link(KOR), s.linkAddress());
    assertEquals(7, s.eventsMiB());
    assertTrue(Files.exists(file.resolveSibling("node.yaml.before")));
  }
}
