package parallax.cli;

import picocli.CommandLine.Option;

/** How long a command waits for what partners make of a recall, correction or change of label. */
final class NoticeWait {
  @Option(
      names = "--wait",
      paramLabel = "S",
      defaultValue = "5",
      description =
          "Wait so many seconds for what each partner makes of it (default: ${DEFAULT-VALUE}).")
  private double seconds;

  double seconds() {
    if (!(seconds >= 0 && seconds <= 86_400)) {
      throw new WrongUse("--wait " + seconds + "; expected seconds, 0 to 86400");
    }
    return seconds;
  }
}
