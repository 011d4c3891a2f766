package parallax.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import parallax.model.Nation;

/**
 * What the originator keeps of one path: what is on its way there, and how long an answer takes.
 */
final class OutboundPath extends Path {
  long sessionId;
  long nextToSend = 1;
  long acknowledgedAtHello;
  long lastHeartbeatNs;

  /** The last number sent before the last heartbeat; 0 once that was answered. */
  long sentBeforeHeartbeat;

  /** The last number of the last gap sent on it, until that is acknowledged; 0: none. */
  private long gapThrough;

  /** What was sent on it and not acknowledged on it. */
  private final Deque<OutboundState.Sent> inFlight = new ArrayDeque<>();

  private long inFlightBytes;
  OptionalLong roundTripNs = OptionalLong.empty();
  OptionalLong clockOffsetNs = OptionalLong.empty();

  OutboundPath(Nation peer) {
    super(peer);
  }

  /** A path that goes on where another stood. */
  OutboundPath(OutboundState.OutboundPathState s) {
    super(s.path());
    sessionId = s.sessionId();
    nextToSend = s.nextToSend();
    acknowledgedAtHello = s.acknowledgedAtHello();
    lastHeartbeatNs = s.lastHeartbeatNs();
    sentBeforeHeartbeat = s.sentBeforeHeartbeat();
    gapThrough = s.gapThrough();
    inFlight.addAll(s.inFlight());
    inFlight.forEach(b -> inFlightBytes += b.bytes());
    roundTripNs = s.roundTripNs();
    clockOffsetNs = s.clockOffsetNs();
  }

  /** As it is now. */
  OutboundState.OutboundPathState state() {
    return new OutboundState.OutboundPathState(
        pathState(),
        sessionId,
        nextToSend,
        acknowledgedAtHello,
        lastHeartbeatNs,
        sentBeforeHeartbeat,
        gapThrough,
        List.copyOf(inFlight),
        roundTripNs,
        clockOffsetNs);
  }

  /** Whether it is greeted, and the partner has not said on it that it takes in nothing. */
  boolean isOpen() {
    return greeted() && !suspendedByPartner;
  }

  /** Bytes that were sent on it and not acknowledged on it. */
  long inFlightBytes() {
    return inFlightBytes;
  }

  void sent(long through, long bytes) {
    inFlight.addLast(new OutboundState.Sent(through, bytes));
    inFlightBytes += bytes;
    nextToSend = through + 1;
  }

  void sentGap(long through) {
    gapThrough = through;
    nextToSend = through + 1;
  }

  /** Whether a gap is under way. One at a time: on a path that stalls they would pile up. */
  boolean awaitsGap() {
    return gapThrough > 0;
  }

  /** The partner holds everything up to a number. */
  void received(long through) {
    while (!inFlight.isEmpty() && inFlight.getFirst().through() <= through) {
      inFlightBytes -= inFlight.removeFirst().bytes();
    }
    gapThrough = gapThrough <= through ? 0 : gapThrough;
  }

  /** Nothing is under way on it any more: the partner wants this number next. */
  void goOnAt(long next) {
    inFlight.clear();
    inFlightBytes = 0;
    gapThrough = 0;
    nextToSend = next;
  }

  /**
   * Takes the answer to a heartbeat: how long it took, and what was lost on the way. The partner
   * answers after all that was sent on this path before the heartbeat has arrived. So what it still
   * wants of that is sent again.
   */
  void heartbeatAnswered(Frame.Ack ack, long nowNs, long mostNs) {
    long sentNs = ack.echoSentAtNs();
    if (sentNs <= nowNs && nowNs - sentNs < mostNs) {
      roundTripNs = OptionalLong.of(nowNs - sentNs);
      clockOffsetNs = OptionalLong.of(ack.sentAtNs() - (sentNs + (nowNs - sentNs) / 2));
    }
    if (sentNs == lastHeartbeatNs) {
      if (ack.cursor().next() <= sentBeforeHeartbeat) {
        goOnAt(ack.cursor().next());
      }
      sentBeforeHeartbeat = 0;
    }
  }
}
