package parallax.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;

/** A tracker that is replaced, again and again, by one made from its state. */
class TrackerStateTest {
  private static final int[] EVERY = {1, 7, 50};

  static List<TrackerWorld> worlds() {
    return TrackerWorld.all();
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void aTrackerMadeFromAStateGoesOnAsTheOneItWasTakenFrom(TrackerWorld w) {
    NationalTracker whole = w.tracker();
    List<NationalTracker> replaced = new ArrayList<>();
    for (int ignored : EVERY) {
      replaced.add(w.tracker());
    }
    for (int i = 0; i < w.steps().size(); i++) {
      TrackerWorld.Step s = w.steps().get(i);
      List<TrackEvent> events = s.to(whole);
      for (int k = 0; k < EVERY.length; k++) {
        if (i % EVERY[k] == 0) {
          replaced.set(k, w.restored(replaced.get(k).state()));
        }
        NationalTracker t = replaced.get(k);
        String where = "every " + EVERY[k] + ", step " + i + ": " + s;
        assertEquals(events, s.to(t), where);
        assertEquals(whole.tracks(), t.tracks(), where);
        assertEquals(whole.clocks(), t.clocks(), where);
        assertEquals(whole.biases(), t.biases(), where);
      }
    }
    for (NationalTracker t : replaced) {
      assertEquals(said(whole.state()), said(t.state()));
    }
  }

  /** A state is taken now and then and looked at later, when the tracker has long gone on. */
  @ParameterizedTest
  @MethodSource("worlds")
  void aStateStaysAsItWasWhenTheTrackerGoesOn(TrackerWorld w) {
    NationalTracker t = w.tracker();
    TrackerState taken = t.state();
    String then = said(taken);
    for (int i = 0; i < w.steps().size(); i++) {
      var unused = w.steps().get(i).to(t);
      if (i % 40 == 0) {
        assertEquals(then, said(taken), "step " + i);
        taken = t.state();
        then = said(taken);
      }
    }
    assertEquals(then, said(taken));
  }

  /** Every number of a value, arrays included. */
  static String said(Object value) {
    StringBuilder out = new StringBuilder();
    say(value, out);
    return out.toString();
  }

  private static void say(Object value, StringBuilder out) {
    switch (value) {
      case double[] a -> out.append(Arrays.toString(a));
      case Object[] a -> Arrays.stream(a).forEach(x -> say(x, out.append(' ')));
      case List<?> l -> l.forEach(x -> say(x, out.append(' ')));
      case Optional<?> o -> o.ifPresentOrElse(x -> say(x, out), () -> out.append('-'));
      case OptionalLong o -> out.append(o);
      case OptionalDouble o -> out.append(o);
      case Record r when r.getClass().getEnclosingClass() == TrackerState.class -> fields(r, out);
      case TrackerState s -> fields(s, out);
      default -> out.append(value);
    }
  }

  private static void fields(Record r, StringBuilder out) {
    out.append(r.getClass().getSimpleName()).append('(');
    for (RecordComponent c : r.getClass().getRecordComponents()) {
      try {
        say(c.getAccessor().invoke(r), out.append(' ').append(c.getName()).append('='));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("a record that cannot be read", e);
      }
    }
    out.append(")\n");
  }

  @Test
  void worldsHoldWhatATrackerCanRemember() {
    StringBuilder all = new StringBuilder();
    for (TrackerWorld w : TrackerWorld.all()) {
      NationalTracker t = w.tracker();
      for (int i = 0; i < w.steps().size(); i++) {
        var unused = w.steps().get(i).to(t);
        if (i % 20 == 0) {
          all.append(said(t.state()));
        }
      }
    }
    for (String what :
        List.of(
            "partedFrom=Parent",
            "trimmed=true",
            "Sighting( at=-1",
            "Sighting( at=0",
            "flown=true",
            "ThreatFan",
            "Predicted[",
            "Piece(",
            "DropArea[",
            "fellShort=LaunchFailure",
            "judged=true",
            "doubt=Estimate",
            "wrong=WrongClock",
            "aside=true",
            "state=StateVector",
            "status=LOST",
            "confirmed=false",
            "Watch(")) {
      assertTrue(all.indexOf(what) >= 0, "nowhere " + what);
    }
  }

  private static TrackerState after(TrackerWorld w, int steps) {
    NationalTracker t = w.tracker();
    w.steps().subList(0, steps).forEach(s -> s.to(t));
    return t.state();
  }

  private static TrackerState with(TrackerState s, TrackerState.Errors e, long nextOrder) {
    return new TrackerState(
        nextOrder, s.nextNumber(), s.plots(), s.clockNs(), s.newestPlotNs(), e, s.targets());
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    TrackerWorld w = TrackerWorld.all().get(1);
    TrackerState s = after(w, 300);
    TrackerState.Errors e = s.errors();
    assertThrows(InvalidValueException.class, () -> w.restored(with(s, e, 0)));
    TrackerState.Errors none =
        new TrackerState.Errors(
            0,
            new TrackerState.Estimate(new double[0], new double[0]),
            new TrackerState.Estimate(new double[0], new double[0]),
            List.of());
    assertThrows(InvalidValueException.class, () -> w.restored(with(s, none, s.nextOrder())));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            NationalTracker.restored(
                Nation.KOR, new SensorRegistry(TestSensors.kor()), TrackerSettings.defaults(), s));
    Plot first = s.targets().getFirst().history().getFirst().plot();
    assertEquals(new SensorId(Nation.JPN, first.sensor().name()), first.sensor());
  }
}
