package parallax.engine;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import parallax.link.Digest;
import parallax.link.StreamId;
import parallax.model.Channel;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.AgreementInForce;
import parallax.release.AgreementVerifier;
import parallax.release.InboundCheck;
import parallax.release.NationalPolicy;
import parallax.release.Releaser;

/**
 * The agreement and policy a node goes by, both checked; without them nothing is released or taken.
 *
 * @param configuration what they come from
 * @param since when the agreement was put in force, the node's time
 * @param agreement the agreement
 * @param policy the nation's policy
 * @param releaser decides what leaves
 * @param inbound decides what is taken
 */
record InForce(
    NodeConfiguration configuration,
    UtcTime since,
    AgreementInForce agreement,
    NationalPolicy policy,
    Releaser releaser,
    InboundCheck inbound) {

  /** Throws with the precise reason when the agreement or the policy cannot be put in force. */
  static InForce of(NodeConfiguration c, UtcTime now) {
    AgreementInForce agreement =
        AgreementVerifier.verify(c.agreement(), c.agreementKeys(), c.channel(), now);
    NationalPolicy policy =
        NationalPolicy.parse(
            c.policy().getBytes(StandardCharsets.UTF_8), "policy", agreement.agreement());
    return new InForce(
        c,
        now,
        agreement,
        policy,
        new Releaser(agreement, policy, c.nation(), c.channel()),
        new InboundCheck(agreement, c.nation(), c.channel()));
  }

  /**
   * The same with another policy.
   *
   * @throws parallax.release.MalformedFileException saying what is wrong with it, and where
   */
  InForce withPolicy(String yaml) {
    NationalPolicy other =
        NationalPolicy.parse(
            yaml.getBytes(StandardCharsets.UTF_8), "policy", agreement.agreement());
    NodeConfiguration c = configuration.withPolicy(yaml);
    return new InForce(
        c,
        since,
        agreement,
        other,
        new Releaser(agreement, other, c.nation(), c.channel()),
        inbound);
  }

  /** What the streams go by, with the stream keys as they stand. */
  Streams.Terms terms(StreamKeys keys) {
    return new Streams.Terms(
        configuration.nation(),
        configuration.channel(),
        Digest.of(HexFormat.of().parseHex(agreement.digest())),
        agreement.agreement().parties(),
        agreement.agreement().onwardRelease(),
        keys.own(),
        keys.ofPartners());
  }

  /**
   * Why a record of one partner may not be passed on to another; empty when it may.
   *
   * @param channel the channel of the node
   */
  static Optional<String> forbidsPassing(
      ReportCodec codec, Channel channel, StreamId stream, byte[] record) {
    try {
      Report report = codec.decode(record);
      Report.Header header = report.header();
      if (!header.originator().equals(stream.originator())) {
        return Optional.of("record of " + header.originator() + " in " + stream);
      }
      if (header.channel() != channel) {
        return Optional.of("record of channel " + header.channel() + " in " + stream);
      }
      boolean releasable =
          header.label().releasableTo().contains(stream.recipient())
              && !(report instanceof Report.Correction c
                  && !c.corrected().header().label().releasableTo().contains(stream.recipient()));
      return releasable
          ? Optional.empty()
          : Optional.of("record in " + stream + " is not releasable to " + stream.recipient());
    } catch (InvalidValueException e) {
      return Optional.of("record in " + stream + ": " + e.getMessage());
    }
  }

  /** Whether this nation may hold what a partner gave a label. */
  boolean mayHold(ConfidentialityLabel label) {
    return inbound.mayHold(label);
  }

  /** Whether every party may hold what has a label, so that it can be known to all. */
  boolean isForAll(ConfidentialityLabel label) {
    return mayHold(label) && label.releasableTo().containsAll(agreement.agreement().parties());
  }

  /** What an operator ordered as a label, by the agreement's policy. */
  ConfidentialityLabel ordered(ConfidentialityLabel label, UtcTime now) {
    return new ConfidentialityLabel(
        agreement.agreement().marking().policy(),
        label.classification(),
        label.owners(),
        label.releasableTo(),
        label.caveats(),
        now);
  }

  /** The label of what a nation notes for itself while no agreement is in force. */
  static ConfidentialityLabel ownUseOnly(Nation nation, UtcTime now) {
    return new ConfidentialityLabel(
        "PARALLAX",
        ConfidentialityLabel.Classification.SECRET,
        new TreeSet<>(List.of(nation)),
        List.of(),
        now);
  }
}
