package parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.ConfidentialityLabel.Classification;

/** What a recall, correction or change of label may and may not say. */
class NoticesTest {
  private static final UtcTime T = new UtcTime(1_681_338_180_000_000_000L);
  private static final TrackId TRACK = new TrackId(Nation.KOR, 7);

  private static ConfidentialityLabel label(Nation... to) {
    return new ConfidentialityLabel(
        "PARALLAX", Classification.UNCLASSIFIED, new TreeSet<>(List.of(to)), List.of(), T);
  }

  private static Report.Header header(TrackId track, Channel channel) {
    return new Report.Header(track, channel, T, label(Nation.JPN, Nation.KOR));
  }

  private static Report.Recall recall(Optional<Report.DataClass> of) {
    return new Report.Recall(
        header(TRACK, Channel.EXERCISE), of, T, Report.RecallReason.FALSE_REPORT);
  }

  private static Report impact(Report.Header header) {
    return new Report.ImpactReport(header, new ImpactPointPrediction.NoImpactExpected(T));
  }

  private static void refused(String start, Runnable make) {
    InvalidValueException e = assertThrows(InvalidValueException.class, make::run);
    assertTrue(String.valueOf(e.getMessage()).startsWith(start), e.getMessage());
  }

  @Test
  void everyNoticeIsOfTheClassThatNobodyLists() {
    Report.Header h = header(TRACK, Channel.EXERCISE);
    for (Report r :
        List.of(
            recall(Optional.empty()),
            new Report.Correction(h, impact(h)),
            new Report.Relabel(h, label(Nation.KOR), T))) {
      assertEquals(Report.DataClass.NOTICE, r.dataClass());
    }
  }

  @Test
  void noticesAreNotTakenBackThemselves() {
    refused("data class recalled is NOTICE", () -> recall(Optional.of(Report.DataClass.NOTICE)));
    for (Report.DataClass c : Report.DataClass.values()) {
      if (c != Report.DataClass.NOTICE) {
        assertEquals(Optional.of(c), recall(Optional.of(c)).of());
      }
    }
  }

  @Test
  void correctionIsOfTheSameTrackAndChannelAndNoNotice() {
    Report.Header h = header(TRACK, Channel.EXERCISE);
    refused(
        "corrected report is a notice", () -> new Report.Correction(h, recall(Optional.empty())));
    refused(
        "corrected report is KOR-8",
        () ->
            new Report.Correction(h, impact(header(new TrackId(Nation.KOR, 8), Channel.EXERCISE))));
    refused(
        "corrected report is KOR-7",
        () -> new Report.Correction(h, impact(header(TRACK, Channel.REAL))));
  }

  @Test
  void newLabelLeavesTheOriginatorItsOwn() {
    Report.Header h = header(TRACK, Channel.EXERCISE);
    refused("releasable-to is [JPN]", () -> new Report.Relabel(h, label(Nation.JPN), T));
    assertEquals(
        new TreeSet<>(List.of(Nation.KOR)),
        new Report.Relabel(h, label(Nation.KOR), T).label().releasableTo());
  }
}
