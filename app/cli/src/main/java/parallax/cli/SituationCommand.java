package parallax.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import parallax.engine.Picture;
import parallax.model.UtcTime;
import parallax.wire.NodeEvent;
import parallax.words.PictureText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a running node knows and has warned of by now, once. */
abstract class SituationCommand implements Callable<Integer> {
  @Mixin private NodeAccess node = new NodeAccess();

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  /** What is shown: for each a text and the same in figures. */
  abstract Map<String, Map<String, Object>> of(Situation s);

  /** What is said when there is nothing. */
  abstract String nothing();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Map<String, Object>> all = of(Situation.of(node));
    if (all.isEmpty() && !json) {
      System.out.println(nothing());
    }
    all.forEach((text, figures) -> System.out.println(json ? EventJson.of(figures) : text));
    return 0;
  }

  private static Map<String, Map<String, Object>> pictures(
      Collection<Picture> pictures, UtcTime now) {
    Map<String, Map<String, Object>> out = new LinkedHashMap<>();
    for (Picture p : pictures) {
      out.put(String.join("\n  ", PictureText.lines(p, now)), PictureText.figures(p, now));
    }
    return out;
  }

  /** {@code parallax launches}. */
  @Command(
      name = "launches",
      mixinStandardHelpOptions = true,
      description =
          "Lists the launches that the running node knows of, from its own sensors and from"
              + " partners: what, where, when it comes down, how sure that is, and the areas at"
              + " risk.")
  static final class Launches extends SituationCommand {
    @Override
    Map<String, Map<String, Object>> of(Situation s) {
      return pictures(s.launches(), s.now());
    }

    @Override
    String nothing() {
      return "no launch is known";
    }
  }

  /** {@code parallax tracks}. */
  @Command(
      name = "tracks",
      mixinStandardHelpOptions = true,
      description = "Lists the tracks of the nation's own sensors, as the running node has them.")
  static final class Tracks extends SituationCommand {
    @Override
    Map<String, Map<String, Object>> of(Situation s) {
      return pictures(s.tracks(), s.now());
    }

    @Override
    String nothing() {
      return "no own sensor has a track";
    }
  }

  /** {@code parallax alerts}. */
  @Command(
      name = "alerts",
      mixinStandardHelpOptions = true,
      description = "Lists the newest message of every alert that the running node has issued.")
  static final class Alerts extends SituationCommand {
    @Override
    Map<String, Map<String, Object>> of(Situation s) {
      Map<String, Map<String, Object>> out = new LinkedHashMap<>();
      for (NodeEvent.AlertSent a : s.alerts()) {
        Map<String, Object> m = new LinkedHashMap<>();
        List<String> codes = new ArrayList<>();
        a.areas().forEach(r -> codes.add(r.area().code()));
        m.put("identifier", a.identifier());
        m.put("messageType", a.messageType());
        m.put("launch", a.eventKey());
        m.put("sent", a.sent().toString());
        m.put("areas", codes);
        m.put("headline", a.headline());
        out.put(
            a.eventKey()
                + "  "
                + a.messageType()
                + " at "
                + a.sent()
                + "\n  "
                + a.headline()
                + PictureText.areasAsLines(a.areas(), s.now()),
            m);
      }
      return out;
    }

    @Override
    String nothing() {
      return "no alert was issued";
    }
  }
}
