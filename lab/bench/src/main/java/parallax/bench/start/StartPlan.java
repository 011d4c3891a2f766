package parallax.bench.start;

/**
 * What journals are made, and how often each is started from.
 *
 * @param days how long the idle node was idle, days
 * @param monthDays for how long the busy node has taken plots, days
 * @param plots a second, of all tracks together
 * @param tracks how many are live in the present
 * @param snapshotSeconds a snapshot is taken after so long, seconds; the last is so old at the end
 * @param fillerBytes length of an input of the busy node's past, bytes; longer ones are cut; 0:
 *     whole and with their facts
 * @param rounds how often each is started
 */
record StartPlan(
    int days,
    int monthDays,
    int plots,
    int tracks,
    int snapshotSeconds,
    int fillerBytes,
    int rounds) {
  private static final long DAY_S = 86_400;

  /** How many inputs the busy node's past has. */
  long fillerInputs() {
    return monthDays * DAY_S * plots;
  }

  /** What the journals depend on, as one line. */
  String journals() {
    return "days "
        + days
        + ", month "
        + monthDays
        + ", plots "
        + plots
        + ", tracks "
        + tracks
        + ", snapshot seconds "
        + snapshotSeconds
        + ", filler "
        + fillerBytes;
  }
}
