package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;

/** Engines joined in memory by a line that breaks, and that are restarted now and then. */
class JoinedEnginesTest {
  private static long released(Allies allies, StreamId stream) {
    return allies.of(stream.originator(), Effect.OutboxAppended.class).stream()
        .filter(o -> o.stream().equals(stream))
        .mapToLong(Effect.OutboxAppended::seq)
        .max()
        .orElse(0);
  }

  /** Number of the last record taken, after checking that each came once and in order. */
  private static long taken(Allies allies, StreamId stream) {
    long next = 1;
    for (Effect.RecordsTaken t : allies.of(stream.recipient(), Effect.RecordsTaken.class)) {
      if (t.stream().equals(stream)) {
        assertEquals(next, t.firstSeq());
        next += t.count();
      }
    }
    return next - 1;
  }

  private static StreamId jpnToKor(Lane lane) {
    return new StreamId(Nation.JPN, Nation.KOR, lane);
  }

  private static void fly(Allies allies, List<Plot> plots) {
    for (Plot p : plots) {
      while (allies.now().isBefore(p.timeOfValidity())) {
        allies.pass(1);
      }
      allies.plot(Nation.JPN, p);
      allies.deliver();
    }
    allies.pass(1);
  }

  @Test
  void everyReleasedRecordIsTakenOnceAcrossBreaksAndRestarts() {
    for (long seed = 1; seed <= 3; seed++) {
      survives(seed);
    }
  }

  private static void survives(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Allies allies = new Allies().start().join(Nation.JPN, Nation.KOR);
    int restarts = 0;
    for (Plot p : new MadeUpFlight().plots(Nation.JPN, seed).subList(0, 220)) {
      while (allies.now().isBefore(p.timeOfValidity())) {
        allies.passUndelivered();
      }
      allies.plot(Nation.JPN, p);
      allies.deliver(random.nextInt(12));
      int event = random.nextInt(25);
      if (event == 0) {
        allies.restart(random.nextBoolean() ? Nation.JPN : Nation.KOR);
        restarts++;
      } else if (event <= 2) {
        allies.cut(Nation.JPN, Nation.KOR);
      } else {
        allies.mend(Nation.JPN, Nation.KOR);
      }
    }
    allies.mend(Nation.JPN, Nation.KOR);
    allies.pass(5);

    assertTrue(restarts > 3, "restarts: " + restarts);
    for (Lane lane : Lane.values()) {
      StreamId stream = jpnToKor(lane);
      assertTrue(released(allies, stream) > (lane == Lane.BULK ? 100 : 1), stream.toString());
      assertEquals(released(allies, stream), taken(allies, stream), stream.toString());
    }
    for (Nation n : List.of(Nation.JPN, Nation.KOR)) {
      assertEquals(List.of(), allies.notices(n, Effect.NoticeKind.LINK_VIOLATION));
      assertEquals(List.of(), allies.notices(n, Effect.NoticeKind.RECORD_QUARANTINED));
    }
  }

  @Test
  void trackIsNeverTakenBeforeItsLaunch() {
    Allies allies = new Allies().start().join(Nation.JPN, Nation.KOR);
    fly(allies, new MadeUpFlight().plots(Nation.JPN, 1).subList(0, 150));
    Effect.RecordsTaken first = allies.of(Nation.KOR, Effect.RecordsTaken.class).get(0);
    assertEquals(jpnToKor(Lane.URGENT), first.stream());
    assertEquals(List.of(), allies.notices(Nation.KOR, Effect.NoticeKind.RECORD_QUARANTINED));
  }

  @Test
  void linksGoOnUnderANewAgreementWithTheirNumbers() {
    String next = Party.AGREEMENT.replace("version: 1", "version: 2");
    List<Plot> plots = new MadeUpFlight().plots(Nation.JPN, 1);
    Allies allies = new Allies().start().join(Nation.JPN, Nation.KOR);
    fly(allies, plots.subList(0, 180));
    final long before = taken(allies, jpnToKor(Lane.BULK));

    underAgreement(allies, Nation.JPN, next);
    allies.pass(1);
    assertTrue(
        allies
            .notices(Nation.KOR, Effect.NoticeKind.LINK_VIOLATION)
            .toString()
            .contains("AGREEMENT_DIFFERS"),
        "KOR still goes by the old one");

    underAgreement(allies, Nation.KOR, next);
    fly(allies, plots.subList(180, 260));

    assertTrue(before > 0);
    for (Lane lane : Lane.values()) {
      assertEquals(released(allies, jpnToKor(lane)), taken(allies, jpnToKor(lane)));
    }
    assertTrue(taken(allies, jpnToKor(Lane.BULK)) > before);
  }

  private static void underAgreement(Allies allies, Nation n, String agreement) {
    allies.configure(n, Party.withAgreement(allies.configuration(n), agreement));
    allies.restart(n);
  }

  @Test
  void refusesToGoOnAsAnotherNation() {
    Desk jpn = new Desk(Nation.JPN, new ListedCodec());
    UtcTime now = MadeUpFlight.LAUNCH;
    jpn.step(now, new Input.Configured(Party.configuration(Nation.JPN)));

    List<Effect> effects =
        jpn.step(now.plusSeconds(1), new Input.Configured(Party.configuration(Nation.KOR)));

    List<String> refused = Desk.notices(Effect.NoticeKind.CONFIGURATION_REFUSED, effects);
    assertEquals(1, refused.size());
    assertTrue(refused.get(0).contains("JPN"), refused.get(0));
  }
}
