package parallax.engine;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.model.InvalidValueException;
import parallax.release.AgreementException;
import parallax.release.MalformedFileException;

/**
 * Puts a new configuration in force, or says why not. What people wrote wrong is refused with the
 * reason, and then nothing is in force: own sensors are tracked, nothing is released or taken in. A
 * fault of this software is told as one, and leaves in force what was.
 */
final class ConfigurationChange {
  private final CurrentTerms terms;
  private final OwnTracks own;
  private final Pictures pictures;
  private final Streams streams;
  private final Faults faults;

  ConfigurationChange(
      CurrentTerms terms, OwnTracks own, Pictures pictures, Streams streams, Faults faults) {
    this.terms = terms;
    this.own = own;
    this.pictures = pictures;
    this.streams = streams;
    this.faults = faults;
  }

  /** Goes by a configuration from here on, if it can be put in force. */
  void to(NodeConfiguration c, Input.Stamped stamped, List<Effect> out) {
    if (terms.isOfAnotherNode(c)) {
      NodeConfiguration before = terms.configuration().orElseThrow();
      refuse(
          "the journal in this directory is of "
              + before.nation()
              + " on channel "
              + before.channel()
              + ", and the configuration is of "
              + c.nation()
              + " on channel "
              + c.channel()
              + ". Nothing is changed. Start the node with the directory that belongs to it.",
          out);
      return;
    }
    streams.closeAll(stamped.wallNs());
    Surveillance surveillance = null;
    try {
      surveillance = own.surveillanceOf(c);
      InForce inForce = terms.check(c, stamped.time());
      take(c, surveillance, Optional.of(inForce), out);
    } catch (AgreementException | MalformedFileException | InvalidValueException e) {
      terms.refused(String.valueOf(e.getMessage()));
      refuse(
          e.getMessage()
              + ". Until this is mended and the node is started again, nothing is released to"
              + " partners or taken in from them; own sensors are still tracked.",
          out);
      take(c, surveillance, Optional.empty(), out);
    } catch (RuntimeException e) {
      faults.tell(
          "new configuration",
          "It is not put in force; what was in force before stays in force.",
          e,
          out);
      if (terms.configuration().isPresent()) {
        terms.openStreams();
      } else {
        terms.refused("the configuration met a fault of this software; the log names it");
        take(c, surveillance, Optional.empty(), out);
      }
    }
  }

  private static void refuse(String why, List<Effect> out) {
    out.add(new Effect.NoticeRaised(Effect.NoticeKind.CONFIGURATION_REFUSED, why));
  }

  private void take(
      NodeConfiguration c,
      @Nullable Surveillance surveillance,
      Optional<InForce> inForce,
      List<Effect> out) {
    if (surveillance != null) {
      own.use(surveillance);
    }
    pictures.begin(c);
    terms.take(c, inForce);
    try {
      terms.openStreams();
    } catch (RuntimeException e) {
      terms.refused("the streams met a fault of this software; the log names it");
      terms.close();
      faults.tell(
          "streams under the new configuration",
          "Nothing is released or taken in until the node is started again.",
          e,
          out);
    }
  }
}
