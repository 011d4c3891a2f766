package parallax.link;

import java.util.List;
import java.util.OptionalLong;
import parallax.model.Nation;

/** What both ends keep of one path of a stream: its state and silence. */
abstract class Path {
  final Nation peer;
  final Silence silence = new Silence();
  LinkState state = LinkState.DOWN;

  /** The version that both ends go by, once greeted. */
  int version = Frame.OLDEST_VERSION;

  /** The other end has said on this connection that it has suspended the stream. */
  boolean suspendedByPartner;

  Path(Nation peer) {
    this.peer = peer;
  }

  /** A path that goes on where another stood. */
  Path(StreamEndState.PathState s) {
    this(s.peer());
    state = s.state();
    version = s.version();
    suspendedByPartner = s.suspendedByPartner();
    silence.goOn(s.silentSinceNs(), s.lastHeardNs());
  }

  /** As it is now. */
  StreamEndState.PathState pathState() {
    return new StreamEndState.PathState(
        peer, state, version, suspendedByPartner, silence.sinceNs(), silence.lastHeardNs());
  }

  boolean connected() {
    return greeted() || state == LinkState.GREETING;
  }

  boolean greeted() {
    return state == LinkState.UP || state == LinkState.STALE;
  }

  /** A new connection: nothing was heard on it yet. */
  void begin(long nowNs, List<LinkEffect> effects) {
    suspendedByPartner = false;
    silence.begin(nowNs);
    change(LinkState.GREETING, effects);
  }

  void send(Frame frame, List<LinkEffect> effects) {
    effects.add(new LinkEffect.Send(peer, frame));
  }

  void change(LinkState next, List<LinkEffect> effects) {
    if (state != next) {
      state = next;
      effects.add(new LinkEffect.StateChanged(peer, next));
    }
  }

  void disconnected(List<LinkEffect> effects) {
    if (state != LinkState.REFUSED) {
      change(LinkState.DOWN, effects);
    }
  }

  /** Looks at the silence: goes stale, or gives up. False when it gave up. */
  boolean endures(long nowNs, LinkConfig config, List<LinkEffect> effects) {
    long silentNs = silence.lasting(nowNs);
    if (silentNs >= config.silentNs()) {
      effects.add(new LinkEffect.Close(peer, "silent for " + silentNs / 1_000_000 + " ms"));
      change(LinkState.DOWN, effects);
      return false;
    }
    if (silentNs >= config.staleNs() && state == LinkState.UP) {
      change(LinkState.STALE, effects);
    }
    return true;
  }

  /** Breaks off over what the neighbour did. */
  void violation(ViolationCode code, String detail, List<LinkEffect> effects) {
    effects.add(new LinkEffect.Violation(peer, code, detail));
    send(new Frame.Refusal(code, detail), effects);
    effects.add(new LinkEffect.Close(peer, "violation: " + code));
    change(LinkState.REFUSED, effects);
  }

  /** The neighbour has broken off. */
  void refused(Frame.Refusal refusal, List<LinkEffect> effects) {
    effects.add(
        new LinkEffect.Violation(
            peer, ViolationCode.REFUSED_BY_PARTNER, refusal.code() + ": " + refusal.detail()));
    effects.add(new LinkEffect.Close(peer, "refused by partner: " + refusal.code()));
    change(LinkState.REFUSED, effects);
  }

  LinkHealth.PathHealth health(OptionalLong roundTripNs, OptionalLong clockOffsetNs) {
    return new LinkHealth.PathHealth(state, silence.lastHeardNs(), roundTripNs, clockOffsetNs);
  }
}
