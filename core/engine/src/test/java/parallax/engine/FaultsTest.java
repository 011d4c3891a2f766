package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.model.Covariance;
import parallax.model.DropArea;
import parallax.model.Geodetic;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.SignatureDomain;
import parallax.signing.Signer;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;

/** A fault of this software in one part is named once, and the other parts go on. */
class FaultsTest {
  private static final Geodetic ELSEWHERE = Geodetic.ofDegrees(40.5, 128.5, 0);

  /** The last moment that a time can name. No window can be laid around it. */
  private static final UtcTime LAST = new UtcTime(Long.MAX_VALUE);

  private final Allies allies = new Allies();

  /** A track with a stage that comes down in Akita at a moment. */
  static FiledTrack withStage(long number, UtcTime now, UtcTime stageDown) {
    FiledTrack t = Filed.allToJapan(number, now);
    DropArea stage =
        new DropArea(
            MadeUpFlight.LAUNCH.plusSeconds(70),
            Geodetic.ofDegrees(39.7, 140.3, 0),
            Covariance.diagonal(1e6, 1e6),
            stageDown,
            1);
    return new FiledTrack(
        number,
        Optional.of(Filed.launchAt(ELSEWHERE)),
        t.estimate(),
        t.impact().map(i -> i.withDropAreas(List.of(stage))));
  }

  private List<String> faults(Nation n) {
    return allies.notices(n, Effect.NoticeKind.INTERNAL_FAULT);
  }

  private List<TrackId> drawn(Nation n, Picture.View view) {
    return allies.pictures(n, view).stream().map(Picture::event).toList();
  }

  @Test
  void aLaunchThatCannotBeDrawnSilencesNoOther() {
    allies.start().pass(125);
    for (int i = 0; i < 8; i++) {
      allies.file(JPN, withStage(1, allies.now(), LAST));
      allies.file(JPN, Filed.allToJapan(2, allies.now()));
      allies.pass(1);
    }

    for (Picture.View view : List.of(Picture.View.NATIONAL, Picture.View.COMBINED)) {
      assertEquals(List.of(Filed.id(JPN, 2)), drawn(JPN, view), view.toString());
    }
    assertEquals(1, allies.of(JPN, Effect.AlertRaised.class).size());
    assertEquals(2, faults(JPN).size(), "each view says it once: " + faults(JPN));
    for (String fault : faults(JPN)) {
      assertTrue(fault.contains(Filed.id(JPN, 1).toString()), fault);
    }
  }

  @Test
  void aLaunchThatCouldNotBeDrawnIsDrawnOnceItCan() {
    allies.start().pass(125);
    allies.file(JPN, withStage(1, allies.now(), LAST));
    allies.pass(3);
    assertEquals(List.of(), drawn(JPN, Picture.View.COMBINED));

    allies.file(JPN, withStage(1, allies.now(), allies.now().plusSeconds(300)));
    allies.pass(1);

    for (Picture.View view : List.of(Picture.View.NATIONAL, Picture.View.COMBINED)) {
      assertEquals(List.of(Filed.id(JPN, 1)), drawn(JPN, view), view.toString());
    }
    allies.file(JPN, withStage(1, allies.now(), LAST));
    allies.pass(2);
    assertEquals(4, faults(JPN).size(), "said again when it comes back: " + faults(JPN));
  }

  /** Its window ends 40 s before the last moment: the time of its all-clear cannot be named. */
  private void warnWithoutEnd() {
    allies.start().pass(125);
    for (int i = 0; i < 5; i++) {
      allies.file(JPN, withStage(1, allies.now(), new UtcTime(LAST.nanos() - 70_000_000_000L)));
      allies.pass(1);
    }
  }

  @Test
  void aWarningThatCannotBeLookedAtEndsNoTick() {
    warnWithoutEnd();
    assertEquals(1, allies.of(JPN, Effect.AlertRaised.class).size());

    for (int i = 0; i < 8; i++) {
      allies.file(JPN, Filed.allToJapan(2, allies.now()));
      allies.pass(1);
    }

    assertTrue(drawn(JPN, Picture.View.COMBINED).contains(Filed.id(JPN, 2)));
    assertEquals(2, allies.of(JPN, Effect.AlertRaised.class).size(), "the other is warned of");
    long ofTheWarning =
        faults(JPN).stream()
            .filter(f -> f.contains("warning") && f.contains(Filed.id(JPN, 1).toString()))
            .count();
    assertEquals(1, ofTheWarning, faults(JPN).toString());
  }

  /** Looking anything up in it fails once it is told to. */
  private static final class Trap {
    private boolean set;

    SortedMap<Nation, VerificationKey> over(SortedMap<Nation, VerificationKey> keys) {
      SortedMap<Nation, VerificationKey> out =
          new TreeMap<>(
              (a, b) -> {
                if (set) {
                  throw new IllegalStateException("no order among nations");
                }
                return a.compareTo(b);
              });
      out.putAll(keys);
      return out;
    }
  }

  private static NodeConfiguration withAgreementKeys(
      NodeConfiguration c, SortedMap<Nation, VerificationKey> keys) {
    return new NodeConfiguration(
        c.nation(),
        c.channel(),
        c.agreement(),
        keys,
        c.ownKey(),
        c.linkKeys(),
        c.policy(),
        c.sensors());
  }

  @Test
  void aFaultWhileConfiguringIsSaidAsOurOwnAndLeavesInForceWhatWas() {
    allies.start().join(JPN, KOR).pass(2);
    NodeConfiguration before = allies.configuration(JPN);
    Trap trap = new Trap();
    NodeConfiguration next =
        withAgreementKeys(
            before.withPolicy(before.policy().replace("version: 1", "version: 2")),
            trap.over(before.agreementKeys()));
    allies.cut(JPN, KOR);
    allies.mend(JPN, KOR);
    trap.set = true;

    List<Effect> effects = allies.step(JPN, new Input.Configured(next));

    trap.set = false;
    assertEquals(List.of(), Desk.notices(Effect.NoticeKind.CONFIGURATION_REFUSED, effects));
    List<String> said = Desk.notices(Effect.NoticeKind.INTERNAL_FAULT, effects);
    assertEquals(1, said.size());
    assertTrue(said.getFirst().contains("stays in force"), said.getFirst());
    assertTrue(said.getFirst().contains("no order among nations"), said.getFirst());
    assertEquals(Optional.of(before), allies.desk(JPN).engine().configuration());
    allies.pass(2);
    allies.forget();
    allies.file(JPN, Filed.all(1, allies.now()));
    allies.pass(1);
    assertEquals(3, allies.told(JPN, KOR).size(), "the link goes on");
  }

  @Test
  void sensorsThatCannotBeAreRefusedByName() {
    allies.start();
    NodeConfiguration c = allies.configuration(JPN);
    List<Effect> effects =
        allies.step(
            JPN,
            new Input.Configured(
                Party.configuration(
                    JPN,
                    c.channel(),
                    c.agreement(),
                    List.of(MadeUpFlight.radar(JPN), MadeUpFlight.radar(JPN)))));
    List<String> refused = Desk.notices(Effect.NoticeKind.CONFIGURATION_REFUSED, effects);
    assertEquals(1, refused.size());
    assertTrue(refused.getFirst().contains("radar"), refused.getFirst());
  }

  /** Fails on one report. */
  private static final class FailingCodec implements ReportCodec {
    private final ListedCodec listed = new ListedCodec();
    private boolean encodes = true;
    private boolean decodes = true;

    @Override
    public byte[] encode(Report report) {
      if (!encodes && report instanceof Report.TrackReport) {
        throw new IllegalStateException("no bytes for a path");
      }
      return listed.encode(report);
    }

    @Override
    public Report decode(byte[] record) {
      Report r = listed.decode(record);
      if (!decodes && r instanceof Report.TrackReport) {
        throw new IllegalStateException("no path in these bytes");
      }
      return r;
    }
  }

  @Test
  void aRecordThatThisSoftwareFailsOnIsSetAsideAndTheOthersAreTaken() {
    FailingCodec codec = new FailingCodec();
    Allies a = new Allies(codec).start().join(JPN, KOR);
    a.pass(2);
    codec.decodes = false;
    a.file(KOR, Filed.all(1, a.now()));
    a.pass(3);

    List<String> said = a.notices(JPN, Effect.NoticeKind.INTERNAL_FAULT);
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.getFirst().contains("record 1 of KOR"), said.getFirst());
    Picture p = a.pictures(JPN, Picture.View.COMBINED).getFirst();
    assertTrue(p.launch().isPresent());
    assertFalse(p.estimate().isPresent());
    assertEquals(List.of(), a.notices(KOR, Effect.NoticeKind.LINK_VIOLATION));
  }

  @Test
  void aReportThatThisSoftwareFailsOnIsWithheldAndTheOthersAreTold() {
    FailingCodec codec = new FailingCodec();
    Allies a = new Allies(codec);
    a.configure(
        KOR,
        a.configuration(KOR)
            .withPolicy(
                """
                name: Test
                version: 1
                nation: KOR
                rules:
                  - name: later
                    dataClasses: [LAUNCH_POINT, FLIGHT_PATH, IMPACT_POINT]
                    to: [JPN]
                    decision: sanitise
                    sanitise: {delayS: 3}
                default: withhold
                """));
    a.start().join(JPN, KOR).pass(2);
    a.file(KOR, Filed.all(1, a.now()));
    codec.encodes = false;
    a.pass(5);

    assertEquals(
        List.of(Report.DataClass.LAUNCH_POINT, Report.DataClass.IMPACT_POINT),
        a.told(KOR, JPN).stream().map(Report::dataClass).toList());
    List<String> said = a.notices(KOR, Effect.NoticeKind.INTERNAL_FAULT);
    assertEquals(1, said.size(), said.toString());
    assertTrue(said.getFirst().contains(Filed.id(KOR, 1).toString()), said.getFirst());
    assertTrue(said.getFirst().contains("JPN"), said.getFirst());
    assertEquals(1, a.decisions(KOR, JPN).stream().filter(d -> d.rule().equals("(fault)")).count());
  }

  /** Fails to sign as long as it is told to. */
  private static final class FailingSigner implements Signer {
    private final SigningKey key;
    private int failures;

    FailingSigner(SigningKey key) {
      this.key = key;
    }

    @Override
    public VerificationKey key() {
      return key.key();
    }

    @Override
    public byte[] sign(SignatureDomain domain, byte[] message) {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("the device does not sign");
      }
      return key.sign(domain, message);
    }
  }

  @Test
  void aStreamThatCannotBeSentHoldsUpNoOther() {
    FailingSigner signer =
        new FailingSigner(Party.streamKey(JPN, allies.configuration(JPN).channel()));
    allies.desk(JPN).holds(signer);
    allies.start();
    allies.restart(JPN);
    allies.joinAll().pass(2);
    allies.forget();
    signer.failures = 1;

    allies.file(JPN, Filed.all(1, allies.now()));

    assertTrue(allies.sent(JPN, USA).stream().anyMatch(s -> s.frame() instanceof Frame.Batch));
    assertEquals(1, faults(JPN).size(), faults(JPN).toString());
    assertTrue(faults(JPN).getFirst().contains("KOR"), faults(JPN).getFirst());
    allies.pass(30);
    assertEquals(2, allies.taken(JPN, KOR, Lane.URGENT), "and comes right by itself");
  }

  @Test
  void anOrderThatFailsOnOurFaultIsAnswered() {
    FailingCodec codec = new FailingCodec();
    Allies a = new Allies(codec).start().join(JPN, KOR);
    a.pass(2);
    a.file(KOR, Filed.all(1, a.now()));
    a.pass(1);

    List<Effect> effects = a.order(KOR, new Order.PutPolicy(nothing()));

    Effect.OrderAnswered answer = Desk.of(Effect.OrderAnswered.class, effects).getFirst();
    assertFalse(answer.done());
    assertTrue(answer.detail().contains("fault"), answer.detail());
    assertEquals(1, Desk.notices(Effect.NoticeKind.INTERNAL_FAULT, effects).size());
  }

  @SuppressWarnings("NullAway") // what no caller may give stands for a fault of ours
  private static String nothing() {
    return null;
  }
}
