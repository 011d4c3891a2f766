package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.model.Nation;
import parallax.model.TrackId;

class TrackMapTest {
  private final TrackMap<String> map = new TrackMap<>(2);

  private static TrackId kor(long number) {
    return new TrackId(Nation.KOR, number);
  }

  @Test
  void forgetsTheTrackThatWasPutLongestAgo() {
    assertEquals(Optional.empty(), map.put(kor(1), "a"));
    assertEquals(Optional.empty(), map.put(kor(2), "b"));
    assertEquals(Optional.empty(), map.put(kor(1), "c"));

    assertEquals(Optional.of(kor(2)), map.put(kor(3), "d"));

    assertEquals(List.of(kor(1), kor(3)), map.tracks());
    assertEquals(Optional.of("c"), map.get(kor(1)));
    assertEquals(2, map.size());
  }

  @Test
  void noOriginatorPushesOutTheTracksOfAnother() {
    TrackId jpn = new TrackId(Nation.JPN, 1);
    map.put(jpn, "a");
    for (int i = 1; i < 10; i++) {
      map.put(kor(i), "b");
    }
    assertTrue(map.contains(jpn));
    assertEquals(3, map.size());
  }

  @Test
  void whatIsRemovedMakesRoom() {
    map.put(kor(1), "a");
    map.put(kor(2), "b");
    map.remove(kor(1));
    assertEquals(Optional.empty(), map.put(kor(3), "c"));
  }
}
