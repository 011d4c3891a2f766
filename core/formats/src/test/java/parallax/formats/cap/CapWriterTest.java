package parallax.formats.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.warning.AdministrativeArea;
import parallax.warning.Alert;
import parallax.warning.Alert.MessageType;
import parallax.warning.AlertAction;
import parallax.warning.AlertBook;
import parallax.warning.AlertSettings;
import parallax.warning.AlertText;
import parallax.warning.AreaAtRisk;
import parallax.warning.AreaAtRisk.Kind;
import parallax.warning.AreaCatalogue;
import parallax.warning.Evidence;

class CapWriterTest {
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();
  private static final UtcTime LAUNCH = UtcTime.of(Instant.parse("2023-04-12T22:23:00.75Z"));
  private static final Path XSD =
      Path.of(System.getProperty("parallax.samples", "no-samples"), "cap", "xsd", "cap12.xsd");

  @TempDir static Path folder;

  private static AreaAtRisk risk(String code, Kind kind) {
    return new AreaAtRisk(
        AREAS.area(code).orElseThrow(),
        kind,
        0.6,
        LAUNCH.plusSeconds(600),
        LAUNCH.plusSeconds(700));
  }

  /** Every kind of message in the life of one event. */
  private static List<Alert> life(Nation sender, Channel channel, AreaAtRisk... risks) {
    AlertBook book = new AlertBook(sender, channel, new AlertSettings(1, 0, 1, 0, 1, 30, 5, 60));
    Evidence evidence = Evidence.of(new TrackId(Nation.KOR, 1), new TrackId(Nation.JPN, 2));
    List<AreaAtRisk> all = List.of(risks);
    List<AlertAction> actions = new ArrayList<>();
    actions.addAll(book.onAssessment("E-1", evidence, all.subList(0, 1), LAUNCH.plusSeconds(60)));
    actions.addAll(book.onAssessment("E-1", evidence, all, LAUNCH.plusSeconds(70)));
    actions.addAll(book.onAssessment("E-1", evidence, List.of(), LAUNCH.plusSeconds(80)));
    actions.addAll(book.onAssessment("E-1", evidence, all, LAUNCH.plusSeconds(90)));
    actions.addAll(book.onTick(LAUNCH.plusSeconds(800)));
    return actions.stream().map(AlertAction::alert).toList();
  }

  private static List<Alert> hokkaido(Channel channel) {
    return life(Nation.JPN, channel, risk("JP-01", Kind.IMPACT), risk("JP-02", Kind.OVERFLIGHT));
  }

  private static Document parse(byte[] xml) throws Exception {
    DocumentBuilderFactory f = DocumentBuilderFactory.newDefaultNSInstance();
    f.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return f.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
  }

  private static List<String> texts(Document d, String element) {
    NodeList n = d.getElementsByTagNameNS(CapWriter.NAMESPACE, element);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < n.getLength(); i++) {
      out.add(n.item(i).getTextContent());
    }
    return out;
  }

  private static String text(Document d, String element) {
    List<String> all = texts(d, element);
    assertEquals(1, all.size(), element);
    return all.get(0);
  }

  private static List<String> codes(Document d, String valueName) {
    NodeList n = d.getElementsByTagNameNS(CapWriter.NAMESPACE, "geocode");
    List<String> out = new ArrayList<>();
    for (int i = 0; i < n.getLength(); i++) {
      Element e = (Element) n.item(i);
      if (child(e, "valueName").equals(valueName)) {
        out.add(child(e, "value"));
      }
    }
    return out;
  }

  private static String child(Element e, String name) {
    return e.getElementsByTagNameNS(CapWriter.NAMESPACE, name).item(0).getTextContent();
  }

  @BeforeAll
  static void saysWhatCannotBeChecked() {
    if (!Files.exists(XSD)) {
      System.out.println("NOT CHECKED: CAP against the official schema; there is no " + XSD);
    }
  }

  private static List<Alert> allKinds() {
    List<Alert> alerts = new ArrayList<>();
    for (Channel c : Channel.values()) {
      alerts.addAll(hokkaido(c));
      alerts.addAll(
          life(Nation.KOR, c, risk("KR-26", Kind.IMPACT), risk("KR-50", Kind.OVERFLIGHT)));
      alerts.addAll(
          life(Nation.USA, c, risk("US-GU", Kind.IMPACT), risk("US-AK", Kind.OVERFLIGHT)));
    }
    return alerts;
  }

  @Test
  void everyKindOfMessageIsValidAgainstTheOfficialSchema() throws Exception {
    List<Alert> alerts = allKinds();
    assertEquals(3 * 3 * 5, alerts.size());
    if (!Files.exists(XSD)) {
      return; // said loudly above
    }
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(XSD.toFile());
    for (Alert a : alerts) {
      try {
        schema
            .newValidator()
            .validate(new StreamSource(new ByteArrayInputStream(CapWriter.write(a))));
      } catch (SAXException e) {
        throw new AssertionError(a.identifier() + ": " + e.getMessage(), e);
      }
    }
  }

  @Test
  void theSchemaWouldCatchATimeInTheWrongForm() throws Exception {
    if (!Files.exists(XSD)) {
      return;
    }
    Schema schema =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(XSD.toFile());
    String good = CapWriter.toXml(hokkaido(Channel.REAL).get(0));
    String zulu = good.replaceFirst("(<sent>[^+]*)\\+09:00", "$1Z");
    assertFalse(good.equals(zulu));
    assertThrows(
        SAXException.class,
        () -> schema.newValidator().validate(new StreamSource(new java.io.StringReader(zulu))));
  }

  @Test
  void everyKindOfMessageIsValidByXmllintToo() throws Exception {
    List<String> command = new ArrayList<>(List.of("xmllint", "--nonet", "--noout", "--schema"));
    command.add(XSD.toString());
    for (Alert a : allKinds()) {
      Path file = folder.resolve(a.identifier() + ".xml");
      Files.write(file, CapWriter.write(a));
      command.add(file.toString());
    }
    if (!Files.exists(XSD)) {
      return;
    }
    Process p;
    try {
      p = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      System.out.println("NOT CHECKED: CAP by xmllint, which is not installed (libxml2-utils)");
      return;
    }
    String output =
        new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertTrue(p.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, p.exitValue(), output);
  }

  @Test
  void statusAndScopeFollowTheChannel() throws Exception {
    for (Alert a : hokkaido(Channel.REAL)) {
      Document d = parse(CapWriter.write(a));
      assertEquals("Actual", text(d, "status"));
      assertEquals("Public", text(d, "scope"));
      assertEquals(List.of(), texts(d, "restriction"));
    }
    for (Alert a : hokkaido(Channel.EXERCISE)) {
      Document d = parse(CapWriter.write(a));
      assertEquals("Exercise", text(d, "status"));
      assertEquals("Restricted", text(d, "scope"));
      assertFalse(text(d, "restriction").isBlank());
      for (String h : texts(d, "headline")) {
        assertTrue(h.startsWith("【訓練】") || h.startsWith("[훈련]") || h.startsWith("EXERCISE"), h);
      }
    }
    for (Alert a : hokkaido(Channel.TEST)) {
      assertEquals("Test", text(parse(CapWriter.write(a)), "status"));
    }
  }

  @Test
  void messageTypesAndReferencesFollowTheLife() throws Exception {
    List<Alert> life = hokkaido(Channel.EXERCISE);
    List<String> types = new ArrayList<>();
    for (Alert a : life) {
      types.add(text(parse(CapWriter.write(a)), "msgType"));
    }
    assertEquals(List.of("Alert", "Update", "Cancel", "Alert", "Update"), types);
    assertEquals(MessageType.ALL_CLEAR, life.get(4).messageType());
    assertEquals(List.of(), texts(parse(CapWriter.write(life.get(0))), "references"));
    Document cancel = parse(CapWriter.write(life.get(2)));
    assertEquals(
        "warning@jpn.parallax.example,parallax-JPN-EXERCISE-E-1-0001,2023-04-13T07:24:00+09:00"
            + " warning@jpn.parallax.example,parallax-JPN-EXERCISE-E-1-0002,"
            + "2023-04-13T07:24:10+09:00",
        text(cancel, "references"));
    Document clear = parse(CapWriter.write(life.get(4)));
    assertEquals(Collections.nCopies(3, "AllClear"), texts(clear, "responseType"));
    assertEquals(Collections.nCopies(3, "Past"), texts(clear, "urgency"));
  }

  @Test
  void timesHaveWholeSecondsAndANumericOffset() throws Exception {
    Document japan = parse(CapWriter.write(hokkaido(Channel.REAL).get(1)));
    assertEquals("2023-04-13T07:24:10+09:00", text(japan, "sent"));
    assertEquals("2023-04-13T07:33:00+09:00", texts(japan, "onset").get(0));
    assertEquals("2023-04-13T07:44:40+09:00", texts(japan, "expires").get(0));
    Document us =
        parse(CapWriter.write(life(Nation.USA, Channel.REAL, risk("US-HI", Kind.IMPACT)).get(0)));
    assertEquals("2023-04-12T22:24:00-00:00", text(us, "sent"));
  }

  @Test
  void speaksThreeLanguagesWithTheSameFacts() throws Exception {
    Document d = parse(CapWriter.write(hokkaido(Channel.REAL).get(1)));
    assertEquals(List.of("ja-JP", "ko-KR", "en-US"), texts(d, "language"));
    assertEquals(
        List.of("北海道", "青森県", "홋카이도", "아오모리현", "Hokkaido", "Aomori"), texts(d, "areaDesc"));
    assertEquals(Collections.nCopies(3, "Extreme"), texts(d, "severity"));
    assertEquals(Collections.nCopies(3, "Likely"), texts(d, "certainty"));
  }

  @Test
  void areasCarryTheirCodes() throws Exception {
    Document japan = parse(CapWriter.write(hokkaido(Channel.REAL).get(1)));
    assertEquals(List.of("JP-01", "JP-02"), codes(japan, "ISO 3166-2").subList(0, 2));
    assertEquals(List.of("01", "02"), codes(japan, "JIS X 0401").subList(0, 2));
    Document korea =
        parse(CapWriter.write(life(Nation.KOR, Channel.REAL, risk("KR-26", Kind.IMPACT)).get(0)));
    assertEquals("KR-26", codes(korea, "ISO 3166-2").get(0));
    assertEquals("2600000000", codes(korea, "Korea administrative district code").get(0));
    Document us =
        parse(CapWriter.write(life(Nation.USA, Channel.REAL, risk("US-GU", Kind.IMPACT)).get(0)));
    assertEquals("066000", codes(us, "SAME").get(0));
    assertEquals("GU", codes(us, "ISO 3166-1").get(0));
  }

  @Test
  void polygonsAreClosedAndWithinTheWorld() throws Exception {
    Document d =
        parse(CapWriter.write(life(Nation.USA, Channel.TEST, risk("US-AK", Kind.IMPACT)).get(0)));
    List<String> polygons = texts(d, "polygon");
    boolean east = false;
    boolean west = false;
    for (String polygon : polygons) {
      String[] pairs = polygon.split(" ", -1);
      assertTrue(pairs.length >= 4);
      assertEquals(pairs[0], pairs[pairs.length - 1]);
      double least = 999;
      double most = -999;
      for (String pair : pairs) {
        String[] p = pair.split(",", -1);
        double lat = Double.parseDouble(p[0]);
        double lon = Double.parseDouble(p[1]);
        assertTrue(lat > 50 && lat < 72, pair);
        assertTrue(lon >= -180 && lon <= 180, pair);
        least = Math.min(least, lon);
        most = Math.max(most, lon);
      }
      assertTrue(most - least < 60, "a ring around the world: " + least + " to " + most);
      east |= least > 170;
      west |= most < -130;
    }
    assertTrue(east && west);
  }

  @Test
  void namesWithMarkupAreEscaped() throws Exception {
    AdministrativeArea plain = AREAS.area("KR-26").orElseThrow();
    String name = "A&B <Bu\"s'an> ]]> &amp; 𠮟";
    AdministrativeArea odd =
        new AdministrativeArea(
            "KR-26", Nation.KOR, "26", name, name, name, plain.polygons().subList(0, 1));
    AreaAtRisk r =
        new AreaAtRisk(odd, Kind.IMPACT, 1, LAUNCH.plusSeconds(60), LAUNCH.plusSeconds(90));
    Document d = parse(CapWriter.write(life(Nation.KOR, Channel.REAL, r).get(0)));
    assertEquals(Collections.nCopies(3, name), texts(d, "areaDesc"));
    assertTrue(texts(d, "headline").get(0).contains(name));
  }

  @Test
  void refusesWhatCapCannotSay() {
    Alert a = hokkaido(Channel.REAL).get(0);
    for (String id : new String[] {"a b", "a,b", "a<b", "a&b"}) {
      assertThrows(InvalidValueException.class, () -> CapWriter.write(with(a, id, a.texts())));
    }
    AlertText t = new AlertText("en-US", "x", "broken \ud800 surrogate", "d", "i");
    assertThrows(InvalidValueException.class, () -> CapWriter.write(with(a, "id", List.of(t))));
    AlertText u = new AlertText("en-US", "x", "not a character \uffff", "d", "i");
    assertThrows(InvalidValueException.class, () -> CapWriter.write(with(a, "id", List.of(u))));
  }

  private static Alert with(Alert a, String identifier, List<AlertText> texts) {
    return new Alert(
        identifier,
        a.channel(),
        a.sender(),
        a.eventKey(),
        a.messageType(),
        a.sent(),
        a.areas(),
        a.references(),
        a.evidence(),
        texts);
  }

  @Test
  void theSameAlertGivesTheSameBytes() {
    Alert a = hokkaido(Channel.EXERCISE).get(1);
    assertEquals(CapWriter.toXml(a), CapWriter.toXml(hokkaido(Channel.EXERCISE).get(1)));
    assertTrue(CapWriter.write(a).length < 200_000, "bytes " + CapWriter.write(a).length);
  }
}
