package parallax.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.model.ConfidentialityLabel.Classification;

class ConfidentialityLabelTest {
  private static final UtcTime T = new UtcTime(1_681_338_180_000_000_000L);
  private static final Nation AUS = new Nation("AUS");
  private static final List<Nation> NATIONS = List.of(AUS, JPN, KOR, USA);
  private static final List<Caveat> CAVEATS =
      List.of(Caveat.FOUO, Caveat.ORCON, Caveat.PROPIN, new Caveat("EXERCISE"));

  private static SortedSet<Nation> set(Nation... nations) {
    return new TreeSet<>(List.of(nations));
  }

  private static ConfidentialityLabel label(
      Classification c, SortedSet<Nation> owners, SortedSet<Nation> to, Caveat... caveats) {
    return new ConfidentialityLabel("PARALLAX", c, owners, to, List.of(caveats), T);
  }

  private static String banner(SortedSet<Nation> owners, SortedSet<Nation> to, Caveat... caveats) {
    return label(Classification.SECRET, owners, to, caveats).banner();
  }

  @Test
  void bannerNamesTheUnitedStatesFirstThenTheOthersInOrder() {
    ConfidentialityLabel l = label(Classification.UNCLASSIFIED, set(), set(KOR, USA, JPN));
    assertEquals("UNCLASSIFIED//REL TO USA, JPN, KOR", l.banner());
    assertEquals("(U//REL TO USA, JPN, KOR)", l.portionMark());
    assertEquals("SECRET//REL TO JPN, KOR", banner(set(), set(KOR, JPN)));
    assertEquals("SECRET//REL TO USA, AUS, KOR", banner(set(), set(AUS, KOR, USA)));
  }

  @Test
  void bannerNamesJointOwnersInAlphabeticalOrder() {
    assertEquals("//JOINT SECRET JPN KOR USA", banner(set(USA, JPN, KOR), set(USA, JPN, KOR)));
    assertEquals(
        "//JOINT SECRET JPN USA//REL TO USA, JPN, KOR", banner(set(USA, JPN), set(USA, JPN, KOR)));
    assertEquals(
        "(//JOINT S JPN USA//REL TO USA, JPN, KOR)",
        label(Classification.SECRET, set(USA, JPN), set(USA, JPN, KOR)).portionMark());
  }

  @Test
  void whatIsForOneNationAloneIsReleasableToNobody() {
    assertEquals("SECRET//NOFORN", banner(set(), set(USA)));
    assertEquals("(S//NF)", label(Classification.SECRET, set(), set(USA)).portionMark());
    assertEquals("//KOR SECRET", banner(set(), set(KOR)));
    assertEquals("//KOR SECRET//REL TO JPN, KOR", banner(set(KOR), set(KOR, JPN)));
    assertEquals("UNCLASSIFIED", label(Classification.UNCLASSIFIED, set(), set(USA)).banner());
  }

  @Test
  void caveatsStandInTheOrderOfTheRegisterAndThenByName() {
    Caveat own = new Caveat("WARNING USE ONLY");
    assertEquals(
        "SECRET//ORCON/PROPIN/REL TO USA, JPN//EXERCISE/WARNING USE ONLY",
        banner(set(), set(JPN, USA), own, Caveat.PROPIN, new Caveat("EXERCISE"), Caveat.ORCON));
    assertEquals(
        "(S//OC/PR/REL TO USA, JPN)",
        label(Classification.SECRET, set(), set(JPN, USA), Caveat.PROPIN, Caveat.ORCON)
            .portionMark());
  }

  @Test
  void noforeignStandsBeforeProprietary() {
    assertEquals(
        "SECRET//ORCON/NOFORN/PROPIN//EXERCISE",
        banner(set(), set(USA), Caveat.PROPIN, Caveat.ORCON, new Caveat("EXERCISE")));
    assertEquals("SECRET//NOFORN/PROPIN", banner(set(USA), set(USA), Caveat.PROPIN));
  }

  @Test
  void forOfficialUseOnlyIsShownWithUnclassifiedAlone() {
    assertEquals(
        "UNCLASSIFIED//FOUO/REL TO USA, JPN",
        label(Classification.UNCLASSIFIED, set(), set(JPN, USA), Caveat.FOUO).banner());
    assertEquals("SECRET//REL TO USA, JPN", banner(set(), set(JPN, USA), Caveat.FOUO));
  }

  @Test
  void malformedLabelsAreRefused() {
    refused("caveats is ORCON twice", () -> banner(set(), set(JPN), Caveat.ORCON, Caveat.ORCON));
    refused("releasable-to is empty", () -> banner(set(), set()));
    refused(
        "releasable-to is [JPN]; expected the owners [JPN, KOR]",
        () -> banner(set(JPN, KOR), set(JPN)));
    refused(
        "label policy is ' PARALLAX'; expected no space around it",
        () -> new ConfidentialityLabel(" PARALLAX", Classification.SECRET, set(JPN), List.of(), T));
    for (String c :
        List.of("", " ", "orcon", "A/B", "A,B", " A", "A ", "A  B", "Ａ", "A\tB", "X".repeat(61))) {
      refused("caveat is", () -> new Caveat(c));
    }
  }

  @Test
  void everySpellingOfNofornAndRelToIsRefused() {
    for (String c :
        List.of(
            "NOFORN",
            "NF",
            "N F",
            "NO FORN",
            "NO-FORN",
            "noforn",
            "NOT RELEASABLE TO FOREIGN NATIONALS",
            "REL",
            "REL TO",
            "RELTO",
            "REL-TO JPN",
            "REL TO USA, JPN",
            "REL TO JPN")) {
      refused("caveat is", () -> new Caveat(c));
    }
  }

  @Test
  void onlyKnownCaveatsPermitTelling() {
    for (Caveat c : List.of(Caveat.FOUO, Caveat.ORCON, Caveat.IMCON, Caveat.PROPIN)) {
      assertEquals(Caveat.ForRelease.PERMITS, c.forRelease(), c.name());
    }
    for (String c : List.of("RELIDO", "EYES ONLY", "EYES-ONLY", "KOR EYES ONLY", "DISPLAY ONLY")) {
      assertEquals(Caveat.ForRelease.RESTRICTS_READERS, new Caveat(c).forRelease(), c);
    }
    for (String c : List.of("EXERCISE", "OC", "PR", "ORCON-USGOV", "FOUO 2")) {
      assertEquals(Caveat.ForRelease.NOT_KNOWN, new Caveat(c).forRelease(), c);
    }
  }

  private static void refused(String begin, org.junit.jupiter.api.function.Executable made) {
    InvalidValueException e = assertThrows(InvalidValueException.class, made);
    assertTrue(String.valueOf(e.getMessage()).startsWith(begin), e.getMessage());
  }

  @Test
  void reportIsOwnedByItsOriginator() {
    TrackId track = new TrackId(JPN, 1);
    ConfidentialityLabel theirs = label(Classification.SECRET, set(KOR, USA), set(JPN, KOR, USA));
    refused(
        "owners is [KOR, USA]; expected none, or the originator JPN among them",
        () -> new Report.Header(track, Channel.REAL, T, theirs));
    Report.Header header =
        new Report.Header(
            track, Channel.REAL, T, label(Classification.SECRET, set(JPN, USA), set(JPN, USA)));
    refused("owners is", () -> new Report.Relabel(header, theirs, T));
  }

  private static ConfidentialityLabel random(Random random) {
    SortedSet<Nation> to = some(random, NATIONS);
    to.add(NATIONS.get(random.nextInt(NATIONS.size())));
    SortedSet<Nation> owners = random.nextInt(3) > 0 ? new TreeSet<>() : new TreeSet<>(to);
    return new ConfidentialityLabel(
        "PARALLAX",
        List.of(Classification.values()).get(random.nextInt(4)),
        owners,
        to,
        List.copyOf(some(random, CAVEATS)),
        new UtcTime(random.nextInt(3)));
  }

  private static <T> SortedSet<T> some(Random random, List<T> of) {
    SortedSet<T> out = new TreeSet<>();
    for (T t : of) {
      if (random.nextBoolean()) {
        out.add(t);
      }
    }
    return out;
  }

  private static ConfidentialityLabel both(ConfidentialityLabel a, ConfidentialityLabel b) {
    return ConfidentialityLabel.combined(List.of(a, b), USA);
  }

  @Test
  void combinationIsAssociativeCommutativeAndIdempotent() {
    Random random = new Random(4774);
    for (int i = 0; i < 20_000; i++) {
      ConfidentialityLabel a = random(random);
      ConfidentialityLabel b = random(random);
      ConfidentialityLabel c = random(random);
      assertEquals(both(a, both(b, c)), both(both(a, b), c), () -> a + "\n" + b + "\n" + c);
      assertEquals(both(a, b), both(b, a));
      assertEquals(a, both(a, a));
      assertEquals(a, ConfidentialityLabel.combined(List.of(a), USA));
      List<ConfidentialityLabel> all = new ArrayList<>(List.of(a, b, c, a));
      Collections.shuffle(all, random);
      assertEquals(both(a, both(b, c)), ConfidentialityLabel.combined(all, USA));
    }
  }

  @Test
  void combinationIsNeverWiderThanAnyPart() {
    Random random = new Random(4778);
    int national = 0;
    for (int i = 0; i < 20_000; i++) {
      List<ConfidentialityLabel> parts =
          List.of(random(random), random(random), random(random)).subList(0, 1 + i % 3);
      ConfidentialityLabel all = ConfidentialityLabel.combined(parts, USA);
      boolean shared = false;
      for (Nation n : NATIONS) {
        boolean everywhere = parts.stream().allMatch(p -> p.releasableTo().contains(n));
        shared |= everywhere;
        assertTrue(n.equals(USA) || everywhere == all.releasableTo().contains(n));
      }
      for (ConfidentialityLabel p : parts) {
        assertTrue(all.classification().compareTo(p.classification()) >= 0);
        assertTrue(all.caveats().containsAll(p.caveats()));
        assertTrue(!all.createdAt().isBefore(p.createdAt()));
        assertTrue(!shared || p.releasableTo().containsAll(all.releasableTo()));
      }
      if (!shared) {
        assertEquals(set(USA), all.releasableTo());
        national++;
      }
    }
    assertTrue(national > 1000, national + " with no common reader");
  }

  @Test
  void partsThatNobodyMayHoldTogetherAreForTheHolderAlone() {
    ConfidentialityLabel all =
        ConfidentialityLabel.combined(
            List.of(
                label(Classification.CONFIDENTIAL, set(), set(JPN), Caveat.ORCON),
                label(Classification.RESTRICTED, set(), set(KOR, AUS))),
            KOR);
    assertEquals("//KOR CONFIDENTIAL//ORCON", all.banner());
  }

  @Test
  void labelsOfDifferentPoliciesAreNotCombined() {
    ConfidentialityLabel other =
        new ConfidentialityLabel("OTHER", Classification.SECRET, set(JPN), List.of(), T);
    refused(
        "label policy is 'OTHER'; expected 'PARALLAX'",
        () -> both(label(Classification.SECRET, set(), set(JPN)), other));
    refused("labels combined is none", () -> ConfidentialityLabel.combined(List.of(), USA));
  }
}
