package parallax.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.credentials.NationKeys;
import parallax.files.SmallFile;
import parallax.model.Nation;
import parallax.model.Utf8Text;
import parallax.release.AgreementSignature;
import parallax.release.SignedAgreement;
import parallax.signing.VerificationKey;

/** An agreement's file and what lies beside it: signatures, and each party's key. */
final class AgreementFiles {
  private AgreementFiles() {}

  /** Where a party's signature of an agreement lies. */
  static Path signature(Path file, Nation nation) {
    return file.resolveSibling(file.getFileName() + "." + nation + ".sig");
  }

  /** The agreement with every signature beside it. */
  static SignedAgreement signed(Path file) throws IOException {
    String prefix = file.getFileName() + ".";
    List<AgreementSignature> signatures = new ArrayList<>();
    for (Path p : beside(file)) {
      String name = String.valueOf(p.getFileName());
      if (name.startsWith(prefix) && name.endsWith(".sig")) {
        AgreementSignature s = read(p);
        if (!p.equals(signature(file, s.nation()))) {
          throw new WrongUse(p + " holds a signature of " + s.nation());
        }
        signatures.add(s);
      }
    }
    return new SignedAgreement(PolicyFiles.bytes(file), file.toString(), signatures);
  }

  private static List<Path> beside(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new WrongUse("there is no file " + file);
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(p -> file.resolveSibling(p.getFileName())).sorted().toList();
    }
  }

  static AgreementSignature read(Path file) throws IOException {
    return AgreementSignature.parse(SmallFile.text(file), file.toString());
  }

  /** The parties' keys of a folder, each in NATION.pub. */
  static SortedMap<Nation, VerificationKey> keys(Path folder) throws IOException {
    SortedMap<Nation, VerificationKey> keys = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      throw new WrongUse("there is no folder " + folder);
    }
    try (Stream<Path> list = Files.list(folder)) {
      for (Path p : list.sorted().toList()) {
        String name = String.valueOf(p.getFileName());
        if (name.matches("[A-Z]{3}\\.pub")) {
          Nation party = new Nation(name.substring(0, 3));
          keys.put(party, NationKeys.readAgreementKey(p, party));
        }
      }
    }
    return keys;
  }

  /** The text of an amendment: that of the agreement with the next version number. */
  static String amended(Path file, int version) throws IOException {
    String text = Utf8Text.decode(PolicyFiles.bytes(file), file.toString());
    String old = "(?m)^version:[ \\t]*" + version + "\\b";
    String fresh = text.replaceFirst(old, "version: " + (version + 1));
    if (fresh.equals(text)) {
      throw new WrongUse(
          file
              + " does not say 'version: "
              + version
              + "' on a line of its own; change it by hand");
    }
    return fresh;
  }

  /** What is wrong with a key or file becomes one line. */
  static int work(PolicyFiles.Work work) throws IOException {
    try {
      return PolicyFiles.work(work);
    } catch (parallax.model.InvalidValueException e) {
      throw new WrongUse(String.valueOf(e.getMessage()));
    }
  }
}
