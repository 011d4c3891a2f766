package parallax.cli;

import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;
import parallax.release.PolicyTrial;
import parallax.release.PolicyTrial.Answer;

/** Counts what a policy says of the records of a journal, or what another would change. */
final class PolicyChange {
  private final PolicyExplain.Trials trials;
  private final SortedMap<Nation, SortedMap<String, Counted>> counts = new TreeMap<>();
  private final SortedMap<Nation, Long> same = new TreeMap<>();
  private final boolean all;
  private long records;
  private @Nullable PendingDecision first;
  private @Nullable PendingDecision last;

  /** How often something came out, and the first time as an example. */
  private record Counted(long count, PendingDecision example, Answer before, Answer after) {}

  /**
   * Counts nothing yet.
   *
   * @param all whether the examples are shown before and after, in full
   */
  PolicyChange(PolicyExplain.Trials trials, boolean all) {
    this.trials = trials;
    this.all = all;
  }

  void take(PendingDecision o) {
    records++;
    first = first == null ? o : first;
    last = o;
    PolicyTrial used = trials.used(o.configuration());
    PolicyTrial wanted = trials.wanted(o.configuration());
    for (Nation partner : used.partners()) {
      Answer before = used.ask(o.report(), o.context(), partner, o.now());
      Answer after =
          trials.comparesTwo() ? wanted.ask(o.report(), o.context(), partner, o.now()) : before;
      if (trials.comparesTwo() && before.tellsTheSameAs(after)) {
        same.merge(partner, 1L, Long::sum);
      } else {
        counts
            .computeIfAbsent(partner, p -> new TreeMap<>())
            .merge(
                key(o, before, after),
                new Counted(1, o, before, after),
                (a, b) -> new Counted(a.count() + 1, a.example(), a.before(), a.after()));
      }
    }
  }

  private String key(PendingDecision o, Answer before, Answer after) {
    String c = String.format(Locale.ROOT, "%-12s  ", o.report().dataClass());
    return trials.comparesTwo() ? c + said(before) + " -> " + said(after) : c + said(before);
  }

  private static String said(Answer a) {
    return AnswerText.word(a.outcome())
        + " by "
        + AnswerText.rule(a)
        + (AnswerText.isNoRule(a) ? " " + a.clause() : "");
  }

  void print() {
    PendingDecision from = first;
    PendingDecision to = last;
    if (from == null || to == null) {
      System.out.println("no own record was found");
      return;
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d records from %s to %s%n",
        trials.names(),
        records,
        from.now(),
        to.now());
    for (Nation partner : trials.used(to.configuration()).partners()) {
      if (trials.comparesTwo()) {
        long unchanged = same.getOrDefault(partner, 0L);
        System.out.printf(
            Locale.ROOT,
            "to %s: %d the same, %d changed%n",
            partner,
            unchanged,
            records - unchanged);
      } else {
        System.out.println("to " + partner + ":");
      }
      counts.getOrDefault(partner, new TreeMap<>()).forEach((what, c) -> print(what, c));
    }
  }

  private void print(String what, Counted c) {
    System.out.printf(Locale.ROOT, "%8d  %s%n", c.count(), what);
    System.out.printf(
        Locale.ROOT,
        "          first: %s at %s%s%n",
        c.example().report().header().track(),
        c.example().now(),
        c.after().reason().isEmpty() ? "" : ", " + c.after().reason());
    if (all && trials.comparesTwo()) {
      System.out.println("          before: " + reads(c.before()));
      System.out.println("          after:  " + reads(c.after()));
    }
  }

  private static String reads(Answer a) {
    return a.seen()
        .map(r -> String.join("; ", RecordText.lines(r).stream().skip(1).toList()))
        .orElse("nothing");
  }
}
