package parallax.warning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.warning.Scenes.LAUNCH;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AlertBookState.OfEvent;

/** A book made from the state of another goes on like it, and the parts of the state are needed. */
class AlertBookStateTest {
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();
  private static final int LIVES = 60;
  private static final int ANEW_EVERY = 7;
  private static final String EVENT = "launch-1";
  private static final Evidence EVIDENCE = Evidence.of(new TrackId(Nation.KOR, 7));

  /** Forgets a part of what is remembered of an event. */
  enum Forgets implements UnaryOperator<OfEvent> {
    HISTORIES,
    REFERENCES,
    STANDING,
    SEQUENCE,
    CLOSED,
    SENT_AT;

    @Override
    public OfEvent apply(OfEvent e) {
      return new OfEvent(
          this == HISTORIES ? new TreeMap<>() : e.histories(),
          this == REFERENCES ? List.of() : e.references(),
          this == STANDING ? Optional.empty() : e.standing(),
          this == SEQUENCE ? 0 : e.sequence(),
          this != CLOSED && e.closed(),
          e.withdrawn(),
          this == SENT_AT ? LAUNCH : e.sentAt(),
          e.assessedAt(),
          e.windowsBehindNs());
    }
  }

  private static UtcTime t(double s) {
    return LAUNCH.plusSeconds(s);
  }

  private static AlertBook anew(AlertBook b, UnaryOperator<OfEvent> change) {
    TreeMap<String, OfEvent> warnings = new TreeMap<>(b.state().warnings());
    warnings.replaceAll((event, w) -> change.apply(w));
    return new AlertBook(
        Nation.JPN,
        Channel.REAL,
        AlertSettings.DEFAULT,
        new AlertBookState(warnings, b.state().forgotten()),
        AREAS);
  }

  /** What is issued in a life in which people and originators withdraw, and the event ends. */
  private static List<AlertAction> life(long seed, int every, UnaryOperator<OfEvent> change) {
    SplittableRandom random = new SplittableRandom(seed);
    AlertBook b = new AlertBook(Nation.JPN, Channel.REAL, AlertSettings.DEFAULT);
    List<AlertAction> out = new ArrayList<>();
    Flicker flicker = new Flicker(random);
    for (int s = 0; s < 500; s++) {
      if (every > 0 && s % every == 0) {
        b = anew(b, change);
      }
      List<AreaAtRisk> areas = flicker.next();
      out.addAll(
          switch (random.nextInt(150)) {
            case 0 -> b.onEnd(EVENT, t(s));
            case 1 -> b.withdraw(EVENT, t(s));
            case 2, 3 -> b.takeBack(EVENT, t(s));
            default ->
                random.nextInt(4) == 0
                    ? b.onInconclusive(EVENT, EVIDENCE, areas, t(s))
                    : b.onAssessment(EVENT, EVIDENCE, areas, t(s));
          });
      out.addAll(b.onTick(t(s)));
    }
    return out;
  }

  @Test
  void aBookMadeFromAStateGoesOnLikeTheOther() {
    int issued = 0;
    for (int seed = 0; seed < LIVES; seed++) {
      List<AlertAction> whole = life(seed, 0, e -> e);
      assertEquals(whole, life(seed, ANEW_EVERY, e -> e), "seed " + seed);
      issued += whole.size();
    }
    assertTrue(issued > LIVES);
  }

  @ParameterizedTest
  @EnumSource
  void aBookThatForgetsAPartIssuesSomethingElse(Forgets part) {
    int others = 0;
    for (int seed = 0; seed < LIVES; seed++) {
      others += life(seed, 0, e -> e).equals(life(seed, ANEW_EVERY, part)) ? 0 : 1;
    }
    assertTrue(others > 0, part + " is not needed");
  }
}
