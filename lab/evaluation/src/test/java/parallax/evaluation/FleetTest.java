package parallax.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.Input;
import parallax.engine.Picture.View;
import parallax.exercise.Flight;
import parallax.exercise.LaunchTable;
import parallax.exercise.Salvo;
import parallax.exercise.SalvoPlan;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.wire.EventCodec;
import parallax.wire.FrameCodec;
import parallax.wire.InputCodec;

/**
 * Three nations share published launches in virtual time. All bundled launches: {@code parallax
 * exercise battery}.
 */
class FleetTest {
  private static final Fleet.Mode RECORDED = new Fleet.Mode(true, 0.03, true);

  private static Fleet.Outcome shared(Flight f) {
    Salvo one = Salvo.of(f);
    return Fleet.run(one, Fleet.plots(one, 1), Fleet.Mode.SHARED);
  }

  private static Flight flight(String id) {
    return LaunchTable.bundled().launches().stream()
        .filter(l -> l.id().equals(id))
        .findFirst()
        .flatMap(l -> FlownLaunch.of(l).flight())
        .orElseThrow();
  }

  private static void agreed(Fleet.Outcome o) {
    assertEquals(new TreeSet<>(), o.problems());
    SortedSet<String> digests = new TreeSet<>();
    o.boards().values().forEach(b -> digests.add(b.digest()));
    assertEquals(1, digests.size(), "final common pictures");
  }

  private static void soundAndAgreed(Fleet.Outcome o) {
    agreed(o);
    o.boards()
        .forEach(
            (n, b) -> {
              for (View v : Scoreboard.MEASURED) {
                String who = n + " " + v;
                assertEquals(0, FleetFindings.falseWhileBurning(b, v, o.salvo().first()), who);
                assertEquals(
                    new TreeSet<>(),
                    FleetFindings.confidentFalsehoods(b, v, o.salvo().first()),
                    who);
              }
              assertEquals(
                  new TreeSet<>(), b.measures(View.COMBINED).areasWarnedWrongly(), n.code());
            });
  }

  @Test
  void tellsNobodyOfAnAreaInAThreeStageFlightThatEndsAtSea() {
    Flight f = flight("L48");
    Fleet.Outcome o = shared(f);
    soundAndAgreed(o);
    Measures jpn = o.board(Nation.JPN).measures(View.COMBINED);
    assertTrue(jpn.firstKnowledgeS().orElseThrow() < 60);
    assertTrue(jpn.areasRightFromS().orElseThrow() < f.burnoutS() + 20, jpn.toString());
  }

  @Test
  void warnsTheOverflownPrefecturesThreeMinutesAhead() {
    Flight f = flight("L39");
    Fleet.Outcome o = shared(f);
    soundAndAgreed(o);
    Scoreboard jpn = o.board(Nation.JPN);
    double right = jpn.measures(View.COMBINED).areasRightFromS().orElseThrow();
    assertTrue(right <= f.burnoutS() + 15, "right from " + right);
    assertTrue(
        jpn.firstArrivalS() - right >= 180,
        "overflown " + jpn.firstArrivalS() + ", right " + right);
  }

  @Test
  void waitsForTheSecondStageThatARadarFindsAlight() {
    soundAndAgreed(shared(flight("L37")));
  }

  @Test
  void tellsTwoMissilesTwentySecondsApartFromEachOtherInEveryNation() {
    Salvo salvo =
        LaunchTable.bundled().launches().stream()
            .filter(l -> l.id().equals("L23"))
            .map(l -> FlownSalvo.of(l).plan())
            .map(p -> new Salvo(assertInstanceOf(SalvoPlan.Flown.class, p).flights()))
            .findFirst()
            .orElseThrow();
    assertEquals(2, salvo.size());
    Fleet.Outcome o = Fleet.run(salvo, Fleet.plots(salvo, 1), Fleet.Mode.SHARED);
    agreed(o);
    o.boards()
        .forEach(
            (n, b) -> {
              Measures m = b.measures(View.COMBINED);
              assertEquals(2, b.combined().size(), n + " holds one picture a missile");
              assertTrue(m.firstTrackS().orElseThrow() < 90, n + " " + m);
              assertTrue(m.impactWithin50KmS().isPresent(), n + " " + m);
              assertEquals(new TreeSet<>(), m.areasWarnedWrongly(), n.code());
            });
  }

  @Test
  void allHoldTheSameCommonPictureWhereOneWithholdsATrack() {
    Flight f = flight("L11");
    // Whoever sees only the descent cannot say that the launch was within the agreement's region.
    UtcTime descent = f.launchTime().plusSeconds(200);
    List<Plot> plots =
        Fleet.plots(Salvo.of(f), 1).stream()
            .filter(
                p ->
                    !p.sensor().owner().equals(Nation.KOR)
                        || p.timeOfValidity().compareTo(descent) > 0)
            .toList();
    Fleet.Outcome o = Fleet.run(Salvo.of(f), plots, Fleet.Mode.SHARED);
    agreed(o);
    assertEquals(Set.of(), o.board(Nation.JPN).withheldTracks());
    assertEquals(1, o.board(Nation.KOR).withheldTracks().size());
    assertEquals(Set.of(), o.board(Nation.USA).withheldTracks());
    for (Scoreboard b : o.boards().values()) {
      assertEquals(1, b.combined().size(), "what one alone holds joins what all hold");
      assertEquals(
          List.of(Nation.JPN, Nation.USA),
          b.common().values().iterator().next().sources().stream()
              .map(TrackId::originator)
              .toList());
    }
  }

  @Test
  void givesTheSameEffectsForTheSameInputsAndAfterTheirJournal() throws Exception {
    Salvo f = Salvo.of(flight("L11"));
    Fleet.Outcome a = Fleet.run(f, Fleet.plots(f, 3), RECORDED);
    Fleet.Outcome b = Fleet.run(f, Fleet.plots(f, 3), RECORDED);
    for (Nation n : a.recordings().keySet()) {
      Fleet.Recording first = a.recording(n);
      assertArrayEquals(digest(first.effects()), digest(b.recording(n).effects()), n.code());
      Engine again = Fleet.engine(n);
      List<List<Effect>> replayed = new ArrayList<>();
      for (Input.Stamped in : first.inputs()) {
        replayed.add(again.step(InputCodec.decode(InputCodec.encode(in))));
      }
      assertArrayEquals(digest(first.effects()), digest(replayed), n + " from its journal");
    }
  }

  private static byte[] digest(List<List<Effect>> effects) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (List<Effect> step : effects) {
      sha.update((byte) '|');
      for (Effect e : step) {
        sha.update(bytes(e));
      }
    }
    return sha.digest();
  }

  private static byte[] bytes(Effect e) {
    return switch (e) {
      case Effect.SendFrame s -> FrameCodec.encode(s.frame());
      case Effect.OutboxAppended o -> o.record();
      case Effect.CursorMoved c -> c.chainHash();
      case Effect.CloseLink c -> c.toString().getBytes(StandardCharsets.UTF_8);
      case Effect.CutLink c -> c.toString().getBytes(StandardCharsets.UTF_8);
      case Effect.DialLink d -> d.toString().getBytes(StandardCharsets.UTF_8);
      case Effect.GapRecorded g -> event(g);
      case Effect.RecordFolded f -> event(f);
      case Effect.Relayed r -> event(r);
      case Effect.OrderAnswered o -> event(o);
      case Effect.NoticeApplied a -> event(a);
      case Effect.PlotNotUsed p -> p.toString().getBytes(StandardCharsets.UTF_8);
      case Effect.PlotsAcknowledged p -> p.toString().getBytes(StandardCharsets.UTF_8);
      case Effect.PictureChanged p -> event(p);
      case Effect.AlertRaised p -> event(p);
      case Effect.DecisionRecorded p -> event(p);
      case Effect.RecordsTaken p -> event(p);
      case Effect.NoticeRaised p -> event(p);
    };
  }

  private static byte[] event(Effect e) {
    Optional<byte[]> b = EventCodec.encode(1, new UtcTime(0), 0, 0, e);
    return b.orElseThrow();
  }
}
