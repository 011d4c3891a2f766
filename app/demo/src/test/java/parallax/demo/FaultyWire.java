package parallax.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.files.waiting.Await;
import parallax.model.Nation;

/**
 * Two nodes share a launch through proxies that spoil every connection. {@code main} runs as many
 * seeds as its argument says.
 */
final class FaultyWire {
  private FaultyWire() {}

  /**
   * What came of it.
   *
   * @param connections connections dialled through the proxies
   * @param faults how often each fault struck
   */
  record Outcome(
      long seed,
      int connections,
      SortedMap<FaultProxy.Fault, Integer> faults,
      DemoResult.LinkResult toJpn,
      DemoResult.LinkResult toKor) {
    int struck() {
      return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "seed %d: %d connections, faults %s; to JPN %d released, %d delivered, %d lost,"
              + " %d duplicated; to KOR %d released, %d delivered, %d lost, %d duplicated",
          seed,
          connections,
          faults,
          toJpn.released(),
          toJpn.delivered(),
          toJpn.lost(),
          toJpn.duplicated(),
          toKor.released(),
          toKor.delivered(),
          toKor.lost(),
          toKor.duplicated());
    }
  }

  static Outcome run(Path folder, long seed) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<FaultProxy> proxies = new ArrayList<>();
    try (TwoNodes two =
        new TwoNodes(
            folder,
            (from, to, address) -> {
              FaultProxy p = new FaultProxy(address, 2 * seed + proxies.size());
              proxies.add(p);
              return p.address();
            },
            new PrintStream(said, true, StandardCharsets.UTF_8))) {
      two.launch();
      Await.until(
          () -> two.reported() && proxies.stream().allMatch(p -> p.count() > 0),
          () -> two.progress() + "\n" + said.toString(StandardCharsets.UTF_8));
      proxies.forEach(FaultProxy::heal);
      Await.until(
          two::settled, () -> two.progress() + "\n" + said.toString(StandardCharsets.UTF_8));
      for (Nation n : List.of(Nation.JPN, Nation.KOR)) {
        if (two.node(n).failure() != null) {
          throw new AssertionError(n + ": " + two.node(n).failure());
        }
      }
      SortedMap<FaultProxy.Fault, Integer> faults = new TreeMap<>();
      proxies.forEach(p -> p.faults().forEach((f, k) -> faults.merge(f, k, Integer::sum)));
      return new Outcome(
          seed,
          proxies.stream().mapToInt(FaultProxy::connections).sum(),
          faults,
          two.toldBySettling(Nation.JPN),
          two.toldBySettling(Nation.KOR));
    } finally {
      for (FaultProxy p : proxies) {
        p.close();
      }
    }
  }

  /** Runs seeds from 1 on and prints what came of each; ends with 1 when one failed. */
  public static void main(String[] args) throws Exception {
    int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
    boolean good = true;
    for (long seed = 1; seed <= seeds; seed++) {
      Path folder = Files.createTempDirectory("parallax-faulty");
      try {
        Outcome o = run(folder, seed);
        System.out.println(o);
        good &= o.toJpn().lost() + o.toKor().lost() == 0;
        good &= o.toJpn().duplicated() + o.toKor().duplicated() == 0;
      } finally {
        Demo.delete(folder);
      }
    }
    System.exit(good ? 0 : 1);
  }
}
