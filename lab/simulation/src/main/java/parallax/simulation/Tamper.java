package parallax.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.HashChain;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.link.ViolationCode;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;
import parallax.wire.FrameCodec;

/**
 * Somebody on the way, or at a partner's, who puts in frames: what they cannot sign they forge, and
 * what they cannot forge they repeat. What needs no signature is put in on relayed connections
 * only, for on others the partner itself may say it.
 */
final class Tamper {
  private static final int REMEMBERED = 6;

  private final World world;
  private final Chance chance;
  private final HashChain chain = new HashChain();
  private final SortedMap<StreamId, Deque<byte[]>> seen = new TreeMap<>();

  Tamper(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** Whoever is hostile is gone, and with them the connections that they spoke on. */
  void end(Optional<Nation> hostile) {
    for (Connection c : world.network().connections()) {
      boolean relayed = !(c.stream.ends(c.dialler) && c.stream.ends(c.accepter));
      boolean theirs = hostile.isPresent() && c.stream.ends(hostile.get());
      if (theirs || (relayed && !seen.isEmpty())) {
        world.network().sever(c, false);
      }
    }
  }

  /** A node has sent a frame; more may follow it. */
  void onFrame(Network.Port port, Frame frame, byte[] bytes) {
    if (world.faults().strikes(Fault.WIRE_FLIP, 0.004)) {
      world.later(
          chance.ns(0, 0.05), () -> world.network().sever(port.connection(), chance.hit(0.5)));
    }
    if (!world.faults().has(Fault.HOSTILE_FRAMES)) {
      return;
    }
    StreamId stream = port.connection().stream;
    boolean forth = port.end().equals(port.connection().dialler);
    if (frame instanceof Frame.Batch || frame instanceof Frame.Gap) {
      Deque<byte[]> of = seen.computeIfAbsent(stream, s -> new ArrayDeque<>());
      of.addLast(bytes);
      if (of.size() > REMEMBERED) {
        of.removeFirst();
      }
    }
    if (world.faults().strikes(Fault.HOSTILE_FRAMES, 0.015)) {
      if (forth) {
        toRecipient(port, stream, frame);
      } else {
        toOriginator(port, stream);
      }
    }
  }

  private boolean isRelayed(Network.Port port) {
    Connection c = port.connection();
    return !(c.stream.ends(c.dialler) && c.stream.ends(c.accepter));
  }

  private void put(Network.Port port, Frame frame) {
    world.network().put(port, FrameCodec.encode(frame), true);
  }

  private void toRecipient(Network.Port port, StreamId stream, Frame frame) {
    StreamLedger ledger = world.watch().stream(stream);
    long next = ledger.taken() + 1;
    switch (chance.below(10)) {
      case 0, 1, 2 ->
          forger(port, stream)
              .ifPresent(
                  key -> {
                    if (next - 1 <= ledger.given()) {
                      put(port, forged(stream, ledger, next, key));
                    }
                  });
      case 3 -> {
        if (frame instanceof Frame.Batch b) {
          put(port, damaged(b));
        }
      }
      case 4 -> world.network().put(port, noise(), true);
      case 5 -> put(port, gap(stream, next));
      case 6, 7 -> repeat(port, stream);
      case 8 -> put(port, oversized(stream, next));
      default -> {
        if (isRelayed(port)) {
          put(
              port,
              chance.pick(
                  List.of(
                      new Frame.Suspension(true, "forged"),
                      new Frame.Heartbeat(1_000_000, 1),
                      new Frame.Heartbeat(0, 1),
                      new Frame.Refusal(ViolationCode.GAP, "forged"))));
        }
      }
    }
  }

  private void toOriginator(Network.Port port, StreamId stream) {
    StreamLedger ledger = world.watch().stream(stream);
    long next = 1L + (ledger.given() == 0 ? 0 : chance.below((int) ledger.given() + 1));
    SigningKey key =
        chance.hit(0.5) ? Keys.stranger() : Keys.stream(stream.recipient(), otherChannel(), 0);
    Digest hash = Digest.of(chance.hit(0.7) ? ledger.hash(next - 1) : ledger.hash(0));
    Cursor cursor = new Cursor(next, hash);
    byte[] signature =
        key.sign(
            StreamSignatures.receiptDomain(world.channel()),
            StreamSignatures.receipt(stream, cursor));
    switch (chance.below(4)) {
      case 0 -> put(port, new Frame.Ack(cursor, signature, world.now(), 0, false));
      case 1 -> put(port, new Frame.Welcome(2, cursor, signature));
      case 2 -> world.network().put(port, noise(), true);
      default -> {
        if (isRelayed(port)) {
          put(
              port,
              chance.hit(0.7)
                  ? new Frame.Suspension(true, "forged")
                  : new Frame.Refusal(ViolationCode.UNKNOWN, "forged"));
        }
      }
    }
  }

  private Channel otherChannel() {
    List<Channel> others = new ArrayList<>(List.of(Channel.values()));
    others.remove(world.channel());
    return chance.pick(others);
  }

  /** A key that the originator's batches are not signed with, or no longer. */
  private Optional<SigningKey> forger(Network.Port port, StreamId stream) {
    Nation from = stream.originator();
    return switch (chance.below(4)) {
      case 0 -> Optional.of(Keys.stranger());
      case 1 -> Optional.of(Keys.stream(from, otherChannel(), 0));
      case 2 -> Optional.of(Keys.stream(stream.recipient(), world.channel(), 0));
      default -> revoked(port, stream);
    };
  }

  /** One that was revoked where it comes in: a relay that was not told yet would pass it on. */
  private Optional<SigningKey> revoked(Network.Port port, StreamId stream) {
    NationLedger at = world.watch().nation(port.connection().other(port.end()));
    for (int i = 0; i < Keys.SUCCESSORS; i++) {
      SigningKey k = Keys.stream(stream.originator(), world.channel(), i);
      if (at.isRevoked(stream.originator(), k.key())) {
        return Optional.of(k);
      }
    }
    return Optional.empty();
  }

  /** Somebody who has got hold of a key that was revoked speaks in its nation's name. */
  void useStolen(Nation from, VerificationKey key) {
    List<Connection> of =
        world.network().connections().stream()
            .filter(c -> c.stream.originator().equals(from))
            .filter(c -> world.node(c.accepter).isPresent())
            .toList();
    if (of.isEmpty() || !world.faults().strikes(Fault.HOSTILE_FRAMES, 1)) {
      return;
    }
    Connection c = chance.pick(of);
    if (world.watch().nation(c.accepter).isRevoked(from, key)) {
      StreamLedger ledger = world.watch().stream(c.stream);
      long next = ledger.taken() + 1;
      if (next - 1 <= ledger.given()) {
        put(
            new Network.Port(c, c.dialler),
            forged(c.stream, ledger, next, Keys.secretOf(from, world.channel(), key)));
      }
    }
  }

  /** A batch that goes on where the recipient is, with a chain that is right. */
  private Frame forged(StreamId stream, StreamLedger ledger, long first, SigningKey key) {
    List<Entry> entries = new ArrayList<>();
    Digest hash = Digest.of(ledger.hash(first - 1));
    for (int i = 0; i <= chance.below(2); i++) {
      Entry e = new Entry.Whole(world.lies().record(stream.originator(), stream.recipient()));
      entries.add(e);
      hash = chain.next(hash, first + i, chain.of(world.channel(), e));
    }
    byte[] signature =
        key.sign(
            StreamSignatures.batchDomain(world.channel()),
            StreamSignatures.batch(stream, first, entries, hash));
    return new Frame.Batch(first, entries, hash, signature, world.now());
  }

  /** A batch of which one bit, number or entry is another. */
  private Frame damaged(Frame.Batch b) {
    List<Entry> entries = new ArrayList<>(b.entries());
    Digest hash = b.chainHash();
    byte[] signature = b.signature();
    long first = b.firstSeq();
    switch (chance.below(4)) {
      case 0 -> {
        if (entries.getFirst() instanceof Entry.Whole w) {
          entries.set(0, new Entry.Whole(flipped(w.bytes())));
        }
      }
      case 1 -> hash = Digest.of(flipped(hash.bytes()));
      case 2 -> signature = flipped(signature);
      default -> {
        if (entries.stream().noneMatch(Entry.Folded.class::isInstance)) {
          first += 1 + chance.below(5);
        }
      }
    }
    return new Frame.Batch(first, entries, hash, signature, b.sentAtNs());
  }

  private byte[] flipped(byte[] bytes) {
    byte[] out = bytes.clone();
    if (out.length > 0) {
      out[chance.below(out.length)] ^= (byte) (1 << chance.below(8));
    }
    return out;
  }

  private byte[] noise() {
    byte[] out = new byte[chance.below(60)];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) chance.below(256);
    }
    return out;
  }

  private Frame gap(StreamId stream, long next) {
    Digest hash = chain.start(world.channel(), stream);
    long to = next + chance.below(5);
    byte[] signature =
        Keys.stranger()
            .sign(
                StreamSignatures.gapDomain(world.channel()),
                StreamSignatures.gap(stream, next, to, GapReason.RETENTION, hash));
    return new Frame.Gap(next, to, GapReason.RETENTION, hash, signature);
  }

  private void repeat(Network.Port port, StreamId stream) {
    Deque<byte[]> of = seen.get(stream);
    if (of != null && !of.isEmpty()) {
      world.network().put(port, chance.pick(List.copyOf(of)), false);
    }
  }

  private Frame oversized(StreamId stream, long next) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i <= world.links().acceptedRecords(); i++) {
      entries.add(new Entry.Whole(new byte[] {1}));
    }
    return new Frame.Batch(
        next, entries, chain.start(world.channel(), stream), new byte[64], world.now());
  }
}
