package parallax.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import parallax.host.NodeSettings;
import parallax.host.setup.Setup;
import parallax.model.Channel;
import parallax.model.InvalidValueException;

/** Asks for what {@code parallax setup} was not told, and what the directory does not know. */
final class SetupQuestions {
  private final Questions questions;

  SetupQuestions(Questions questions) {
    this.questions = questions;
  }

  /** Fills in the options. */
  void fill(SetupOptions o, Optional<NodeSettings> there) {
    if (o.nation == null && there.isEmpty()) {
      o.nation = until("whose node is it? Three letters, such as JPN", "", SetupQuestions::nation);
    }
    if (o.channel == null && there.isEmpty()) {
      o.channel =
          Channel.valueOf(
              until("channel: REAL, EXERCISE or TEST", Channel.EXERCISE.name(), this::channelName));
    }
    if (o.link == null && there.isEmpty()) {
      o.link = until("address for partners' nodes", Setup.LINK, SetupQuestions::address);
    }
    if (o.national == null && there.isEmpty()) {
      o.national =
          until("address for own sensors and operators", Setup.NATIONAL, SetupQuestions::address);
    }
    if (o.officer == null && there.isEmpty()) {
      String name = questions.ask("name of the officer who operates it (empty: none)", "");
      o.officer = name.isEmpty() ? null : name;
    }
    if (o.sensors == null && !o.exerciseSensors && there.isEmpty()) {
      String file = questions.ask("file with the table of sensors (empty: later)", "");
      o.sensors = file.isEmpty() ? null : Path.of(file);
    }
    partners(o);
  }

  private void partners(SetupOptions o) {
    while (true) {
      String partner =
          questions.ask("a partner whose address or files you have (empty: no more)", "");
      if (partner.isEmpty()) {
        return;
      }
      String nation = partner.toUpperCase(Locale.ROOT);
      String address = questions.ask("address of the node of " + nation + " (empty: later)", "");
      if (!address.isEmpty()) {
        o.addresses.add(nation + "=" + address);
      }
      String folder = questions.ask("folder or file that " + nation + " sent (empty: later)", "");
      if (!folder.isEmpty()) {
        o.sent.add(nation + "=" + folder);
      }
      if (address.isEmpty() && folder.isEmpty()) {
        o.parties.add(nation);
      }
    }
  }

  /** Whether somebody says yes. */
  boolean agrees(String question) {
    return questions.ask(question + " (yes or no)", "no").equalsIgnoreCase("yes");
  }

  private interface Reading {
    String read(String answer);
  }

  private String until(String question, String standard, Reading reading) {
    while (true) {
      try {
        return reading.read(questions.ask(question, standard));
      } catch (InvalidValueException | WrongUse e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String nation(String answer) {
    return PartnerCommand.nation(answer.toUpperCase(Locale.ROOT)).code();
  }

  private static String address(String answer) {
    NodeSettings.address("address", answer);
    return answer;
  }

  private String channelName(String answer) {
    for (Channel c : Channel.values()) {
      if (c.name().equalsIgnoreCase(answer)) {
        return c.name();
      }
    }
    throw new WrongUse("'" + answer + "'; expected REAL, EXERCISE or TEST");
  }
}
