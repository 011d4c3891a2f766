package parallax.release;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads policies in a process that has little memory: one that needs more ends it. */
final class LittleMemory {
  private static final Agreement AGREEMENT = Agreement.parse(DefaultFiles.agreement(), "default");

  private LittleMemory() {}

  /** What comes of a policy: the error, or that it was accepted. */
  static String read(byte[] yaml) {
    try {
      return NationalPolicy.parse(yaml, "p.yaml", AGREEMENT).name() + " accepted";
    } catch (MalformedFileException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Reads each file; prints a line of each. */
  public static void main(String[] files) throws IOException {
    for (String file : files) {
      System.out.println(read(Files.readAllBytes(Path.of(file))));
    }
  }

  /** The lines that a process with 48 MiB of heap prints of some files. */
  static List<String> inAProcessOfItsOwn(List<Path> files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx48m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            Path.of("target", "test-classes").toString(),
            System.getProperty("java.class.path", ""),
            System.getProperty("jdk.module.path", "")));
    command.add(LittleMemory.class.getName());
    files.forEach(f -> command.add(f.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (process.waitFor() != 0) {
      throw new AssertionError("ended with " + process.exitValue() + ": " + lines);
    }
    return lines;
  }
}
