package parallax.formats.stanag4774;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import parallax.model.Caveat;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;

class LabelXmlTest {
  private static final Path LABELS =
      Path.of(System.getProperty("parallax.samples", "no-samples"), "labels");
  private static final String NAMESPACE = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0";
  private static final ConfidentialityLabel JOINT =
      new ConfidentialityLabel(
          "PARALLAX",
          Classification.RESTRICTED,
          nations("JPN", "USA"),
          nations("JPN", "KOR", "USA"),
          List.of(new Caveat("EXERCISE"), Caveat.ORCON),
          UtcTime.of(Instant.parse("2023-04-12T22:23:00.000000001Z")));

  private static SortedSet<Nation> nations(String... codes) {
    SortedSet<Nation> all = new TreeSet<>();
    for (String c : codes) {
      all.add(new Nation(c));
    }
    return all;
  }

  private static ConfidentialityLabel read(String xml) {
    return LabelReader.read(xml.getBytes(StandardCharsets.UTF_8));
  }

  private static String problem(byte[] xml) {
    return String.valueOf(
        assertThrows(InvalidValueException.class, () -> LabelReader.read(xml)).getMessage());
  }

  private static String problem(String xml) {
    return problem(xml.getBytes(StandardCharsets.UTF_8));
  }

  /** What is said of the joint label with one part of its text changed. */
  private static String problemWith(String part, String instead) {
    String xml = LabelWriter.toXml(JOINT);
    assertTrue(xml.contains(part), part);
    return problem(xml.replace(part, instead));
  }

  @Test
  void aLabelIsWrittenAsTheMappingSays() {
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <originatorConfidentialityLabel xmlns="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">
          <ConfidentialityInformation>
            <PolicyIdentifier>PARALLAX</PolicyIdentifier>
            <Classification>RESTRICTED</Classification>
            <Category TagName="Owner" Type="INFORMATIVE">
              <GenericValue>JPN</GenericValue>
              <GenericValue>USA</GenericValue>
            </Category>
            <Category TagName="Releasable To" Type="PERMISSIVE">
              <GenericValue>JPN</GenericValue>
              <GenericValue>KOR</GenericValue>
              <GenericValue>USA</GenericValue>
            </Category>
            <Category TagName="Caveat" Type="RESTRICTIVE">
              <GenericValue>ORCON</GenericValue>
              <GenericValue>EXERCISE</GenericValue>
            </Category>
          </ConfidentialityInformation>
          <CreationDateTime>2023-04-12T22:23:00.000000001Z</CreationDateTime>
        </originatorConfidentialityLabel>
        """,
        LabelWriter.toXml(JOINT));
  }

  @Test
  void everyLabelComesBackAsItWas() {
    Random random = new Random(4774);
    List<String> policies = List.of("PARALLAX", "A & B <C>", "機密 방침 \"x\" 'y'", "\uD83D\uDE80");
    List<Nation> all = List.copyOf(nations("AUS", "JPN", "KOR", "USA"));
    for (int i = 0; i < 2_000; i++) {
      SortedSet<Nation> to = new TreeSet<>(List.of(all.get(i % 4), all.get(random.nextInt(4))));
      List<Caveat> caveats =
          random.nextBoolean() ? List.of() : List.of(Caveat.PROPIN, new Caveat("X-" + i));
      ConfidentialityLabel label =
          new ConfidentialityLabel(
              policies.get(random.nextInt(policies.size())),
              List.of(Classification.values()).get(random.nextInt(4)),
              random.nextBoolean() ? to : new TreeSet<>(),
              to,
              caveats,
              new UtcTime(random.nextLong()));
      assertEquals(label, LabelReader.read(LabelWriter.write(label)));
    }
  }

  @Test
  void otherSpellingsOfTheSameDocumentAreRead() {
    String prefixed =
        LabelWriter.toXml(JOINT)
            .replaceAll("<(/?)([A-Za-z])", "<$1s4774:$2")
            .replace("xmlns=", "xmlns:s4774=")
            .replace("2023-04-12T22:23:00.000000001Z", "2023-04-13T07:23:00.000000001+09:00")
            .replace("RESTRICTED<", "<![CDATA[RESTRICTED]]>\n<")
            .replace("<s4774:CreationDateTime", "<!-- said by -->\n<s4774:CreationDateTime");
    assertEquals(JOINT, read(prefixed));
    assertEquals(
        JOINT,
        read(
            LabelWriter.toXml(JOINT)
                .replace(
                    "<originatorConfidentialityLabel",
                    "<originatorConfidentialityLabel"
                        + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                        + " xsi:schemaLocation='urn:x x.xsd'")));
  }

  @Test
  void aPolicyThatXmlCannotHoldIsNotWritten() {
    for (String bad : List.of("A\uFFFEB", "A\uD800B", "A\uFFFF")) {
      ConfidentialityLabel label =
          new ConfidentialityLabel(
              bad, Classification.SECRET, nations("JPN"), List.of(), new UtcTime(0));
      InvalidValueException e =
          assertThrows(InvalidValueException.class, () -> LabelWriter.write(label));
      assertTrue(String.valueOf(e.getMessage()).startsWith("label policy is text with"));
    }
  }

  @Test
  void documentTypesAndEntitiesAreRefused() {
    String body = LabelWriter.toXml(JOINT).replaceFirst("<\\?xml[^>]*>\n", "");
    String bomb =
        "<!DOCTYPE x [<!ENTITY a '"
            + "lol".repeat(100)
            + "'>\n<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>";
    String external = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>";
    for (String type : List.of(bomb, external, "<!DOCTYPE x SYSTEM 'http://localhost:9/x.dtd'>")) {
      assertEquals(
          "label, line 1: label is a document type; expected none",
          problem(type.replace("\n", "") + body));
      assertTrue(
          problem(type.replace("\n", "") + body.replace("PARALLAX", "&c;"))
              .endsWith("label is a document type; expected none"));
    }
    assertTrue(problemWith("PARALLAX", "&a;").startsWith("label"));
    assertTrue(problemWith("PARALLAX", "&a;").contains("xpected"));
    assertTrue(
        problemWith("<Classification>", "<?x y?><Classification>")
            .endsWith("label is an entity or processing instruction; expected none"));
  }

  @Test
  void sizeAndDepthAreBounded() {
    assertEquals(
        "label is 16385 bytes; expected at most 16384 bytes", problem(new byte[16 * 1024 + 1]));
    String deep = "<a>".repeat(2_000);
    assertTrue(
        problem(deep).startsWith("label, line 1: element is a of no namespace; expected"),
        problem(deep));
    assertTrue(
        problemWith("<GenericValue>JPN", "<GenericValue>" + deep)
            .endsWith("GenericValue is more than text; expected text alone"));
    assertTrue(
        problemWith("PARALLAX", "X".repeat(61)).startsWith("label policy is text of length"));
  }

  @Test
  void whatIsNotAnOriginatorsLabelIsRefused() {
    assertTrue(problemWith(NAMESPACE, NAMESPACE + ":1").contains("element is originatorConf"));
    assertTrue(problemWith(" xmlns=\"" + NAMESPACE + "\"", "").contains("of no namespace"));
    assertTrue(
        problem(LabelWriter.toXml(JOINT).replace("originatorConf", "alternativeConf"))
            .contains("element is alternativeConfidentialityLabel"));
    for (String text : List.of("", "label", "<", "<a", LabelWriter.toXml(JOINT) + "<a/>")) {
      assertTrue(problem(text).startsWith("label is no XML: "), problem(text));
    }
    String latin = LabelWriter.toXml(JOINT).replace("UTF-8", "ISO-8859-1");
    assertEquals("label, line 1: encoding is ISO-8859-1; expected UTF-8", problem(latin));
    for (Charset wide : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      assertTrue(problem(LabelWriter.toXml(JOINT).getBytes(wide)).startsWith("label"));
    }
    assertEquals(
        "label is UTF-16 (big-endian) text; expected UTF-8 text. Save the file again with the"
            + " encoding UTF-8",
        problem(LabelWriter.toXml(JOINT).getBytes(StandardCharsets.UTF_16)));
    assertEquals(JOINT, read("\uFEFF" + LabelWriter.toXml(JOINT)));
  }

  @Test
  void wrongValuesAreNamedWithTheirLine() {
    assertEquals(
        "label, line 5: classification is 'TOP SECRET'; expected one of"
            + " [UNCLASSIFIED, RESTRICTED, CONFIDENTIAL, SECRET]",
        problemWith("RESTRICTED", "TOP SECRET"));
    assertTrue(problemWith("RESTRICTED", "Restricted").contains("classification is 'Restricted'"));
    assertTrue(problemWith("RESTRICTED", "").contains("classification is ''"));
    assertTrue(
        problemWith("RESTRICTED", "UNCLASSIFIED<!-- no -->")
            .endsWith("Classification is more than text; expected text alone"));
    assertTrue(problemWith("PARALLAX", " ").startsWith("label policy is"));
    assertTrue(problemWith(">KOR<", ">NATO<").startsWith("nation is 'NATO'"));
    assertTrue(problemWith(">EXERCISE<", ">NOFORN<").startsWith("caveat is 'NOFORN'"));
    assertTrue(problemWith("<GenericValue>KOR", "x<GenericValue>KOR").contains("text is 'x'"));
    for (String time :
        List.of(
            "",
            "2023-04-12",
            "2023-04-12T22:23:00",
            "2023-04-12T22:23Z",
            "2023-02-30T22:23:00Z",
            "2023-04-12T22:23:00.0000000001Z",
            "9999-01-01T00:00:00Z",
            "-0044-03-15T12:00:00Z")) {
      assertTrue(
          problemWith("2023-04-12T22:23:00.000000001Z", time)
              .startsWith("label, line 20: CreationDateTime is '" + time + "'; expected a date"));
    }
  }

  @Test
  void whatTheMappingDoesNotKnowIsRefused() {
    String cavea = "<Category TagName=\"Caveat\" Type=\"RESTRICTIVE\">";
    assertTrue(
        problemWith("TagName=\"Caveat\"", "TagName=\"Context\"")
            .endsWith("category is 'Context'; expected Owner, Releasable To or Caveat"));
    assertTrue(problemWith(cavea, "<Category Type=\"RESTRICTIVE\">").contains("attribute TagName"));
    assertTrue(problemWith(cavea, "<Category TagName=\"Caveat\">").contains("attribute Type"));
    assertTrue(
        problemWith("RESTRICTIVE", "PERMISSIVE")
            .endsWith("type of Caveat is PERMISSIVE; expected RESTRICTIVE"));
    assertTrue(
        problemWith("<Category TagName=\"Caveat\"", "<Category URI=\"urn:x\" TagName=\"Caveat\"")
            .contains("attribute of Category is URI"));
    assertTrue(
        problemWith("<PolicyIdentifier>", "<PolicyIdentifier URI=\"urn:oid:1.2\">")
            .contains("attribute of PolicyIdentifier is URI"));
    assertTrue(
        problemWith("<CreationDateTime>", "<OriginatorID>x</OriginatorID><CreationDateTime>")
            .contains("element is OriginatorID"));
    assertTrue(
        problemWith(
                "<Category TagName=\"Owner\"",
                "<PrivacyMark>x</PrivacyMark><Category TagName=\"Owner\"")
            .contains("element is PrivacyMark"));
    assertTrue(
        problemWith(
                "</originator",
                "<CreationDateTime>2023-04-12T22:23:00Z</CreationDateTime></originator")
            .contains("element is CreationDateTime; expected CreationDateTime is last"));
  }

  @Test
  void categoriesAndValuesAreNamedOnce() {
    String second =
        "<Category TagName=\"Releasable To\" Type=\"PERMISSIVE\"><GenericValue>AUS</GenericValue>"
            + "</Category>";
    assertTrue(
        problemWith("<Category TagName=\"Caveat\"", second + "<Category TagName=\"Caveat\"")
            .endsWith("category is 'Releasable To' twice; expected each once"));
    assertTrue(
        problemWith(">KOR<", ">USA<").endsWith("Releasable To is USA twice; expected each once"));
    assertTrue(problemWith(">EXERCISE<", "> ORCON <").contains("Caveat is ORCON twice"));
    String nobody =
        LabelWriter.toXml(JOINT)
            .replaceAll("(?s)(Releasable To\"[^>]*>).*?</Category>", "$1</Category>");
    assertTrue(problem(nobody).endsWith("Releasable To is empty; expected one value or more"));
    String absent =
        LabelWriter.toXml(JOINT).replaceAll("(?s)<Category TagName=\"(Rel|Own).*?</Category>", "");
    assertTrue(problem(absent).startsWith("releasable-to is empty"), problem(absent));
  }

  @Test
  void everyChangedByteIsRefusedOrReadAsALabel() {
    Random random = new Random(20_230_413);
    byte[] good = LabelWriter.write(JOINT);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] changed = good.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      try {
        assertFalse(LabelReader.read(changed).releasableTo().isEmpty());
      } catch (InvalidValueException e) {
        refused++;
      }
    }
    assertTrue(refused > 2_500, refused + " of 5000 refused");
  }

  private static List<Path> published() throws IOException {
    Path folder = LABELS.resolve("spiffing");
    if (!Files.isDirectory(folder)) {
      System.err.println(
          "NOT CHECKED: published STANAG 4774 labels, because " + folder + " is absent");
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().endsWith(".nato")).sorted().toList();
    }
  }

  /** They lack the creation time, which the standard requires, and speak of NATO's categories. */
  @Test
  void publishedLabelsOfAnotherPolicyAreRefusedForWhatTheySay() throws IOException {
    for (Path p : published()) {
      String xml = Files.readString(p);
      String problem = problem(xml);
      assertTrue(
          problem.contains("category is 'Context'")
              || problem.contains("attribute of PolicyIdentifier is URL"),
          p + ": " + problem);
      String plain =
          xml.replaceAll("(?s)<Category TagName=\"Context\".*?</Category>", "")
              .replaceAll(" URL=\"[^\"]*\"", "");
      assertTrue(
          problem(plain)
              .endsWith(
                  "element is missing; expected CreationDateTime, which STANAG 4774 requires"),
          p + ": " + problem(plain));
      String dated =
          plain.replace(
              "</ConfidentialityInformation>",
              "</ConfidentialityInformation><CreationDateTime>2016-01-01T00:00:00Z</CreationDateTime>");
      if (dated.contains(">JPN<")) {
        assertEquals(
            "RESTRICTED//REL TO CHE, JPN, UKR",
            read(dated.replace("<GenericValue>NATO</GenericValue>", "")).banner());
      } else {
        assertTrue(
            problem(dated).startsWith("nation is '") || problem(dated).startsWith("releasable-to"),
            p + ": " + problem(dated));
      }
    }
  }

  /** The standard's schema is not at hand: labels are compared with published ones instead. */
  @Test
  void aWrittenLabelIsBuiltLikeThePublishedOnes() throws Exception {
    System.err.println(
        "NOT CHECKED: labels against the schema of STANAG 4774, which is not among the samples;"
            + " compared with the build of published labels instead");
    TreeSet<String> theirs = new TreeSet<>();
    for (Path p : published()) {
      build(parse(Files.readAllBytes(p)), "", theirs);
    }
    TreeSet<String> ours = new TreeSet<>();
    build(parse(LabelWriter.write(JOINT)), "", ours);
    if (!theirs.isEmpty()) {
      ours.removeAll(theirs);
      assertEquals(
          new TreeSet<>(List.of("/originatorConfidentialityLabel/CreationDateTime")), ours);
    }
  }

  private static Element parse(byte[] xml) throws Exception {
    DocumentBuilderFactory f = DocumentBuilderFactory.newDefaultNSInstance();
    return f.newDocumentBuilder().parse(new ByteArrayInputStream(xml)).getDocumentElement();
  }

  /** Every path of elements, with the names of attributes. */
  private static void build(Element e, String path, SortedSet<String> out) {
    assertEquals(NAMESPACE, e.getNamespaceURI());
    List<String> attributes = new ArrayList<>();
    for (int i = 0; i < e.getAttributes().getLength(); i++) {
      String name = e.getAttributes().item(i).getNodeName();
      if (!name.equals("xmlns") && !name.equals("URL")) {
        attributes.add("@" + name);
      }
    }
    String here = path + "/" + e.getLocalName() + String.join("", attributes);
    out.add(here);
    for (Node n = e.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element child) {
        build(child, here, out);
      }
    }
  }
}
