package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.release.Released;
import parallax.signing.VerificationKey;

/**
 * Both lanes to one partner. A bulk record is sent only after the partner holds every urgent record
 * that was released before it, so a track is never told before its launch.
 */
public final class Outgoing {
  private final OutboundStream urgent;
  private final OutboundStream bulk;

  /**
   * A record that got its number.
   *
   * @param stream the stream it is in
   * @param seq its number
   * @param bytes its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Numbered(StreamId stream, long seq, byte[] bytes) {}

  /** Effects of one lane. */
  public record OfLane(Lane lane, List<LinkEffect> effects) {}

  /** Two lanes with nothing in them; {@code terms} are those of either. */
  public Outgoing(
      LinkTerms terms,
      Keyring keyring,
      VerificationKey key,
      SortedSet<VerificationKey> partnerKeys,
      ReportEncoder encoder,
      LinkConfig config) {
    this(terms, keyring, key, partnerKeys, encoder, config, Verifier.PLAIN);
  }

  /** The same with a verifier of signatures. */
  public Outgoing(
      LinkTerms terms,
      Keyring keyring,
      VerificationKey key,
      SortedSet<VerificationKey> partnerKeys,
      ReportEncoder encoder,
      LinkConfig config,
      Verifier verifier) {
    urgent = lane(Lane.URGENT, terms, keyring, key, partnerKeys, encoder, config, verifier);
    bulk = lane(Lane.BULK, terms, keyring, key, partnerKeys, encoder, config, verifier);
    bulk.urgentHeld(0);
  }

  private Outgoing(OutboundStream urgent, OutboundStream bulk) {
    this.urgent = urgent;
    this.bulk = bulk;
  }

  /** Two lanes that go on where others stood: every later effect is the same. */
  public static Outgoing restored(
      OutgoingState s,
      Keyring keyring,
      ReportEncoder encoder,
      LinkConfig config,
      Verifier verifier) {
    return new Outgoing(
        OutboundStream.restored(s.urgent(), keyring, encoder, config, verifier),
        OutboundStream.restored(s.bulk(), keyring, encoder, config, verifier));
  }

  /** All that both lanes remember, as it is now. */
  public OutgoingState state() {
    return new OutgoingState(urgent.state(), bulk.state());
  }

  private static OutboundStream lane(
      Lane lane,
      LinkTerms terms,
      Keyring keyring,
      VerificationKey key,
      SortedSet<VerificationKey> partnerKeys,
      ReportEncoder encoder,
      LinkConfig config,
      Verifier verifier) {
    return new OutboundStream(
        new LinkTerms(terms.stream().on(lane), terms.channel(), terms.agreementDigest()),
        keyring,
        key,
        partnerKeys,
        encoder,
        config,
        verifier);
  }

  /** One of the two. */
  public OutboundStream on(Lane lane) {
    return switch (lane) {
      case URGENT -> urgent;
      case BULK -> bulk;
    };
  }

  /** Both, urgent first. */
  public List<OutboundStream> lanes() {
    return List.of(urgent, bulk);
  }

  /**
   * Takes a report for the partner and gives it the next number of its lane.
   *
   * @throws parallax.model.InvalidValueException when it is not for this partner, or too large
   */
  public Numbered enqueue(Released<? extends Report> report, Lane lane) {
    OutboundStream stream = on(lane);
    long seq = stream.enqueue(report, afterUrgent(lane));
    return new Numbered(stream.terms().stream(), seq, stream.record(seq));
  }

  private long afterUrgent(Lane lane) {
    return lane == Lane.BULK ? urgent.highWaterMark() : 0;
  }

  /**
   * Takes a record under the number that an older version of this program gave it ({@link
   * OutboundStream#adopt(long, byte[], long, OutboxState.Subject, UtcTime)}).
   *
   * @throws parallax.model.InvalidValueException when the number is not the next of the lane
   */
  public void adopt(
      Lane lane, long seq, byte[] record, OutboxState.Subject subject, UtcTime madeAt) {
    on(lane).adopt(seq, record, afterUrgent(lane), subject, madeAt);
  }

  /** Sends what is new on both lanes. */
  public List<OfLane> flush(long nowNs) {
    List<LinkEffect> first = urgent.flush(nowNs);
    bulk.urgentHeld(urgent.acknowledged());
    return List.of(new OfLane(Lane.URGENT, first), new OfLane(Lane.BULK, bulk.flush(nowNs)));
  }

  /** Time passes. */
  public List<OfLane> onTick(long nowNs) {
    List<LinkEffect> first = urgent.onTick(nowNs);
    bulk.urgentHeld(urgent.acknowledged());
    return List.of(new OfLane(Lane.URGENT, first), new OfLane(Lane.BULK, bulk.onTick(nowNs)));
  }

  /** A frame came on one lane; an urgent receipt may let bulk go. */
  public List<OfLane> onFrame(Lane lane, Nation peer, Frame frame, long nowNs) {
    bulk.urgentHeld(urgent.acknowledged());
    List<OfLane> out = new ArrayList<>();
    long before = urgent.acknowledged();
    out.add(new OfLane(lane, on(lane).onFrame(peer, frame, nowNs)));
    if (urgent.acknowledged() != before) {
      bulk.urgentHeld(urgent.acknowledged());
      out.add(new OfLane(Lane.BULK, bulk.flush(nowNs)));
    }
    return out;
  }
}
