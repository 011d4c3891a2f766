package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import parallax.engine.Input.Direction;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;

/** Two engines joined in memory by a line that breaks, and that are restarted now and then. */
class JoinedEnginesTest {
  private final ListedCodec codec = new ListedCodec();
  private final Desk jpn = new Desk(Nation.JPN, codec);
  private final Desk kor = new Desk(Nation.KOR, codec);

  /** Frames under way: from JPN to KOR and back, on the stream JPN dials. */
  private final Deque<parallax.link.Frame> up = new ArrayDeque<>();

  private final Deque<parallax.link.Frame> down = new ArrayDeque<>();
  private final List<Effect> atJpn = new ArrayList<>();
  private final List<Effect> atKor = new ArrayList<>();
  private boolean connected;

  private void configure(String agreement, UtcTime now) {
    jpn.step(now, new Input.Configured(of(Nation.JPN, agreement)));
    kor.step(now, new Input.Configured(of(Nation.KOR, agreement)));
  }

  private static NodeConfiguration of(Nation nation, String agreement) {
    return Party.configuration(
        nation,
        Channel.EXERCISE,
        Party.signed(agreement, Channel.EXERCISE),
        MadeUpFlight.sensors(nation));
  }

  private void connect(UtcTime now) {
    connected = true;
    korDid(kor.step(now, new Input.LinkChanged(Nation.JPN, Direction.INBOUND, true)));
    jpnDid(jpn.step(now, new Input.LinkChanged(Nation.KOR, Direction.OUTBOUND, true)));
  }

  private void disconnect(UtcTime now) {
    connected = false;
    up.clear();
    down.clear();
    jpnDid(jpn.step(now, new Input.LinkChanged(Nation.KOR, Direction.OUTBOUND, false)));
    korDid(kor.step(now, new Input.LinkChanged(Nation.JPN, Direction.INBOUND, false)));
  }

  private void jpnDid(List<Effect> effects) {
    atJpn.addAll(effects);
    for (Effect e : effects) {
      if (e instanceof Effect.SendFrame f && f.partner().equals(Nation.KOR) && connected) {
        up.add(f.frame());
      }
    }
  }

  private void korDid(List<Effect> effects) {
    atKor.addAll(effects);
    for (Effect e : effects) {
      if (e instanceof Effect.SendFrame f && f.partner().equals(Nation.JPN) && connected) {
        down.add(f.frame());
      }
    }
  }

  /** Lets at most {@code most} frames arrive. */
  private void carry(UtcTime now, int most) {
    for (int i = 0; i < most && !(up.isEmpty() && down.isEmpty()); i++) {
      if (!up.isEmpty()) {
        korDid(kor.step(now, new Input.FrameReceived(Nation.JPN, Direction.INBOUND, up.remove())));
      }
      if (!down.isEmpty()) {
        jpnDid(
            jpn.step(now, new Input.FrameReceived(Nation.KOR, Direction.OUTBOUND, down.remove())));
      }
    }
  }

  private long released() {
    return Desk.of(Effect.OutboxAppended.class, atJpn).stream()
        .filter(o -> o.partner().equals(Nation.KOR))
        .mapToLong(Effect.OutboxAppended::seq)
        .max()
        .orElse(0);
  }

  /** Number of the last record taken, after checking that each came once and in order. */
  private long taken() {
    long next = 1;
    for (Effect.RecordsTaken t : Desk.of(Effect.RecordsTaken.class, atKor)) {
      assertEquals(next, t.firstSeq());
      next += t.count();
    }
    return next - 1;
  }

  @Test
  void everyReleasedRecordIsTakenOnceAcrossBreaksAndRestarts() {
    for (long seed = 1; seed <= 3; seed++) {
      new JoinedEnginesTest().survives(seed);
    }
  }

  private void survives(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    UtcTime now = MadeUpFlight.LAUNCH;
    configure(Party.AGREEMENT, now);
    connect(now);
    int restarts = 0;
    for (Plot p : new MadeUpFlight().plots(Nation.JPN, seed).subList(0, 220)) {
      now = p.timeOfValidity().plusSeconds(0.05);
      jpnDid(jpn.plot(now, p));
      jpnDid(jpn.step(now, new Input.Tick()));
      korDid(kor.step(now, new Input.Tick()));
      carry(now, random.nextInt(4));
      int event = random.nextInt(25);
      if (event == 0) {
        disconnect(now);
        restart(random.nextBoolean() ? jpn : kor, now, Party.AGREEMENT);
        restarts++;
      } else if (event <= 2 && connected) {
        disconnect(now);
      } else if (!connected) {
        connect(now);
      }
    }
    if (!connected) {
      connect(now);
    }
    for (int i = 0; i < 5; i++) {
      now = now.plusSeconds(1);
      carry(now, 1000);
      jpnDid(jpn.step(now, new Input.Tick()));
      korDid(kor.step(now, new Input.Tick()));
    }
    carry(now, 1000);

    assertTrue(restarts > 3, "restarts: " + restarts);
    assertTrue(released() > 100, "released: " + released());
    assertEquals(released(), taken());
    assertTrue(Desk.notices(Effect.NoticeKind.LINK_VIOLATION, atJpn).isEmpty());
    assertTrue(Desk.notices(Effect.NoticeKind.LINK_VIOLATION, atKor).isEmpty());
    assertTrue(Desk.notices(Effect.NoticeKind.RECORD_QUARANTINED, atKor).isEmpty());
  }

  private static void restart(Desk desk, UtcTime now, String agreement) {
    desk.restart(now, of(desk.nation(), agreement));
  }

  @Test
  void linksGoOnUnderANewAgreementWithTheirNumbers() {
    String next = Party.AGREEMENT.replace("version: 1", "version: 2");
    List<Plot> plots = new MadeUpFlight().plots(Nation.JPN, 1);
    configure(Party.AGREEMENT, MadeUpFlight.LAUNCH);
    UtcTime now = plots.get(0).timeOfValidity();
    connect(now);
    for (Plot p : plots.subList(0, 180)) {
      now = p.timeOfValidity().plusSeconds(0.05);
      jpnDid(jpn.plot(now, p));
      jpnDid(jpn.step(now, new Input.Tick()));
      carry(now, 1000);
    }
    final long before = taken();
    disconnect(now);

    restart(jpn, now, next);
    connect(now);
    carry(now, 1000);
    assertTrue(
        Desk.notices(Effect.NoticeKind.LINK_VIOLATION, atKor)
            .toString()
            .contains("AGREEMENT_DIFFERS"),
        "KOR still goes by the old one");
    disconnect(now);

    restart(kor, now, next);
    connect(now);
    for (Plot p : plots.subList(180, 260)) {
      now = p.timeOfValidity().plusSeconds(0.05);
      jpnDid(jpn.plot(now, p));
      jpnDid(jpn.step(now, new Input.Tick()));
      carry(now, 1000);
    }

    assertTrue(before > 0);
    assertTrue(released() > before);
    assertEquals(released(), taken());
  }

  @Test
  void refusesToGoOnAsAnotherNation() {
    configure(Party.AGREEMENT, MadeUpFlight.LAUNCH);

    List<Effect> effects =
        jpn.step(
            MadeUpFlight.LAUNCH.plusSeconds(1),
            new Input.Configured(of(Nation.KOR, Party.AGREEMENT)));

    List<String> refused = Desk.notices(Effect.NoticeKind.CONFIGURATION_REFUSED, effects);
    assertEquals(1, refused.size());
    assertTrue(refused.get(0).contains("JPN"), refused.get(0));
  }
}
