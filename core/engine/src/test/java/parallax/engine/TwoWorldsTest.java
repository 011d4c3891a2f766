package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import parallax.engine.Order.Backfill;
import parallax.engine.Order.Direction;
import parallax.link.Lane;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;

/**
 * The same happens twice, and in one of the two worlds something comes between KOR and JPN. USA
 * must not be able to tell the two apart: no byte, no number, no time on its lines differs.
 */
class TwoWorldsTest {
  private static final TrackId TRACK = Filed.id(KOR, 1);

  /** How far east the predicted impact is, kilometres, second by second. */
  private static final double[] EAST_KM = {0, 20, 40, 60, 66, 45, 45, 45, 38, 38, 30, 30};

  private static Allies world(Consumer<Allies> early, Consumer<Allies> late) {
    Allies allies = new Allies().start().joinAll().pass(2);
    for (int s = 0; s < EAST_KM.length; s++) {
      if (s == 1) {
        early.accept(allies);
      }
      if (s == 8) {
        late.accept(allies);
      }
      UtcTime now = allies.now();
      allies.file(
          KOR,
          new FiledTrack(
              1,
              s == 0 ? Optional.of(Filed.launchAt(MadeUpFlight.SITE)) : Optional.empty(),
              Optional.of(Filed.estimate(now)),
              Optional.of(Filed.impactAt(now, 39, 137 + EAST_KM[s] / 86.5))));
      allies.pass(1);
    }
    allies.order(
        KOR,
        new Order.Recall(
            TRACK, Optional.of(Report.DataClass.IMPACT_POINT), Report.RecallReason.MISTAKE));
    allies.pass(1);
    allies.order(KOR, new Order.Recall(TRACK, Optional.empty(), Report.RecallReason.MISTAKE));
    allies.file(KOR, Filed.path(1, allies.now()));
    allies.pass(3);
    return allies;
  }

  private static void nothing(Allies unused) {}

  private static Consumer<Allies> order(Order order) {
    return a -> a.order(KOR, order);
  }

  private static void requireSameForUsa(Allies one, Allies two) {
    assertTrue(one.taken(KOR, USA, Lane.URGENT) >= 5);
    assertTrue(one.taken(KOR, USA, Lane.BULK) >= 12);
    assertEquals(one.sent(KOR, USA).size(), two.sent(KOR, USA).size());
    for (int i = 0; i < one.sent(KOR, USA).size(); i++) {
      assertEquals(one.sent(KOR, USA).get(i), two.sent(KOR, USA).get(i));
    }
    assertEquals(one.decisions(KOR, USA), two.decisions(KOR, USA));
    assertEquals(pictures(one), pictures(two));
  }

  private static List<Picture> pictures(Allies allies) {
    return allies.of(USA, Effect.PictureChanged.class).stream()
        .map(Effect.PictureChanged::picture)
        .toList();
  }

  @Test
  void suspensionOfOnePartnerIsNothingToTheOther() {
    Allies plain = world(TwoWorldsTest::nothing, TwoWorldsTest::nothing);
    for (Backfill backfill : List.of(Backfill.NONE, Backfill.ALL)) {
      requireSameForUsa(
          plain,
          world(
              order(new Order.Suspend(JPN, Direction.BOTH, "doubts")),
              order(new Order.Resume(JPN, backfill, Optional.empty()))));
    }
  }

  @Test
  void silenceTowardsOnePartnerIsNothingToTheOther() {
    Consumer<Allies> silent =
        a -> {
          a.configure(
              KOR,
              a.configuration(KOR)
                  .withPolicy(
                      Party.policy(KOR)
                          .replace("suspension: announced", "suspension: silent")
                          .replace("to: [JPN, USA]", "to: [USA]")));
          a.restart(KOR);
        };
    Consumer<Allies> same =
        a -> {
          a.configure(
              KOR,
              a.configuration(KOR)
                  .withPolicy(
                      Party.policy(KOR).replace("suspension: announced", "suspension: silent")));
          a.restart(KOR);
        };
    requireSameForUsa(world(same, TwoWorldsTest::nothing), world(silent, TwoWorldsTest::nothing));
  }

  @Test
  void whatAPartnersLogShowsIsNothingToTheOther() {
    Consumer<Allies> forked =
        a ->
            a.step(
                KOR,
                new Input.CheckpointJudged(
                    JPN, "FORK", false, "parallax/JPN/TEST/heads/1", 60, "two roots", ""));
    Allies told = world(forked, forked);
    assertEquals(2, told.notices(KOR, Effect.NoticeKind.PARTNER_LOG).size());
    requireSameForUsa(world(TwoWorldsTest::nothing, TwoWorldsTest::nothing), told);
  }

  @Test
  void lineCutToOnePartnerIsNothingToTheOther() {
    requireSameForUsa(
        world(TwoWorldsTest::nothing, TwoWorldsTest::nothing),
        world(a -> a.cut(KOR, JPN), a -> a.mend(KOR, JPN)));
  }
}
