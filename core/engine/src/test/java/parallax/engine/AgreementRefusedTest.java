package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.release.AgreementSignature;
import parallax.release.SignedAgreement;

/** Without an agreement in force a nation keeps its own picture and tells nobody anything. */
class AgreementRefusedTest {
  private static final UtcTime BEFORE = MadeUpFlight.LAUNCH.plusSeconds(-5);
  private static final Wire TO_KOR =
      new Wire(Nation.KOR, new StreamId(Nation.JPN, Nation.KOR, Lane.URGENT));
  private static final List<Plot> PLOTS = new MadeUpFlight().plots(Nation.JPN, 1).subList(0, 150);

  @Test
  void unsignedAgreementReleasesNothing() {
    List<AgreementSignature> two =
        List.of(signature(Party.AGREEMENT, Nation.JPN), signature(Party.AGREEMENT, Nation.USA));
    keepsNationalPictureOnly(Party.AGREEMENT, two, "KOR");
  }

  @Test
  void agreementSignedWithAnotherKeyReleasesNothing() {
    List<AgreementSignature> three =
        List.of(
            signature(Party.AGREEMENT, Nation.JPN),
            Party.signature(Party.AGREEMENT, Nation.KOR, Party.key(99), Channel.EXERCISE),
            signature(Party.AGREEMENT, Nation.USA));
    keepsNationalPictureOnly(Party.AGREEMENT, three, "KOR");
  }

  @Test
  void agreementChangedAfterSigningReleasesNothing() {
    String changed = Party.AGREEMENT.replace("probability: 0.5", "probability: 0.1");
    keepsNationalPictureOnly(changed, all(Party.AGREEMENT), "signature");
  }

  @Test
  void expiredAgreementReleasesNothing() {
    String expired =
        Party.AGREEMENT.replace("until: 2036-01-01T00:00:00Z", "until: 2017-01-01T00:00:00Z");
    keepsNationalPictureOnly(expired, all(expired), "2017-01-01");
  }

  @Test
  void agreementOfTheFutureReleasesNothing() {
    String future =
        Party.AGREEMENT.replace("from: 2016-01-01T00:00:00Z", "from: 2035-01-01T00:00:00Z");
    keepsNationalPictureOnly(future, all(future), "2035-01-01");
  }

  @Test
  void unreadableAgreementReleasesNothing() {
    keepsNationalPictureOnly("name: [", all(Party.AGREEMENT), "line");
  }

  @Test
  void anOlderVersionDoesNotComeBackInThePlaceOfAnAmendment() {
    Desk desk = new Desk(Nation.JPN, new ListedCodec());
    NodeConfiguration first = Party.configuration(Nation.JPN);
    NodeConfiguration second =
        Party.withAgreement(first, Party.AGREEMENT.replace("version: 1", "version: 2"));
    NodeConfiguration another =
        Party.withAgreement(
            first, Party.AGREEMENT.replace("version: 1", "version: 2").replace("365", "300"));
    assertEquals(List.of(), refusals(desk, first));
    assertEquals(List.of(), refusals(desk, second));
    assertEquals(List.of(), refusals(desk, second));
    for (NodeConfiguration c : List.of(first, another)) {
      List<String> refused = refusals(desk, c);
      assertEquals(1, refused.size());
      assertTrue(refused.getFirst().contains("higher version than"), refused.getFirst());
      desk.replay();
      assertEquals(1, refusals(desk, c).size(), "after a restart");
    }
    assertEquals(List.of(), refusals(desk, second));
  }

  private static List<String> refusals(Desk desk, NodeConfiguration c) {
    return Desk.notices(
        Effect.NoticeKind.CONFIGURATION_REFUSED, desk.step(BEFORE, new Input.Configured(c)));
  }

  @Test
  void agreementSignedForExerciseIsNotInForceForReal() {
    Desk desk =
        new Desk(Nation.JPN, Channel.REAL, new ListedCodec(), parallax.link.LinkConfig.standard());
    List<Effect> effects =
        desk.step(
            BEFORE,
            new Input.Configured(
                Party.configuration(
                    Nation.JPN,
                    Channel.REAL,
                    Party.signed(Party.AGREEMENT, Channel.EXERCISE),
                    MadeUpFlight.sensors(Nation.JPN))));

    assertEquals(1, Desk.notices(Effect.NoticeKind.CONFIGURATION_REFUSED, effects).size());
  }

  @Test
  void refusalAtRestartStopsWhatAnEarlierAgreementHadBegun() {
    ListedCodec codec = new ListedCodec();
    Desk desk = new Desk(Nation.JPN, codec);
    desk.step(BEFORE, new Input.Configured(Party.configuration(Nation.JPN)));
    List<Effect> before = desk.fly(PLOTS);
    assertFalse(Desk.of(Effect.OutboxAppended.class, before).isEmpty());
    UtcTime later = PLOTS.getLast().timeOfValidity().plusSeconds(1);
    desk.restart(
        later,
        Party.configuration(
            Nation.JPN,
            Channel.EXERCISE,
            new SignedAgreement(
                Party.AGREEMENT.getBytes(StandardCharsets.UTF_8), "agreement", List.of()),
            MadeUpFlight.sensors(Nation.JPN)));

    List<Effect> dialled = desk.step(later, new Input.LinkChanged(TO_KOR, true));
    List<Effect> ticked = desk.step(later, new Input.Tick());

    assertTrue(Desk.of(Effect.SendFrame.class, dialled).isEmpty(), "no Hello without agreement");
    assertEquals(1, Desk.of(Effect.CloseLink.class, dialled).size());
    assertTrue(Desk.of(Effect.SendFrame.class, ticked).isEmpty());
  }

  private static List<AgreementSignature> all(String text) {
    List<AgreementSignature> out = new ArrayList<>();
    Party.ALL.forEach(n -> out.add(signature(text, n)));
    return out;
  }

  private static AgreementSignature signature(String text, Nation nation) {
    return Party.signature(text, nation, Party.agreementKey(nation), Channel.EXERCISE);
  }

  private static void keepsNationalPictureOnly(
      String text, List<AgreementSignature> signatures, String named) {
    Desk desk = new Desk(Nation.JPN, new ListedCodec());
    List<Effect> configured =
        desk.step(
            BEFORE,
            new Input.Configured(
                Party.configuration(
                    Nation.JPN,
                    Channel.EXERCISE,
                    new SignedAgreement(
                        text.getBytes(StandardCharsets.UTF_8), "agreement", signatures),
                    MadeUpFlight.sensors(Nation.JPN))));
    List<String> refused = Desk.notices(Effect.NoticeKind.CONFIGURATION_REFUSED, configured);
    assertEquals(1, refused.size());
    assertTrue(refused.get(0).contains(named), refused.get(0));

    List<Effect> link = desk.step(BEFORE, new Input.LinkChanged(TO_KOR, true));
    List<Effect> flown = desk.fly(PLOTS);

    assertTrue(Desk.of(Effect.SendFrame.class, link).isEmpty());
    assertTrue(Desk.of(Effect.OutboxAppended.class, flown).isEmpty());
    assertTrue(Desk.of(Effect.SendFrame.class, flown).isEmpty());
    assertEquals(PLOTS.size(), Desk.of(Effect.PlotsAcknowledged.class, flown).size());
    List<Picture> pictures =
        Desk.of(Effect.PictureChanged.class, flown).stream()
            .map(Effect.PictureChanged::picture)
            .toList();
    assertTrue(pictures.stream().anyMatch(p -> p.view() == Picture.View.NATIONAL));
    assertTrue(pictures.stream().anyMatch(p -> p.estimate().isPresent()));
  }
}
