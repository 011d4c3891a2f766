package parallax.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;

/**
 * What the two ends of a stream do alike: they keep its paths, its suspension, and the count of
 * what went wrong.
 *
 * @param <P> what this end keeps of a path
 */
abstract class StreamEnd<P extends Path> {
  private LinkTerms terms;
  private final String name;
  private final Function<Nation, P> newPath;

  /** The ways to the other end, by neighbour. */
  final SortedMap<Nation, P> paths;

  private boolean suspended;

  /** The other end was told of the suspension. */
  private boolean suspensionAnnounced;

  private String suspensionReason = "";
  long connections;
  private long violations;
  private long refusals;

  /**
   * An end without a path yet.
   *
   * @param name what messages call this end
   * @param order the order in which paths are looked at
   * @param newPath makes what is kept of a path
   */
  StreamEnd(LinkTerms terms, String name, Comparator<Nation> order, Function<Nation, P> newPath) {
    this.terms = terms;
    this.paths = new TreeMap<>(order);
    this.name = name;
    this.newPath = newPath;
  }

  /** Goes on where another end stood. */
  final void goOn(StreamEndState.SuspensionState s, LinkHealth.Counts counts) {
    suspended = s.suspended();
    suspensionAnnounced = s.announced();
    suspensionReason = s.reason();
    connections = counts.connections();
    violations = counts.violations();
    refusals = counts.refusals();
  }

  /** What both ends keep alike, as it is now. */
  final StreamEndState endState(PartnerKeys keys, SetAsides setAsides) {
    return new StreamEndState(
        terms,
        keys.state(),
        new StreamEndState.SuspensionState(suspended, suspensionAnnounced, suspensionReason),
        setAsides.state());
  }

  /** The paths as they are now, by neighbour. */
  final <S> List<S> pathStates(Function<P, S> state) {
    return paths.values().stream()
        .sorted(Comparator.comparing((P p) -> p.peer))
        .map(state)
        .toList();
  }

  /** What both ends agreed on. */
  public LinkTerms terms() {
    return terms;
  }

  /** From now on under another agreement, while every path is down. */
  void renewTerms(Digest agreementDigest) {
    if (paths.values().stream().anyMatch(Path::connected)) {
      throw new IllegalStateException("stream " + terms.stream() + " is not down");
    }
    terms = terms.under(agreementDigest);
  }

  /** The path by a neighbour, new if there was none. */
  P path(Nation peer) {
    return paths.computeIfAbsent(peer, newPath);
  }

  /** The path by a neighbour, if it is connected. */
  @Nullable P connected(Nation peer) {
    P path = paths.get(peer);
    return path != null && path.connected() ? path : null;
  }

  /** Where the path by a neighbour stands. */
  public LinkState state(Nation peer) {
    P path = paths.get(peer);
    return path == null ? LinkState.DOWN : path.state;
  }

  /** A connection is gone. */
  public List<LinkEffect> onDisconnected(Nation peer, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    P path = paths.get(peer);
    if (path != null) {
      path.disconnected(effects);
    }
    return effects;
  }

  /** Every connection is gone. */
  public List<LinkEffect> onAllDisconnected(long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    paths.values().forEach(p -> p.disconnected(effects));
    return effects;
  }

  /** Closes every connection. */
  void closeAll(String reason, List<LinkEffect> effects) {
    for (P p : paths.values()) {
      if (p.connected()) {
        effects.add(new LinkEffect.Close(p.peer, reason));
        p.change(LinkState.DOWN, effects);
      }
    }
  }

  /** Bytes came that are no frame. */
  public List<LinkEffect> onMalformed(Nation peer, String detail, long nowNs) {
    List<LinkEffect> effects = new ArrayList<>();
    P path = connected(peer);
    if (path != null && !hearsNothing()) {
      breakOff(path, new BreakOff(ViolationCode.MALFORMED_FRAME, detail), effects);
    }
    return effects;
  }

  /** Whether this end leaves everything unanswered. */
  boolean hearsNothing() {
    return false;
  }

  /** Whether the stream is suspended by this end. */
  public boolean isSuspended() {
    return suspended;
  }

  /** Remembers a suspension; if the other end was told of it once, it is told of its end. */
  void beginSuspension(boolean announced, String reason) {
    suspensionAnnounced = announced || (suspended && suspensionAnnounced);
    suspended = true;
    suspensionReason = reason;
  }

  /** Ends a suspension; true when there was one of which the other end was told. */
  boolean endSuspension() {
    boolean wasAnnounced = suspended && suspensionAnnounced;
    suspended = false;
    return wasAnnounced;
  }

  /** Whether the other end knows that this end has suspended the stream. */
  boolean isSuspensionAnnounced() {
    return suspended && suspensionAnnounced;
  }

  Frame suspensionFrame() {
    return new Frame.Suspension(true, suspensionReason);
  }

  /** The other end has suspended the stream, or no longer. */
  void onSuspension(P path, Frame.Suspension s, List<LinkEffect> effects) {
    boolean before = suspendedByPartner();
    path.suspendedByPartner = s.suspended();
    if (suspendedByPartner() != before) {
      effects.add(new LinkEffect.SuspendedByPartner(s.suspended(), s.reason()));
    }
  }

  /** The other end says so on some connection; it makes all of them anew when it resumes. */
  boolean suspendedByPartner() {
    return paths.values().stream().anyMatch(p -> p.greeted() && p.suspendedByPartner);
  }

  void onRefusal(P path, Frame.Refusal refusal, List<LinkEffect> effects) {
    refusals++;
    path.refused(refusal, effects);
  }

  void unexpected(P path, String what, List<LinkEffect> effects) {
    breakOff(path, unexpected(path, what), effects);
  }

  BreakOff unexpected(P path, String what) {
    return new BreakOff(
        ViolationCode.UNEXPECTED_FRAME, what + " at the " + name + " in state " + path.state);
  }

  void breakOff(P path, BreakOff why, List<LinkEffect> effects) {
    violations++;
    path.violation(why.code(), why.detail(), effects);
  }

  long violations() {
    return violations;
  }

  long refusals() {
    return refusals;
  }
}
