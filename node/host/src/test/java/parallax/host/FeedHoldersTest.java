package parallax.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.model.InvalidValueException;

class FeedHoldersTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve(FeedHolders.FILE);
  }

  private static void assertMay(FeedHolders holders, String feed, String gateway)
      throws IOException {
    assertEquals(Optional.empty(), holders.refusal(feed, gateway));
  }

  private static String refused(FeedHolders holders, String feed, String gateway)
      throws IOException {
    return holders.refusal(feed, gateway).orElseThrow();
  }

  @Test
  void aFeedBelongsToTheGatewayThatUsesItFirstAlsoAfterARestart() throws IOException {
    FeedHolders holders = new FeedHolders(file());
    for (String feed : new String[] {"radar 1", "# odd", "衛星"}) {
      assertMay(holders, feed, "north");
      assertMay(holders, feed, "north");
      assertTrue(refused(holders, feed, "south").contains("belongs to gateway 'north'"));
    }
    FeedHolders again = new FeedHolders(file());
    for (String feed : new String[] {"radar 1", "# odd", "衛星"}) {
      assertMay(again, feed, "north");
      assertTrue(refused(again, feed, "south").contains("change the line in feeds.txt"));
    }
    assertMay(again, "radar 2", "south");
  }

  @Test
  void aChangedLineGivesTheFeedToAnotherGatewayWhileTheNodeRuns() throws IOException {
    FeedHolders holders = new FeedHolders(file());
    assertMay(holders, "radar", "north");
    Files.writeString(file(), Files.readString(file()).replace("north", "south"));
    assertMay(holders, "radar", "south");
    assertTrue(refused(holders, "radar", "north").contains("belongs to gateway 'south'"));
  }

  @Test
  void aGatewayHasNoMoreThanSoManyFeeds() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < FeedHolders.MOST_FEEDS; i++) {
      text.append("f").append(i).append("\tnorth\n");
    }
    Files.writeString(file(), text);
    FeedHolders holders = new FeedHolders(file());
    assertMay(holders, "last", "north");
    assertTrue(refused(holders, "one more", "north").contains("has 1000 feeds already"));
    assertMay(holders, "one more", "south");
  }

  @ParameterizedTest
  @ValueSource(strings = {"radar", "a\tb\tc", "\tb", "a\t", "a\tb\na\tc"})
  void aLineThatSaysSomethingElseIsRefusedWithItsNumber(String text) throws IOException {
    Files.writeString(file(), "# remark\n" + text + "\n");
    InvalidValueException e =
        assertThrows(InvalidValueException.class, () -> new FeedHolders(file()));
    assertTrue(String.valueOf(e.getMessage()).contains("feeds.txt, line "), e.getMessage());
  }

  @Test
  void nothingBelongsToAnybodyThatCouldNotBeKept() throws IOException {
    FeedHolders holders = new FeedHolders(folder.resolve("missing").resolve("feeds.txt"));
    assertThrows(IOException.class, () -> holders.refusal("radar", "north"));
    assertThrows(IOException.class, () -> holders.refusal("radar", "south"));
  }
}
