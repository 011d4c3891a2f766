package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.engine.Order.Backfill;
import parallax.engine.Order.Direction;
import parallax.link.Frame;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.Report.DataClass;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/** Every copy has the label that its originator gave it last, and every picture the strictest. */
class LabelsTest {
  private static final TrackId TRACK = Filed.id(KOR, 1);
  private static final String FOR_ALL = "UNCLASSIFIED//REL TO USA, JPN, KOR";

  private final Allies allies = new Allies();

  private void begin() {
    allies.start().joinAll().pass(125);
    allies.forget();
  }

  private void told() {
    begin();
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(2);
  }

  /** As an operator gives it: of whatever policy and time. */
  private static Order relabel(Classification classification, Nation... to) {
    return new Order.Relabel(
        TRACK,
        new ConfidentialityLabel(
            "ANY", classification, new TreeSet<>(List.of(to)), List.of(), new UtcTime(0)));
  }

  private static Order relabel(Nation... to) {
    return relabel(Classification.UNCLASSIFIED, to);
  }

  private void done(Order order) {
    Effect.OrderAnswered a =
        Desk.of(Effect.OrderAnswered.class, allies.order(KOR, order)).getFirst();
    assertTrue(a.done(), a.detail());
    allies.pass(2);
  }

  private Picture only(Nation n, Picture.View view) {
    List<Picture> all = allies.pictures(n, view);
    assertEquals(1, all.size(), n + " " + view + ": " + all);
    return all.getFirst();
  }

  private String banner(Nation n, Picture.View view) {
    return only(n, view).label().orElseThrow().banner();
  }

  private List<DataClass> classesTold(Nation to) {
    return allies.told(KOR, to).stream().map(Report::dataClass).toList();
  }

  @Test
  void pictureIsLabelledByAllThatItRestsOn() {
    told();
    for (Nation n : Party.ALL) {
      assertEquals(FOR_ALL, banner(n, Picture.View.COMBINED), n.code());
      assertEquals(FOR_ALL, banner(n, Picture.View.COMMON), n.code());
    }
    assertEquals(FOR_ALL, banner(KOR, Picture.View.NATIONAL));

    done(relabel(KOR, USA));
    allies.file(USA, Filed.all(1, allies.now()));
    allies.pass(2);

    Picture usa = only(USA, Picture.View.COMBINED);
    assertEquals(List.of(TRACK, Filed.id(USA, 1)), usa.sources());
    assertEquals("UNCLASSIFIED//REL TO USA, KOR", usa.label().orElseThrow().banner());
    assertEquals(FOR_ALL, banner(USA, Picture.View.NATIONAL), "the own track alone");
    assertEquals(FOR_ALL, banner(JPN, Picture.View.COMBINED), "it holds the one track");
    assertEquals(FOR_ALL, banner(USA, Picture.View.COMMON));
    allies.requirePeace();
  }

  @Test
  void pictureThatRestsOnWhatOneMayNotSeeIsNotToldToIt() {
    begin();
    allies.file(KOR, Filed.launch(1));
    allies.pass(1);
    done(relabel(KOR, USA));
    for (int i = 0; i < 5; i++) {
      allies.file(KOR, Filed.all(1, allies.now()));
      allies.file(USA, Filed.all(1, allies.now()));
      allies.pass(1);
    }
    allies.pass(2);

    assertEquals(2, only(USA, Picture.View.COMBINED).sources().size());
    assertTrue(
        allies.told(USA, JPN).stream().allMatch(r -> r.header().originator().equals(USA)),
        "own reports alone");
    Picture jpn = only(JPN, Picture.View.COMBINED);
    assertEquals(List.of(Filed.id(USA, 1)), jpn.sources());
    Picture alone = only(USA, Picture.View.NATIONAL);
    assertEquals(
        alone.estimate().orElseThrow().state().positionM(),
        jpn.estimate().orElseThrow().state().positionM(),
        "as the one track says");
    allies.requirePeace();
  }

  @Test
  void everyCopyThatStaysHasTheNewLabelAtOnce() {
    told();
    done(relabel(KOR, USA));

    assertEquals("UNCLASSIFIED//REL TO USA, KOR", banner(KOR, Picture.View.NATIONAL));
    for (Nation n : List.of(KOR, USA)) {
      ConfidentialityLabel l = only(n, Picture.View.COMBINED).label().orElseThrow();
      assertEquals("UNCLASSIFIED//REL TO USA, KOR", l.banner(), n.code());
      assertEquals("PARALLAX", l.policy(), "the agreement's");
      assertEquals(allies.now().plusSeconds(-2), l.createdAt(), "when it was ordered");
    }
    assertEquals(List.of(), allies.pictures(JPN, Picture.View.COMBINED));
    allies.requirePeace();
  }

  @Test
  void whatWasToldIsToldAgainWithItsNewLabel() {
    told();
    allies.forget();
    done(relabel(KOR, USA));

    assertEquals(List.of(DataClass.NOTICE), classesTold(JPN), "to give it up");
    assertEquals(
        List.of(
            DataClass.NOTICE,
            DataClass.LAUNCH_POINT,
            DataClass.FLIGHT_PATH,
            DataClass.IMPACT_POINT),
        classesTold(USA));
    for (Report r : allies.told(KOR, USA).subList(1, 4)) {
      assertEquals("UNCLASSIFIED//REL TO USA, KOR", r.header().label().banner());
    }
    allies.requirePeace();
  }

  @Test
  void ofTwoMadeAtOneMomentTheOneThatIsDrawnIsToldAgain() {
    told();
    allies.file(KOR, Filed.path(1, allies.now()));
    allies.file(KOR, Filed.path(1, allies.now().plusSeconds(-1)));
    allies.pass(2);
    Picture before = only(KOR, Picture.View.COMBINED);
    allies.forget();
    done(relabel(KOR, USA));

    Report.TrackReport again =
        (Report.TrackReport)
            allies.told(KOR, USA).stream()
                .filter(r -> r.dataClass() == DataClass.FLIGHT_PATH)
                .findFirst()
                .orElseThrow();
    assertEquals(
        before.estimate().orElseThrow().state().timeOfValidity(),
        again.estimate().state().timeOfValidity());
  }

  @Test
  void whoMayHoldItAgainIsToldItAgain() {
    told();
    Picture before = only(JPN, Picture.View.COMBINED);
    done(relabel(KOR, USA));
    assertEquals(List.of(), allies.pictures(JPN, Picture.View.COMBINED));

    done(relabel(JPN, KOR, USA));

    for (Nation n : Party.ALL) {
      for (Picture.View view : List.of(Picture.View.COMBINED, Picture.View.COMMON)) {
        Picture p = only(n, view);
        assertEquals(before.launch(), p.launch(), n + " " + view);
        assertEquals(before.estimate(), p.estimate(), n + " " + view);
        assertEquals(FOR_ALL, p.label().orElseThrow().banner(), n + " " + view);
      }
    }
    allies.requirePeace();
  }

  @Test
  void whatWasTakenBackOrPutRightIsNotToldAgainAsItWas() {
    told();
    Report.Header any = allies.told(KOR, JPN).getFirst().header();
    Geodetic right = Geodetic.ofDegrees(39.6, 126.2, 0);
    done(new Order.Correct(new Report.LaunchReport(any, Filed.launchAt(right))));
    done(new Order.Recall(TRACK, Optional.of(DataClass.IMPACT_POINT), Report.RecallReason.MISTAKE));
    allies.forget();
    done(relabel(KOR, USA));

    assertEquals(
        List.of(DataClass.NOTICE, DataClass.LAUNCH_POINT, DataClass.FLIGHT_PATH), classesTold(USA));
    Report.LaunchReport launch = (Report.LaunchReport) allies.told(KOR, USA).get(1);
    assertEquals(right, launch.launch().point());

    done(new Order.Recall(TRACK, Optional.empty(), Report.RecallReason.FALSE_REPORT));
    allies.forget();
    done(relabel(JPN, KOR, USA));
    assertEquals(List.of(DataClass.NOTICE), classesTold(USA));
    assertEquals(List.of(), allies.pictures(USA, Picture.View.COMBINED));
  }

  @Test
  void labelAboveTheAgreementsLevelTakesItFromEveryPartner() {
    told();
    done(relabel(Classification.SECRET, JPN, KOR, USA));

    for (Nation n : List.of(JPN, USA)) {
      assertEquals(List.of(), allies.pictures(n, Picture.View.COMBINED), n.code());
      assertEquals(List.of(), allies.pictures(n, Picture.View.COMMON), n.code());
    }
    assertEquals("SECRET//REL TO USA, JPN, KOR", banner(KOR, Picture.View.COMBINED));
    assertEquals(List.of(), allies.pictures(KOR, Picture.View.COMMON));
    assertEquals("marking.classification", allies.decisions(KOR, JPN).getLast().clause());
    allies.requirePeace();
  }

  @Test
  void whatASuspendedPartnerMayNoLongerHoldIsNotToldAtTheEnd() {
    begin();
    allies.file(KOR, Filed.launch(1));
    allies.pass(1);
    allies.order(KOR, new Order.Suspend(JPN, Direction.SEND, "maintenance"));
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(1);
    Report.Header any = allies.told(KOR, JPN).getFirst().header();
    done(
        new Order.Correct(
            new Report.LaunchReport(any, Filed.launchAt(Geodetic.ofDegrees(39.6, 126.2, 0)))));
    done(relabel(KOR, USA));
    allies.forget();

    allies.order(KOR, new Order.Resume(JPN, Backfill.ALL, Optional.empty()));
    allies.pass(2);

    assertEquals(List.of(DataClass.NOTICE), classesTold(JPN));
    assertTrue(allies.told(KOR, JPN).getFirst() instanceof Report.Relabel);
    allies.requirePeace();
  }

  @Test
  void whatWaitsForAPersonIsAskedOnceUnderItsNewLabel() {
    askFirst();
    told();
    assertEquals(1, allies.desk(KOR).held().size());
    long before = allies.desk(KOR).held().getFirst().id();
    done(relabel(KOR, USA, JPN));

    assertEquals(1, allies.desk(KOR).held().size(), "asked once");
    HeldReport held = allies.desk(KOR).held().getFirst();
    assertTrue(held.id() > before);
    assertEquals("UNCLASSIFIED//REL TO USA, JPN, KOR", held.report().header().label().banner());
    allies.forget();
    done(new Order.Decide(held.id(), Order.Answer.RELEASE));
    allies.pass(2);
    assertEquals(List.of(DataClass.FLIGHT_PATH), classesTold(JPN));
    allies.requirePeace();
  }

  @Test
  void nobodyIsAskedAboutWhatItsNewLabelForbids() {
    askFirst();
    told();
    assertEquals(List.of(DataClass.LAUNCH_POINT, DataClass.IMPACT_POINT), classesTold(JPN));
    assertEquals(1, allies.desk(KOR).held().size());
    allies.forget();
    done(relabel(KOR, USA));

    assertEquals(List.of(), allies.desk(KOR).held());
    assertTrue(
        allies.decisions(KOR, JPN).stream()
            .anyMatch(d -> d.reason().equals("offered again under another label")));
    assertEquals("marking.releasableTo", allies.decisions(KOR, JPN).getLast().clause());
    allies.requirePeace();
  }

  private void askFirst() {
    allies.configure(
        KOR,
        allies
            .configuration(KOR)
            .withPolicy(
                """
                name: Test
                version: 1
                nation: KOR
                rules:
                  - name: ask first
                    dataClasses: [FLIGHT_PATH]
                    to: [JPN]
                    decision: hold
                    hold: {deadlineS: 60, otherwise: withhold, twoPerson: false}
                  - name: all else
                    dataClasses: [LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]
                    to: [JPN, USA]
                    decision: release
                default: withhold
                """));
  }

  @Test
  void lateRecordHasTheNewLabel() {
    told();
    allies.file(KOR, Filed.path(1, allies.now()));
    allies.lose(KOR, USA, Frame.Batch.class);
    allies.passUndelivered();
    allies.order(KOR, relabel(KOR, USA));
    allies.step(KOR, new Input.Flush());
    allies.pass(3);

    assertEquals("UNCLASSIFIED//REL TO USA, KOR", banner(USA, Picture.View.COMBINED));
    assertEquals(List.of(), allies.pictures(USA, Picture.View.COMMON));
  }

  @Test
  void labelsOfTwoPoliciesTogetherAreForOwnUse() {
    begin();
    allies.file(KOR, Filed.all(1, allies.now()));
    allies.pass(2);
    NodeConfiguration other =
        Party.withAgreement(
            allies.configuration(USA),
            Party.AGREEMENT
                .replace("policy: PARALLAX", "policy: OTHER")
                .replace("version: 1\n", "version: 2\n"));
    allies.step(USA, new Input.Configured(other));
    allies.file(USA, Filed.all(1, allies.now()));
    allies.pass(2);

    assertEquals("SECRET//NOFORN", banner(USA, Picture.View.COMBINED));
  }
}
