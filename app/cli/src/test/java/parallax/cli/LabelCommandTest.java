package parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parallax label}, as it is typed. */
class LabelCommandTest {
  private static final String CREATED = "2023-04-12T22:23:00Z";

  @TempDir Path folder;

  private Path written(String name, String level, String to, String... more) throws Exception {
    Object[] args = new Object[8 + more.length];
    Object[] first = {
      "label", "write", "--classification", level, "--releasable-to", to, "--created", CREATED
    };
    System.arraycopy(first, 0, args, 0, 8);
    System.arraycopy(more, 0, args, 8, more.length);
    Typed ran = Typed.run(args);
    assertEquals(0, ran.code(), ran.err());
    return Files.writeString(folder.resolve(name), ran.out());
  }

  @Test
  void showsTheBannerOfALabelItWrote() throws Exception {
    Path file =
        written("a.xml", "secret", "USA,JPN,KOR", "--owner", "USA,JPN", "--caveat", "ORCON");
    assertEquals(
        """
        //JOINT SECRET JPN USA//ORCON/REL TO USA, JPN, KOR
        (//JOINT S JPN USA//OC/REL TO USA, JPN, KOR)
        policy         PARALLAX
        classification SECRET
        owners         JPN, USA
        releasable to  JPN, KOR, USA
        caveats        ORCON
        created        2023-04-12T22:23:00Z
        """,
        Typed.run("label", "show", file).out());
  }

  @Test
  void combinesLabels() throws Exception {
    Path a = written("a.xml", "restricted", "USA,JPN", "--caveat", "ORCON");
    Path b = written("b.xml", "confidential", "USA,KOR");
    Path c = written("c.xml", "unclassified", "KOR,JPN");

    Typed both = Typed.run("label", "combine", a, b, "--holder", "USA");
    Files.writeString(folder.resolve("both.xml"), both.out());
    assertTrue(
        Typed.run("label", "show", folder.resolve("both.xml"))
            .out()
            .startsWith("CONFIDENTIAL//ORCON/NOFORN\n"));
    Typed all = Typed.run("label", "combine", a, b, c, "--holder", "KOR");
    Files.writeString(folder.resolve("all.xml"), all.out());
    assertTrue(
        Typed.run("label", "show", folder.resolve("all.xml"))
            .out()
            .startsWith("//KOR CONFIDENTIAL//ORCON\n"));
  }

  @Test
  void saysWhatIsWrongInOneLine() throws Exception {
    Path a = written("a.xml", "restricted", "USA,JPN");
    Path other = written("o.xml", "restricted", "USA,JPN", "--policy", "OTHER");
    Path huge = Files.write(folder.resolve("huge.xml"), new byte[100_000]);
    Path spoilt =
        Files.writeString(
            folder.resolve("s.xml"), Files.readString(a).replace("RESTRICTED", "TOP SECRET"));
    Typed[] all = {
      Typed.run("label", "show", folder.resolve("none.xml")),
      Typed.run("label", "show", huge),
      Typed.run("label", "show", spoilt),
      Typed.run("label", "combine", a, other, "--holder", "USA"),
      Typed.run("label", "combine", a, "--holder", "usa"),
      Typed.run(
          "label",
          "write",
          "--classification",
          "secret",
          "--releasable-to",
          "JPN",
          "--created",
          CREATED,
          "--caveat",
          "NOFORN")
    };
    String[] said = {
      "there is no file", "expected at most 16384", "line 5: classification is 'TOP SECRET'",
      "label policy is 'OTHER'", "--holder is 'usa'", "caveat is 'NOFORN'"
    };
    for (int i = 0; i < all.length; i++) {
      assertEquals(2, all[i].code(), all[i].err());
      assertTrue(all[i].err().contains(said[i]), all[i].err());
      assertTrue(all[i].err().lines().count() <= 2, all[i].err());
    }
  }
}
