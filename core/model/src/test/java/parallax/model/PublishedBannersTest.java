package parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parallax.model.ConfidentialityLabel.Classification;

/**
 * Banners and portion marks against those that the ODNI's own style sheets print of IC-ISM
 * attributes. The style sheets print nations in the order they are given, which the attributes of a
 * few lines have otherwise than the Register wants; those lines are compared in its order.
 */
class PublishedBannersTest {
  private static final Path LABELS =
      Path.of(System.getProperty("parallax.samples", "no-samples"), "labels");
  private static final Path TABLE =
      LABELS.resolve("expected").resolve("odni_IC-ISM-SecurityBanner+PortionMark.tsv");
  private static final Map<String, Classification> LEVELS =
      Map.of(
          "U",
          Classification.UNCLASSIFIED,
          "C",
          Classification.CONFIDENTIAL,
          "S",
          Classification.SECRET);
  private static final Map<String, List<Caveat>> CONTROLS =
      Map.of(
          "",
          List.of(),
          "REL",
          List.of(),
          "FOUO",
          List.of(Caveat.FOUO),
          "OC REL",
          List.of(Caveat.ORCON));
  private static final List<String> KNOWN =
      List.of(
          "classification",
          "ownerProducer",
          "jointElement",
          "disseminationControls",
          "releasableTo");

  @Test
  void bannersAreThoseOfTheIssuingAuthority() throws IOException {
    if (!Files.exists(TABLE)) {
      System.err.println(
          "NOT CHECKED: banners against ODNI's renderer, because " + TABLE + " is absent");
      return;
    }
    List<String> reordered = new ArrayList<>();
    List<String> notRepresented = new ArrayList<>();
    int same = 0;
    for (String line : Files.readAllLines(TABLE)) {
      String[] columns = line.split("\t", -1);
      Map<String, String> attributes = attributes(columns[0]);
      Optional<ConfidentialityLabel> label = label(attributes);
      if (label.isEmpty()) {
        notRepresented.add(columns[1]);
        continue;
      }
      List<String> expected = new ArrayList<>();
      for (String printed : List.of(columns[1].strip(), columns[2].strip())) {
        expected.add(
            inOrder(
                inOrder(printed, attributes.getOrDefault("releasableTo", ""), ", ", "USA"),
                attributes.getOrDefault("ownerProducer", ""),
                " ",
                ""));
      }
      assertEquals(expected, List.of(label.get().banner(), label.get().portionMark()), line);
      if (expected.get(0).equals(columns[1].strip())) {
        same++;
      } else {
        reordered.add(columns[1]);
      }
    }
    assertEquals(7, same, "lines as printed");
    assertEquals(List.of("SECRET//REL TO JPN, USA, KOR", "//JOINT SECRET USA JPN KOR"), reordered);
    assertEquals(
        List.of(
            "CONFIDENTIAL//REL TO USA, AUS, JPN, KOR, NATO",
            "SECRET//FGI JPN KOR//REL TO USA, JPN, KOR",
            "SECRET//DISPLAY ONLY JPN, KOR",
            "SECRET//SI/TK//REL TO USA, JPN"),
        notRepresented);
  }

  @Test
  void caveatsStandInTheOrderOfThePublishedList() throws IOException {
    Path list = LABELS.resolve("ic-ism").resolve("CVE").resolve("CVEnumISMDissem.xml");
    if (!Files.exists(list)) {
      System.err.println("NOT CHECKED: order of caveats, because " + list + " is absent");
      return;
    }
    List<String> published =
        Pattern.compile("<Value[^>]*>([^<]+)</Value>")
            .matcher(Files.readString(list))
            .results()
            .map(m -> m.group(1).strip())
            .toList();
    List<Caveat> caveats = List.of(Caveat.PROPIN, Caveat.IMCON, Caveat.ORCON);
    for (SortedSet<Nation> to : List.of(nations("USA"), nations("JPN USA"))) {
      String mark =
          new ConfidentialityLabel("US", Classification.SECRET, to, caveats, new UtcTime(0))
              .portionMark();
      List<String> shown =
          Arrays.stream(mark.substring(4, mark.length() - 1).split("/", -1))
              .map(c -> c.startsWith("REL TO ") ? "REL" : c)
              .toList();
      assertEquals(4, shown.size(), mark);
      assertEquals(published.stream().filter(shown::contains).toList(), shown);
    }
    assertTrue(published.indexOf("FOUO") < published.indexOf("OC"));
  }

  private static Map<String, String> attributes(String column) {
    Map<String, String> out = new TreeMap<>();
    for (String pair : column.split(";", -1)) {
      if (!pair.isBlank()) {
        int at = pair.indexOf('=');
        out.put(pair.substring(0, at).strip(), pair.substring(at + 1).strip());
      }
    }
    return out;
  }

  /** The label with these attributes; empty when there is none. */
  private static Optional<ConfidentialityLabel> label(Map<String, String> attributes) {
    Classification level = LEVELS.get(attributes.getOrDefault("classification", ""));
    List<Caveat> caveats = CONTROLS.get(attributes.getOrDefault("disseminationControls", ""));
    String owners = attributes.getOrDefault("ownerProducer", "");
    String readers = attributes.getOrDefault("releasableTo", owners);
    boolean nations =
        Arrays.stream((owners + " " + readers).split(" ", -1)).allMatch(n -> n.length() == 3);
    if (level == null || caveats == null || !nations || !KNOWN.containsAll(attributes.keySet())) {
      return Optional.empty();
    }
    return Optional.of(
        new ConfidentialityLabel(
            "US", level, nations(owners), nations(readers), caveats, new UtcTime(0)));
  }

  private static SortedSet<Nation> nations(String codes) {
    return Arrays.stream(codes.split(" ", -1))
        .map(Nation::new)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A printed list of nations in alphabetical order, but for the one that comes first. */
  private static String inOrder(String printed, String codes, String separator, String first) {
    List<String> given = List.of(codes.split(" ", -1));
    List<String> ordered = new ArrayList<>(given);
    ordered.sort(null);
    if (ordered.remove(first)) {
      ordered.add(0, first);
    }
    return printed.replace(String.join(separator, given), String.join(separator, ordered));
  }
}
