package parallax.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import parallax.model.Nation;
import parallax.signing.SignatureDomain;
import parallax.signing.VerificationKey;

/**
 * A relay's part in a stream between two other nations. It passes frames on unchanged, so that
 * numbers, chain, signatures and receipts hold from end to end, and it stores nothing. Before it
 * passes a batch it checks the originator's signature and that each record may go to the recipient;
 * a batch that fails the check is not passed on, and the stream is broken off.
 *
 * <p>All state follows from the calls. For one thread.
 */
public final class RelayStream {
  /** Judges a record about to be passed on. */
  @FunctionalInterface
  public interface Scrutiny {
    /** What forbids passing the record on; empty when nothing does. */
    Optional<String> problem(byte[] record);
  }

  private LinkTerms terms;
  private final PartnerKeys originatorKeys;
  private Scrutiny scrutiny;
  private boolean upstream;
  private boolean downstream;

  /** This node has closed the recipient's connection and waits to hear that it is gone. */
  private boolean closing;

  private Frame.@Nullable Hello waiting;
  private long passed;
  private long violations;

  /**
   * A stream that is not connected on either side.
   *
   * @param terms the stream and what its ends must go by
   * @param originatorKeys the originator's keys of that channel
   * @param scrutiny judges each record
   */
  public RelayStream(
      LinkTerms terms, SortedSet<VerificationKey> originatorKeys, Scrutiny scrutiny) {
    this(terms, originatorKeys, scrutiny, Verifier.PLAIN);
  }

  /** The same with a verifier of signatures. */
  public RelayStream(
      LinkTerms terms,
      SortedSet<VerificationKey> originatorKeys,
      Scrutiny scrutiny,
      Verifier verifier) {
    this.terms = terms;
    this.originatorKeys = new PartnerKeys(originatorKeys, verifier);
    this.scrutiny = scrutiny;
  }

  /** A stream that goes on where another stood: every later effect is the same. */
  public static RelayStream restored(RelayState s, Scrutiny scrutiny, Verifier verifier) {
    return new RelayStream(s, scrutiny, verifier);
  }

  private RelayStream(RelayState s, Scrutiny scrutiny, Verifier verifier) {
    this.terms = s.terms();
    this.originatorKeys = new PartnerKeys(s.originatorKeys(), verifier);
    this.scrutiny = scrutiny;
    this.upstream = s.passing().upstream();
    this.downstream = s.passing().downstream();
    this.closing = s.passing().closing();
    this.waiting = s.passing().waiting().orElse(null);
    this.passed = s.passing().passed();
    this.violations = s.passing().violations();
  }

  /** All that the stream remembers, as it is now. */
  public RelayState state() {
    return new RelayState(
        terms,
        originatorKeys.state(),
        new RelayState.Passing(
            upstream, downstream, closing, Optional.ofNullable(waiting), passed, violations));
  }

  /**
   * From now on under another agreement and with these keys, except revoked ones; both sides are
   * taken for down.
   */
  public void renew(
      Digest agreementDigest, SortedSet<VerificationKey> keys, Scrutiny freshScrutiny) {
    terms = terms.under(agreementDigest);
    originatorKeys.configure(keys);
    scrutiny = freshScrutiny;
    closing |= downstream;
    upstream = false;
    downstream = false;
    waiting = null;
  }

  /** Another key that the originator's batches may be signed with, also one that was revoked. */
  public void trust(VerificationKey key) {
    originatorKeys.trust(key);
  }

  /** The originator has announced a key on another way; a revoked one stays revoked. */
  public void announced(VerificationKey key) {
    originatorKeys.announce(key);
  }

  /** Nothing signed with this key is passed on any more, also when the stream announces it. */
  public void distrust(VerificationKey key) {
    originatorKeys.revoke(key);
  }

  /** A side is connected. */
  public List<LinkEffect> onConnected(Nation peer) {
    List<LinkEffect> effects = new ArrayList<>();
    if (isUpstream(peer)) {
      upstream = true;
      waiting = null;
      // A new Hello needs a new connection on the other side too.
      closeDownstream("originator came anew", effects);
      effects.add(new LinkEffect.Dial(terms.stream().recipient()));
    } else if (upstream && isDownstream(peer)) {
      downstream = true;
      closing = false;
      Frame.Hello hello = waiting;
      waiting = null;
      if (hello != null) {
        effects.add(new LinkEffect.Send(peer, hello));
      }
    } else {
      closing |= isDownstream(peer);
      effects.add(new LinkEffect.Close(peer, "originator is not connected"));
    }
    return effects;
  }

  private void closeDownstream(String reason, List<LinkEffect> effects) {
    if (downstream) {
      downstream = false;
      closing = true;
      effects.add(new LinkEffect.Close(terms.stream().recipient(), reason));
    }
  }

  /** A side is gone, or could not be reached: the connection with the other side is closed too. */
  public List<LinkEffect> onDisconnected(Nation peer) {
    List<LinkEffect> effects = new ArrayList<>();
    if (isUpstream(peer)) {
      upstream = false;
      waiting = null;
      closeDownstream("originator has gone", effects);
    } else if (closing) {
      closing = false;
    } else if (isDownstream(peer)) {
      downstream = false;
      if (upstream) {
        upstream = false;
        Nation originator = terms.stream().originator();
        effects.add(
            new LinkEffect.Send(
                originator,
                new Frame.Refusal(
                    ViolationCode.RELAY_INTERRUPTED,
                    "no connection to " + terms.stream().recipient())));
        effects.add(new LinkEffect.Close(originator, "recipient has gone"));
      }
    }
    return effects;
  }

  /** A frame came from one side. */
  public List<LinkEffect> onFrame(Nation peer, Frame frame) {
    List<LinkEffect> effects = new ArrayList<>();
    if (isUpstream(peer)) {
      if (upstream) {
        fromOriginator(frame, effects);
      }
    } else if (isDownstream(peer) && isThrough()) {
      fromRecipient(frame, effects);
    }
    return effects;
  }

  /** Bytes came from one side that are no frame. */
  public List<LinkEffect> onMalformed(Nation peer, String detail) {
    List<LinkEffect> effects = new ArrayList<>();
    if (isUpstream(peer) ? upstream : downstream && isDownstream(peer)) {
      breakOff(peer, ViolationCode.MALFORMED_FRAME, detail, effects);
    }
    return effects;
  }

  /** The agreement lists no such relay any more, or this node passes nothing on: break off. */
  public List<LinkEffect> close(String reason) {
    List<LinkEffect> effects = new ArrayList<>();
    Frame refusal = new Frame.Refusal(ViolationCode.RELAY_NOT_AGREED, reason);
    if (upstream) {
      effects.add(new LinkEffect.Send(terms.stream().originator(), refusal));
      effects.add(new LinkEffect.Close(terms.stream().originator(), reason));
    }
    closeDownstream(reason, effects);
    upstream = false;
    waiting = null;
    return effects;
  }

  /** Numbers passed on so far. */
  public long passed() {
    return passed;
  }

  /** Violations found so far. */
  public long violations() {
    return violations;
  }

  /** Whether both sides are connected. */
  public boolean isThrough() {
    return upstream && downstream;
  }

  private boolean isUpstream(Nation peer) {
    return peer.equals(terms.stream().originator());
  }

  private boolean isDownstream(Nation peer) {
    return peer.equals(terms.stream().recipient());
  }

  private void fromOriginator(Frame frame, List<LinkEffect> effects) {
    Nation originator = terms.stream().originator();
    switch (frame) {
      case Frame.Hello h -> onHello(h, effects);
      case Frame.Batch b -> onBatch(b, effects);
      case Frame.Gap g -> onGap(g, effects);
      case Frame.Heartbeat h -> pass(h, effects);
      case Frame.Suspension s -> pass(s, effects);
      case Frame.Refusal r -> pass(r, effects);
      case Frame.Welcome f -> unexpected(originator, "Welcome", effects);
      case Frame.Ack f -> unexpected(originator, "Ack", effects);
      case Frame.SetAside f -> unexpected(originator, "SetAside", effects);
    }
  }

  private void onHello(Frame.Hello h, List<LinkEffect> effects) {
    BreakOff mismatch = terms.mismatch(h);
    if (mismatch != null) {
      breakOff(terms.stream().originator(), mismatch.code(), mismatch.detail(), effects);
    } else if (downstream) {
      pass(h, effects);
    } else {
      waiting = h;
    }
  }

  private void onBatch(Frame.Batch b, List<LinkEffect> effects) {
    Nation originator = terms.stream().originator();
    if (!downstream) {
      return;
    }
    if (!isSigned(
        StreamSignatures.batchDomain(terms.channel()),
        StreamSignatures.batch(terms.stream(), b.firstSeq(), b.entries(), b.chainHash()),
        b.signature())) {
      breakOff(
          originator,
          ViolationCode.BAD_SIGNATURE,
          "batch " + b.firstSeq() + " to " + b.lastSeq() + " is not signed by " + originator,
          effects);
      return;
    }
    for (Entry e : b.entries()) {
      if (e instanceof Entry.Whole r) {
        Optional<String> problem = scrutiny.problem(r.bytes());
        if (problem.isPresent()) {
          breakOff(originator, ViolationCode.RELAY_NOT_AGREED, problem.get(), effects);
          return;
        }
      }
    }
    // Learned only now: a batch that is refused must change nothing.
    for (Entry e : b.entries()) {
      if (e instanceof Entry.NewKey k) {
        originatorKeys.announce(k.key());
      }
    }
    passed += b.entries().size();
    pass(b, effects);
    effects.add(new LinkEffect.Passed(b.firstSeq(), b.lastSeq()));
  }

  private void onGap(Frame.Gap g, List<LinkEffect> effects) {
    if (isSigned(
        StreamSignatures.gapDomain(terms.channel()),
        StreamSignatures.gap(terms.stream(), g.from(), g.to(), g.reason(), g.chainHash()),
        g.signature())) {
      pass(g, effects);
    } else {
      Nation originator = terms.stream().originator();
      breakOff(
          originator,
          ViolationCode.BAD_SIGNATURE,
          "gap " + g.from() + " to " + g.to() + " is not signed by " + originator,
          effects);
    }
  }

  private boolean isSigned(SignatureDomain domain, byte[] message, byte[] signature) {
    return originatorKeys.signer(domain, message, signature) != null;
  }

  private void fromRecipient(Frame frame, List<LinkEffect> effects) {
    Nation recipient = terms.stream().recipient();
    Nation originator = terms.stream().originator();
    switch (frame) {
      case Frame.Welcome f -> effects.add(new LinkEffect.Send(originator, f));
      case Frame.Ack f -> effects.add(new LinkEffect.Send(originator, f));
      case Frame.SetAside f -> effects.add(new LinkEffect.Send(originator, f));
      case Frame.Suspension f -> effects.add(new LinkEffect.Send(originator, f));
      case Frame.Refusal f -> effects.add(new LinkEffect.Send(originator, f));
      case Frame.Hello f -> unexpected(recipient, "Hello", effects);
      case Frame.Batch f -> unexpected(recipient, "Batch", effects);
      case Frame.Gap f -> unexpected(recipient, "Gap", effects);
      case Frame.Heartbeat f -> unexpected(recipient, "Heartbeat", effects);
    }
  }

  /** Passes on to the recipient; before it is connected only a Hello is of use. */
  private void pass(Frame frame, List<LinkEffect> effects) {
    if (downstream) {
      effects.add(new LinkEffect.Send(terms.stream().recipient(), frame));
    }
  }

  private void unexpected(Nation peer, String what, List<LinkEffect> effects) {
    breakOff(peer, ViolationCode.UNEXPECTED_FRAME, what + " at the relay from " + peer, effects);
  }

  /** Breaks off both sides over what one did. */
  private void breakOff(Nation peer, ViolationCode code, String detail, List<LinkEffect> effects) {
    violations++;
    effects.add(new LinkEffect.Violation(peer, code, detail));
    if (upstream) {
      effects.add(
          new LinkEffect.Send(terms.stream().originator(), new Frame.Refusal(code, detail)));
      effects.add(new LinkEffect.Close(terms.stream().originator(), "violation: " + code));
    }
    closeDownstream("violation: " + code, effects);
    upstream = false;
    waiting = null;
  }
}
