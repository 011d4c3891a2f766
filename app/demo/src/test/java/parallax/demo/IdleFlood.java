package parallax.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import parallax.files.waiting.Await;
import parallax.model.Nation;

/**
 * Opens thousands of connections that say nothing to a node's link port while it exchanges with its
 * partner. {@code main} opens 10,000, or as many as its argument says; the file limit must allow
 * for it.
 */
final class IdleFlood {
  private IdleFlood() {}

  /**
   * What came of it.
   *
   * @param opened connections opened
   * @param counted callers the node says it turned away
   * @param mostConnections the most connections the node held at once, as far as was seen
   * @param logLines lines in the node's log about callers turned away
   */
  record Outcome(
      int opened,
      long counted,
      int mostConnections,
      long logLines,
      DemoResult.LinkResult toJpn,
      DemoResult.LinkResult toKor) {}

  static Outcome run(Path folder, int connections) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    List<SocketChannel> opened = new ArrayList<>();
    try (TwoNodes two =
        new TwoNodes(
            folder,
            (from, to, address) -> address,
            new PrintStream(said, true, StandardCharsets.UTF_8))) {
      Await.until(two::linked, () -> said.toString(StandardCharsets.UTF_8));
      two.launch();
      InetSocketAddress port = two.dirs().settings(Nation.JPN).linkAddress();
      int most = 0;
      try {
        for (int i = 0; i < connections; i++) {
          opened.add(SocketChannel.open(port));
          most = Math.max(most, two.node(Nation.JPN).partnerConnections());
        }
        Await.until(
            two::settled, () -> two.progress() + "\n" + said.toString(StandardCharsets.UTF_8));
        Await.until(
            () -> two.log(Nation.JPN).countAll("REFUSED_") >= connections,
            () -> said.toString(StandardCharsets.UTF_8));
      } finally {
        for (SocketChannel c : opened) {
          close(c);
        }
      }
      if (two.node(Nation.JPN).failure() != null) {
        throw new AssertionError(two.node(Nation.JPN).failure());
      }
      return new Outcome(
          connections,
          two.log(Nation.JPN).countAll("REFUSED_"),
          most,
          said.toString(StandardCharsets.UTF_8)
              .lines()
              .filter(l -> l.contains("JPN REFUSED_"))
              .count(),
          two.toldBySettling(Nation.JPN),
          two.toldBySettling(Nation.KOR));
    }
  }

  private static void close(SocketChannel c) {
    try {
      c.close();
    } catch (IOException e) {
      // Nothing more can be done about this one.
      return;
    }
  }

  /** Runs it and prints what came of it. */
  public static void main(String[] args) throws Exception {
    int n = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    Path folder = Files.createTempDirectory("parallax-flood");
    try {
      Outcome o = run(folder, n);
      System.out.printf(
          Locale.ROOT,
          "%d connections opened, %d callers turned away and counted in %d log lines,"
              + " at most %d held at once%n",
          o.opened(),
          o.counted(),
          o.logLines(),
          o.mostConnections());
      for (DemoResult.LinkResult l : List.of(o.toJpn(), o.toKor())) {
        System.out.printf(
            Locale.ROOT,
            "%s to %s: %d released, %d delivered, %d lost, %d duplicated%n",
            l.from(),
            l.to(),
            l.released(),
            l.delivered(),
            l.lost(),
            l.duplicated());
      }
    } finally {
      Demo.delete(folder);
    }
    System.exit(0);
  }
}
