package parallax.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import parallax.signing.VerificationKey;

/** Checks that a receipt is the recipient's and speaks of what was sent. */
final class ReceiptCheck {
  private final LinkTerms terms;
  private final PartnerKeys keys;
  private final Outbox outbox;

  /** The last receipt that was verified: a partner that stands still repeats it every second. */
  private @Nullable Cursor verified;

  private byte[] verifiedSignature = {};

  /** Of the stream and channel of {@code terms}; another agreement makes no difference. */
  ReceiptCheck(LinkTerms terms, PartnerKeys keys, Outbox outbox) {
    this.terms = terms;
    this.keys = keys;
    this.outbox = outbox;
  }

  /** The keys have changed: what was verified before is verified again. */
  void keysChanged() {
    verified = null;
  }

  /**
   * What is wrong with a Welcome; null when nothing is.
   *
   * @param acknowledgedAtHello the last number acknowledged when the partner was greeted
   */
  @Nullable BreakOff problem(Frame.Welcome welcome, long acknowledgedAtHello, long everSent) {
    if (welcome.version() < Frame.OLDEST_VERSION || welcome.version() > Frame.PROTOCOL_VERSION) {
      return new BreakOff(
          ViolationCode.VERSION_NOT_SPOKEN,
          "partner chose version "
              + welcome.version()
              + "; spoken here are "
              + Frame.OLDEST_VERSION
              + " to "
              + Frame.PROTOCOL_VERSION);
    }
    if (welcome.cursor().next() - 1 < acknowledgedAtHello) {
      return new BreakOff(
          ViolationCode.CURSOR_BEHIND,
          "partner wants "
              + welcome.cursor().next()
              + "; it had acknowledged all up to "
              + acknowledgedAtHello);
    }
    return problem(welcome.cursor(), welcome.signature(), everSent);
  }

  /** What is wrong with a receipt; null when nothing is. */
  @Nullable BreakOff problem(Cursor cursor, byte[] signature, long everSent) {
    long held = cursor.next() - 1;
    if (held > everSent) {
      return new BreakOff(
          ViolationCode.CURSOR_AHEAD,
          "partner wants " + cursor.next() + "; sent so far: " + everSent);
    }
    if (!isVerified(cursor, signature)) {
      return new BreakOff(
          ViolationCode.BAD_RECEIPT,
          "receipt for all before "
              + cursor.next()
              + " is not signed with a key of "
              + terms.stream().recipient()
              + " on channel "
              + terms.channel());
    }
    // The hash after a number inside a gap is no longer known: there the partner's word is taken.
    // A wrong one would harm the partner alone: what follows a gap is verified from the gap's hash.
    Digest expected = held < outbox.acknowledged() ? null : outbox.hashAfter(held);
    if (expected != null && !expected.equals(cursor.chainHash())) {
      return new BreakOff(
          ViolationCode.CHAIN_DISAGREES,
          "partner's chain hash after "
              + held
              + " is "
              + cursor.chainHash()
              + "; expected "
              + expected);
    }
    return null;
  }

  /** What is wrong with what the recipient says that it set aside; null when nothing is. */
  @Nullable BreakOff problem(Frame.SetAside s, long everSent) {
    if (s.newest().getLast().seq() > everSent || s.total() > everSent) {
      return new BreakOff(
          ViolationCode.CURSOR_AHEAD,
          "partner sets aside "
              + s.total()
              + " records up to "
              + s.newest().getLast().seq()
              + "; sent so far: "
              + everSent);
    }
    VerificationKey signer =
        keys.signer(
            StreamSignatures.setAsideDomain(terms.channel()),
            StreamSignatures.setAside(terms.stream(), s.total(), s.newest()),
            s.signature());
    return signer != null
        ? null
        : new BreakOff(
            ViolationCode.BAD_RECEIPT,
            "what the partner sets aside is not signed with a key of "
                + terms.stream().recipient()
                + " on channel "
                + terms.channel());
  }

  private boolean isVerified(Cursor cursor, byte[] signature) {
    if (cursor.equals(verified) && Arrays.equals(signature, verifiedSignature)) {
      return true;
    }
    VerificationKey signer =
        keys.signer(
            StreamSignatures.receiptDomain(terms.channel()),
            StreamSignatures.receipt(terms.stream(), cursor),
            signature);
    if (signer != null) {
      verified = cursor;
      verifiedSignature = signature.clone();
    }
    return signer != null;
  }
}
