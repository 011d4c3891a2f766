package parallax.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Picture;
import parallax.model.Covariance;
import parallax.model.FlightPhase;
import parallax.model.Geodetic;
import parallax.model.ImpactPointPrediction;
import parallax.model.LaunchPointEstimate;
import parallax.model.Report;
import parallax.model.StateVector;
import parallax.model.ThreatClass;
import parallax.model.TrackEstimate;
import parallax.model.TrackId;
import parallax.model.TrackStatus;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.model.Wgs84;
import parallax.wire.NodeEvent;

/** What of a node's events is said, and how often. */
class EventLinesTest {
  private static final UtcTime T0 = new UtcTime(1_681_338_240_000_000_000L);
  private static final TrackId EVENT = new TrackId(KOR, 7);

  private final EventLines lines = new EventLines();

  private static TrackEstimate estimate(UtcTime at, TrackStatus status, FlightPhase phase) {
    Vector3 p = Wgs84.toEcef(Geodetic.ofDegrees(39.5, 128, 120_000));
    return new TrackEstimate(
        new StateVector(at, p, new Vector3(100, 200, 3_000), Covariance.diagonal(1, 1, 1, 1, 1, 1)),
        phase,
        status,
        ThreatClass.MRBM,
        at);
  }

  private static ImpactPointPrediction impact(UtcTime made, UtcTime at) {
    return new ImpactPointPrediction.Predicted(
        made, Geodetic.ofDegrees(41.2, 139.8, 0), Covariance.diagonal(25e6, 4e6), at, 4);
  }

  private static Picture picture(
      UtcTime at, TrackEstimate estimate, ImpactPointPrediction impact, TrackId... sources) {
    return new Picture(
        Picture.View.COMBINED,
        EVENT,
        at,
        List.of(sources),
        Optional.of(
            new LaunchPointEstimate(
                Geodetic.ofDegrees(39.03, 125.75, 0), Covariance.diagonal(4e6, 1e6), T0, 3)),
        Optional.of(estimate),
        impact,
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private List<String> said(Picture p) {
    List<String> out = new ArrayList<>();
    lines
        .of(p.at(), new Effect.PictureChanged(p, Optional.empty()))
        .forEach(l -> out.add(l.kind() + " " + l.words()));
    return out;
  }

  @Test
  void launchIsSaidOnceAndWhatChangesIsSaidWhenItDoes() {
    UtcTime hit = T0.plusSeconds(600);
    UtcTime t = T0.plusSeconds(60);
    List<String> first =
        said(
            picture(
                t, estimate(t, TrackStatus.CONFIRMED, FlightPhase.BOOST), impact(t, hit), EVENT));
    assertEquals(
        List.of(
            "LAUNCH KOR-7: a launch at 39.03° N, 125.75° E (1 sigma 2 km) at " + T0,
            "SOURCES KOR-7: known from KOR",
            "TRACK KOR-7: confirmed, boost, class mrbm",
            "IMPACT KOR-7: at 41.20° N, 139.80° E (1 sigma 5 km) at "
                + hit
                + ", in 9 min 0 s; areas at risk of this nation: none"),
        first);
    UtcTime then = t.plusSeconds(5);
    assertEquals(
        List.of("SOURCES KOR-7: known from JPN, KOR"),
        said(
            picture(
                then,
                estimate(then, TrackStatus.CONFIRMED, FlightPhase.BOOST),
                impact(then, hit),
                new TrackId(JPN, 3),
                EVENT)));
    UtcTime late = t.plusSeconds(31);
    List<String> again =
        said(
            picture(
                late,
                estimate(late, TrackStatus.CONFIRMED, FlightPhase.COAST),
                impact(late, hit),
                new TrackId(JPN, 3),
                EVENT));
    assertEquals(2, again.size(), again.toString());
    assertEquals("TRACK KOR-7: confirmed, coast, class mrbm", again.getFirst());
  }

  @Test
  void coastingBetweenTwoScansIsNotSaidButALostTrackIs() {
    UtcTime hit = T0.plusSeconds(600);
    int count = 0;
    for (int i = 0; i < 20; i++) {
      UtcTime t = T0.plusSeconds(60 + i);
      TrackStatus s = i % 2 == 0 ? TrackStatus.CONFIRMED : TrackStatus.COASTED;
      count +=
          (int)
              said(picture(t, estimate(t, s, FlightPhase.BOOST), impact(t, hit), EVENT)).stream()
                  .filter(l -> l.startsWith("TRACK"))
                  .count();
    }
    assertEquals(1, count);
    UtcTime t = T0.plusSeconds(85);
    assertTrue(
        said(picture(t, estimate(t, TrackStatus.LOST, FlightPhase.BOOST), impact(t, hit), EVENT))
            .contains("TRACK KOR-7: lost, boost, class mrbm"));
  }

  @Test
  void whatIsWithheldIsSaidOnceForEachTrackClassPartnerAndRule() {
    NodeEvent.Decided d =
        new NodeEvent.Decided(
            JPN,
            EVENT,
            Report.DataClass.FLIGHT_PATH,
            false,
            "ask first",
            "scope.regions",
            "held as 1 until then");
    NodeEvent event = new NodeEvent(1, T0, 1, 1, d);
    assertEquals(
        "KOR-7: FLIGHT_PATH from JPN: held as 1 until then (ask first)",
        lines.of(event).getFirst().words());
    assertEquals(List.of(), lines.of(event));
  }

  @Test
  void launchThatIsWithdrawnIsSaidWithTheReasonAndWouldBeSaidAnew() {
    UtcTime t = T0.plusSeconds(60);
    ImpactPointPrediction impact = impact(t, T0.plusSeconds(600));
    TrackEstimate e = estimate(t, TrackStatus.CONFIRMED, FlightPhase.BOOST);
    said(picture(t, e, impact, EVENT));
    Picture gone =
        new Picture(
            Picture.View.COMBINED,
            EVENT,
            t,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new ImpactPointPrediction.CannotTellYet(t, "recalled"),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty());
    assertEquals(List.of("LAUNCH KOR-7: is withdrawn: recalled"), said(gone));
    assertEquals(4, said(picture(t, e, impact, EVENT)).size());
  }

  @Test
  void picturesReadOutSayWhatWhereWhenAndHowSure() {
    UtcTime t = T0.plusSeconds(60);
    List<String> text =
        PictureText.lines(
            picture(
                t,
                estimate(t, TrackStatus.CONFIRMED, FlightPhase.COAST),
                impact(t, T0.plusSeconds(600)),
                EVENT),
            t.plusSeconds(2));
    assertEquals("KOR-7  mrbm coast, track confirmed, known from KOR", text.get(0));
    assertEquals("launched at 39.03° N, 125.75° E (1 sigma 2.0 km) at " + T0, text.get(1));
    assertEquals("flies at 3.0 km/s, 120 km high; last seen 2 s ago", text.get(2));
    assertEquals(
        "comes down at 41.20° N, 139.80° E (1 sigma 5.0 km) in 8 min 58 s (1 sigma 4 s), at "
            + T0.plusSeconds(600),
        text.get(3));
  }

  @Test
  void spansOfTimeAreWrittenAsOneWouldSayThem() {
    assertEquals("0 s", Words.span(0.4));
    assertEquals("59 s", Words.span(59));
    assertEquals("3 min 8 s", Words.span(188));
    assertEquals("1 h 26 min", Words.span(5160));
    assertEquals("in 38 s", Words.away(38));
    assertEquals("38 s ago", Words.away(-38));
  }
}
