package parallax.wire.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.model.InvalidValueException;
import parallax.tracking.NationalTracker;
import parallax.tracking.TrackEvent;
import parallax.tracking.TrackerState;
import parallax.wire.proto.KeptTracker;

/** Trackers that are replaced by ones made from the bytes of their state, and hostile bytes. */
class TrackingStateTest {
  private static final int[] EVERY = {1, 7, 50};

  static List<SensedWorld> worlds() {
    return SensedWorld.all();
  }

  private static byte[] bytes(NationalTracker t) {
    return TrackingStateCodec.encode(t.state());
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void aTrackerMadeFromBytesGoesOnAsTheOneTheyWereTakenFrom(SensedWorld w) {
    NationalTracker whole = w.tracker();
    List<NationalTracker> replaced = new ArrayList<>();
    for (int ignored : EVERY) {
      replaced.add(w.tracker());
    }
    for (int i = 0; i < w.steps().size(); i++) {
      SensedWorld.Step s = w.steps().get(i);
      List<TrackEvent> events = s.to(whole);
      for (int k = 0; k < EVERY.length; k++) {
        if (i % EVERY[k] == 0) {
          replaced.set(k, w.restored(TrackingStateCodec.decode(bytes(replaced.get(k)))));
        }
        NationalTracker t = replaced.get(k);
        String where = "every " + EVERY[k] + ", step " + i + ": " + s;
        assertEquals(events, s.to(t), where);
        assertEquals(whole.tracks(), t.tracks(), where);
      }
    }
    for (NationalTracker t : replaced) {
      assertEquals(whole.clocks(), t.clocks());
      assertEquals(whole.biases(), t.biases());
      assertArrayEquals(bytes(whole), bytes(t));
    }
  }

  /** Samples of what is remembered in the middle of things. */
  private static List<byte[]> samples() {
    List<byte[]> all = new ArrayList<>();
    for (SensedWorld w : SensedWorld.all()) {
      NationalTracker t = w.tracker();
      for (int i = 0; i < w.steps().size(); i++) {
        var unused = w.steps().get(i).to(t);
        if (i % 150 == 149) {
          all.add(bytes(t));
        }
      }
    }
    return all;
  }

  @Test
  void whatIsDecodedGivesTheSameBytes() {
    for (byte[] b : samples()) {
      assertArrayEquals(b, TrackingStateCodec.encode(TrackingStateCodec.decode(b)));
    }
  }

  @Test
  void aBeliefThatIsNotSymmetricAndNumbersOfEveryKindComeBackAsTheyWent() {
    TrackerState s = TrackingStateCodec.decode(samples().getLast());
    TrackerState.Target t = s.targets().getLast();
    TrackerState.Held h = t.history().getLast();
    double[][] means = {{}, {}, {1, -0.0, Double.NaN, 4, 5, 6}, {}};
    double[][] covariances = {{}, {}, new double[36], {}};
    covariances[2][1] = Double.NEGATIVE_INFINITY;
    TrackerState.Belief odd =
        new TrackerState.Belief(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            new double[] {0, 0, 1, 0},
            means,
            covariances,
            List.of());
    TrackerState.Belief back =
        BeliefFields.fromProto(
            BeliefFields.toProto(odd, h.unpoweredSinceNs(), new SensorPlaces()),
            h.unpoweredSinceNs(),
            new SensorPlaces());
    assertEquals(odd.timeNs(), back.timeNs());
    assertEquals(odd.lastPlotNs(), back.lastPlotNs());
    assertArrayEquals(odd.weights(), back.weights());
    assertArrayEquals(odd.means()[2], back.means()[2]);
    assertArrayEquals(odd.covariances()[2], back.covariances()[2]);
  }

  /** Decodes and restores; anything but a tracker or a clear refusal fails the test. */
  private static boolean survives(SensedWorld w, byte[] bytes) {
    try {
      var unused = w.restored(TrackingStateCodec.decode(bytes));
      return true;
    } catch (InvalidValueException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains(" is ") && message.contains("; expected "), message);
      return false;
    }
  }

  @Test
  void hostileBytesAreRefusedOrAnotherState() {
    SensedWorld w = SensedWorld.all().getFirst();
    NationalTracker t = w.tracker();
    w.steps().subList(0, 260).forEach(s -> s.to(t));
    byte[] good = bytes(t);
    SplittableRandom random = new SplittableRandom(3);
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      byte[] b = good.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        b[random.nextInt(b.length)] ^= (byte) (1 << random.nextInt(8));
      }
      refused += survives(w, b) ? 0 : 1;
    }
    assertTrue(refused > 100, "refused " + refused);
    for (int i = 0; i < 1_000; i++) {
      survives(w, Arrays.copyOf(good, random.nextInt(good.length)));
    }
    for (int i = 0; i < 4_000; i++) {
      byte[] b = new byte[random.nextInt(200)];
      random.nextBytes(b);
      survives(w, b);
    }
    byte[] groups = new byte[2_000];
    Arrays.fill(groups, (byte) 0x9b);
    assertTrue(!survives(w, groups));
    byte[] huge = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
    assertTrue(!survives(w, huge));
  }

  private static String problem(KeptTracker.Builder b) {
    byte[] bytes = b.build().toByteArray();
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> TrackingStateCodec.decode(bytes))
            .getMessage());
  }

  @Test
  void wrongFieldsAreNamed() throws Exception {
    KeptTracker good = KeptTracker.parseFrom(samples().getFirst());
    assertTrue(problem(good.toBuilder().setVersion(2)).startsWith("version of a tracker's state"));
    assertTrue(problem(good.toBuilder().clearSensors()).startsWith("place of a sensor is"));
    KeptTracker.Builder b = good.toBuilder();
    b.getTargetsBuilder(0).clearPlots().clearSightings();
    assertTrue(problem(b).startsWith("plots of a track is none"));
    b = good.toBuilder();
    b.getTargetsBuilder(0).addContributors(0);
    assertTrue(problem(b).startsWith("plots of contributors is"));
    b = good.toBuilder();
    b.getTargetsBuilder(0).addSightings(KeptTracker.Sighting.newBuilder().setAt(900));
    assertTrue(problem(b).startsWith("place of a sighting is 900"));
    b = good.toBuilder();
    b.getTargetsBuilder(0).getPlotsBuilder(0).getAfterBuilder().setMotions(4).addNumbers(1);
    assertTrue(problem(b).startsWith("belief is"));
    b = good.toBuilder();
    b.getTargetsBuilder(0).getPlotsBuilder(0).setCount(1L << 40);
    assertTrue(problem(b).startsWith("plots of a track is"));
    b = good.toBuilder();
    b.getErrorsBuilder().getKnownBuilder().clearMean();
    assertTrue(problem(b).startsWith("covariance of errors is"));
    b = good.toBuilder();
    b.getErrorsBuilder().getRadarsBuilder(0).addMaybe(1_000);
    assertTrue(problem(b).startsWith("place of a radar is 1000"));
  }
}
