package parallax.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends what stands in an outbox: in batches under one signature each, as far as the limits on
 * bytes in flight allow. Numbers that were given up are sent as gaps.
 */
final class Sender {
  private final Lane lane;
  private final StreamSigner signer;
  private final Outbox outbox;
  private final LinkConfig config;
  private long everSent;
  private long perhapsSent;
  private long urgentHeld = Long.MAX_VALUE;
  private long batches;
  private long records;
  private long bytes;
  private long repeated;

  Sender(Lane lane, StreamSigner signer, Outbox outbox, LinkConfig config) {
    this.lane = lane;
    this.signer = signer;
    this.outbox = outbox;
    this.config = config;
  }

  /** Goes on where another sender stood. */
  void goOn(OutboundState.Passing s) {
    everSent = s.everSent();
    perhapsSent = s.perhapsSent();
    urgentHeld = s.urgentHeld();
    batches = s.counts().batches();
    records = s.counts().records();
    bytes = s.counts().bytes();
    repeated = s.counts().repeated();
  }

  /** The last number that was perhaps sent; 0 when there is none. */
  long perhapsSent() {
    return Math.max(perhapsSent, everSent);
  }

  /** It is not known what of that which is numbered was sent. */
  void sentUnknown() {
    perhapsSent = outbox.last();
  }

  /** Up to which urgent number the partner held everything, as it was last said. */
  long urgentHeld() {
    return urgentHeld;
  }

  /** The last number that was sent for certain; 0 when there is none. */
  long everSent() {
    return everSent;
  }

  /**
   * Up to which urgent number the partner holds everything: what waited for it may go.
   *
   * @return whether that is another number than before
   */
  boolean urgentHeld(long seq) {
    boolean other = urgentHeld != seq;
    urgentHeld = seq;
    return other;
  }

  /** Batches sent so far. */
  long batches() {
    return batches;
  }

  /** Records sent so far. */
  long records() {
    return records;
  }

  /** Bytes of those records. */
  long bytes() {
    return bytes;
  }

  /** Numbers that were sent again so far. */
  long repeated() {
    return repeated;
  }

  /**
   * Urgent goes on every path that is up, bulk on the best one. A path on which the partner has
   * said that it takes in nothing is left out, and only that path: a relay could say so in the
   * partner's name.
   */
  void send(Collection<OutboundPath> paths, long nowNs, List<LinkEffect> effects) {
    OutboundPath best = lane == Lane.URGENT ? null : best(paths);
    for (OutboundPath p : paths) {
      if (lane == Lane.URGENT ? p.isOpen() : p == best) {
        send(p, nowNs, effects);
      }
    }
  }

  /** The first path that is up, or else the first that is open; null when none is. */
  private static @Nullable OutboundPath best(Collection<OutboundPath> paths) {
    OutboundPath open = null;
    for (OutboundPath p : paths) {
      if (p.isOpen() && p.state == LinkState.UP) {
        return p;
      }
      open = open == null && p.isOpen() ? p : open;
    }
    return open;
  }

  private void send(OutboundPath path, long nowNs, List<LinkEffect> effects) {
    path.nextToSend = Math.max(path.nextToSend, outbox.acknowledged() + 1);
    if (path.nextToSend <= outbox.base()) {
      if (path.awaitsGap()) {
        return;
      }
      sendGivenUp(path, nowNs, effects);
    }
    boolean congested =
        lane == Lane.BULK
            && outbox.bytesBetween(path.nextToSend, outbox.last()) > config.foldAboveBytes();
    while (path.nextToSend <= outbox.last()
        && outbox.afterUrgent(path.nextToSend) <= urgentHeld
        && path.inFlightBytes() < config.inFlightBytes()) {
      sendNext(path, congested, nowNs, effects);
    }
  }

  /** Tells which numbers will never come, and sends the changes of key between them. */
  private void sendGivenUp(OutboundPath path, long nowNs, List<LinkEffect> effects) {
    for (OutboxState.Missing m : outbox.givenUp().tell(path.nextToSend - 1)) {
      switch (m) {
        case OutboxState.Lost l -> {
          byte[] signature = signer.gap(l);
          everSent = Math.max(everSent, l.to());
          path.sentGap(l.to());
          path.send(new Frame.Gap(l.from(), l.to(), l.reason(), l.hashAfter(), signature), effects);
        }
        case OutboxState.Kept k ->
            sendBatch(path, k.from(), List.of(k.entry()), k.hashAfter(), 0, nowNs, effects);
      }
    }
  }

  /** Sends the next batch of what is held. */
  private void sendNext(
      OutboundPath path, boolean congested, long nowNs, List<LinkEffect> effects) {
    long first = path.nextToSend;
    List<Entry> entries = new ArrayList<>();
    long size = 0;
    long seq = first;
    for (; seq <= outbox.last() && entries.size() < config.batchRecords(); seq++) {
      boolean fold = outbox.isReplaced(seq) && (congested || outbox.isDropped(seq));
      int length = fold ? Digest.LENGTH : outbox.length(seq);
      boolean full = !entries.isEmpty() && size + length > config.batchBytes();
      boolean newKeyBefore = signer.isFirstOfNextKey(seq) && !entries.isEmpty();
      if (full || newKeyBefore || outbox.afterUrgent(seq) > urgentHeld) {
        break;
      }
      size += length;
      entries.add(fold ? outbox.folded(seq) : outbox.entry(seq));
    }
    Digest hash = outbox.hashAfter(seq - 1);
    if (hash == null) {
      throw new IllegalStateException("no chain hash after " + (seq - 1));
    }
    sendBatch(path, first, entries, hash, size, nowNs, effects);
  }

  private void sendBatch(
      OutboundPath path,
      long first,
      List<Entry> entries,
      Digest hash,
      long size,
      long nowNs,
      List<LinkEffect> effects) {
    long last = first + entries.size() - 1;
    byte[] signature = signer.batch(first, entries, hash);
    path.send(new Frame.Batch(first, entries, hash, signature, nowNs), effects);
    batches++;
    for (Entry e : entries) {
      if (e instanceof Entry.Whole r) {
        records++;
        bytes += r.bytes().length;
      }
    }
    repeated += Math.max(0, Math.min(everSent, last) - first + 1);
    everSent = Math.max(everSent, last);
    path.sent(last, size);
  }
}
