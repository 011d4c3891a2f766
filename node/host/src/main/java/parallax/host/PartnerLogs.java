package parallax.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import parallax.audit.Checkpoint;
import parallax.audit.CheckpointJudge;
import parallax.audit.CheckpointJudge.Judgement;
import parallax.audit.CheckpointJudge.Verdict;
import parallax.audit.CheckpointOffers;
import parallax.credentials.NationKeys;
import parallax.engine.Input;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.wire.CheckpointCodec;
import parallax.wire.PartnerLog;

/**
 * Holds every partner to the log that it shows: judges each checkpoint, keeps what is to be kept,
 * and hands in what the nation's own log is to say of it. Whatever a partner shows, the links with
 * it go on.
 */
final class PartnerLogs {
  private final SortedMap<Nation, OfPartner> partners = new TreeMap<>();
  private final Consumer<Input> inputs;
  private final NodeLog log;

  private static final class OfPartner {
    private final CheckpointJudge judge;
    private final HeldCheckpoints held;
    private Optional<Verdict> last = Optional.empty();
    private String detail = "";
    private long refused;

    OfPartner(CheckpointJudge judge, HeldCheckpoints held) {
      this.judge = judge;
      this.held = held;
    }
  }

  /**
   * Judges the partners whose log key is known.
   *
   * @param inputs takes what the nation's own log is to say
   * @param log where it is said whose key is not known
   */
  PartnerLogs(
      NodeDirectory directory,
      Channel channel,
      SortedSet<Nation> nations,
      Consumer<Input> inputs,
      NodeLog log)
      throws IOException {
    this.inputs = inputs;
    this.log = log;
    for (Nation n : nations) {
      Path key = NationKeys.logKey(directory.partner(n), channel);
      if (Files.isRegularFile(key)) {
        partners.put(
            n,
            new OfPartner(
                new CheckpointJudge(n, channel, NationKeys.readLogKey(key, n, channel)),
                new HeldCheckpoints(directory.held(n))));
      } else {
        log.say(
            "PARTNER_LOG",
            "there is no log key of "
                + n
                + ", so nobody checks whether it changes its log afterwards. Ask it for its public"
                + " half, and put it at "
                + key);
      }
    }
  }

  /** Whose logs are watched. */
  SortedSet<Nation> watched() {
    return new TreeSet<>(partners.keySet());
  }

  private OfPartner of(Nation partner) {
    OfPartner p = partners.get(partner);
    if (p == null) {
      throw new IllegalArgumentException("the log of " + partner + " is not watched");
    }
    return p;
  }

  /** What to ask a partner. */
  synchronized byte[] question(Nation partner) throws IOException {
    return CheckpointCodec.encode(
        of(partner)
            .held
            .newest()
            .map(h -> new CheckpointCodec.Question(h.checkpoint().origin(), h.checkpoint().size()))
            .orElse(new CheckpointCodec.Question("", 0)));
  }

  /**
   * Judges what a partner answered.
   *
   * @return whether it is worth asking again at once, because there may be more
   */
  synchronized boolean answered(Nation partner, byte[] answer) throws IOException {
    OfPartner p = of(partner);
    Judgement j;
    try {
      j = p.judge.judge(p.held.newest(), p.held.left(), CheckpointCodec.decodeOffer(answer));
    } catch (InvalidValueException e) {
      j =
          new Judgement(
              Verdict.REFUSED, Optional.empty(), String.valueOf(e.getMessage()), new byte[0]);
    }
    String evidence = p.held.keep(j);
    boolean again = p.last.filter(j.verdict()::equals).isPresent();
    p.last = Optional.of(j.verdict());
    p.detail = j.detail();
    p.refused += j.verdict() == Verdict.REFUSED ? 1 : 0;
    boolean shownToAll =
        j.verdict() == Verdict.GROWN
            && j.shown()
                .filter(s -> CheckpointOffers.isShownToAll(s.checkpoint().size()))
                .isPresent();
    boolean firstBad = !j.verdict().isGood() && !again;
    if (j.verdict() == Verdict.FIRST || shownToAll || firstBad || !evidence.isEmpty()) {
      inputs.accept(input(partner, j, evidence));
    }
    return shownToAll;
  }

  private static Input input(Nation partner, Judgement j, String evidence) {
    Optional<Checkpoint> shown = j.shown().map(Checkpoint.Signed::checkpoint);
    return new Input.CheckpointJudged(
        partner,
        j.verdict().name(),
        j.verdict().isGood(),
        shown.map(Checkpoint::origin).orElse(""),
        shown.map(Checkpoint::size).orElse(0L),
        j.detail(),
        evidence);
  }

  /** What is known of each partner's log. */
  synchronized List<PartnerLog> status() {
    List<PartnerLog> out = new ArrayList<>();
    for (var e : partners.entrySet()) {
      OfPartner p = e.getValue();
      try {
        Optional<Checkpoint> newest = p.held.newest().map(Checkpoint.Signed::checkpoint);
        out.add(
            new PartnerLog(
                e.getKey(),
                p.last.map(Verdict::name).orElse(""),
                p.last.map(Verdict::isGood).orElse(true),
                newest.map(Checkpoint::origin).orElse(""),
                newest.map(Checkpoint::size).orElse(0L),
                newest.isPresent() ? OptionalLong.of(p.held.takenNs()) : OptionalLong.empty(),
                p.held.evidence().size(),
                p.refused,
                p.detail));
      } catch (IOException | InvalidValueException x) {
        log.say(
            "PARTNER_LOG", "what is held of " + e.getKey() + " cannot be read: " + x.getMessage());
      }
    }
    return out;
  }
}
