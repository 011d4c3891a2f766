package parallax.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.link.Cursor;
import parallax.link.Digest;
import parallax.link.Entry;
import parallax.link.Frame;
import parallax.link.GapReason;
import parallax.link.HashChain;
import parallax.link.InboundStream;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkEffect;
import parallax.link.LinkTerms;
import parallax.link.StreamId;
import parallax.link.StreamSignatures;
import parallax.link.Wire;
import parallax.model.Nation;
import parallax.signing.Sha256;
import parallax.signing.Signer;

/**
 * A party to the agreement that is hostile: it has its keys, speaks the protocol when that serves
 * it, hears what it is told, and lies.
 */
final class HostileParty implements Party {
  private final World world;
  private final Nation nation;
  private final Chance chance;
  private final Signer signer;
  private final Keyring keyring;
  private final HashChain chain = new HashChain();
  private final SortedMap<StreamId, InboundStream> hears = new TreeMap<>();
  private final SortedMap<Wire, Saying> says = new TreeMap<>();

  /** Where it stands with what it tells on one connection. */
  private static final class Saying {
    boolean welcome;
    long next = 1;
    Digest hash;

    Saying(Digest start) {
      hash = start;
    }
  }

  HostileParty(World world, Nation nation, Chance chance) {
    this.world = world;
    this.nation = nation;
    this.chance = chance;
    this.signer = world.signatures().signer(Keys.stream(nation, world.channel(), 0));
    this.keyring = Keyring.of(signer);
  }

  void begin() {
    for (Nation p : world.topology().partners(nation)) {
      for (Nation way : world.topology().ways(nation, p)) {
        for (Lane lane : Lane.values()) {
          world.network().dial(nation, new Wire(way, new StreamId(nation, p, lane)), true);
        }
      }
    }
    again();
  }

  private void again() {
    world.later(
        chance.ns(0.3, 1),
        () -> {
          if (!world.faults().isCalm()) {
            lie();
            again();
          }
        });
  }

  @Override
  public Nation nation() {
    return nation;
  }

  @Override
  public boolean isUp() {
    return !world.faults().isCalm();
  }

  @Override
  public boolean reads() {
    return true;
  }

  private Digest agreement() {
    return Digest.of(Sha256.of(world.operators().newest().yaml().getBytes(StandardCharsets.UTF_8)));
  }

  private InboundStream hearing(StreamId stream) {
    InboundStream s = hears.get(stream);
    if (s == null) {
      s =
          new InboundStream(
              new LinkTerms(stream, world.channel(), agreement()),
              new TreeSet<>(List.of(Keys.stream(stream.originator(), world.channel(), 0).key())),
              keyring,
              signer.key(),
              world.links(),
              world.signatures());
      hears.put(stream, s);
    }
    return s;
  }

  @Override
  public void onLink(Wire wire, boolean up) {
    StreamId stream = wire.stream();
    if (stream.originator().equals(nation)) {
      if (up) {
        says.put(wire, new Saying(chain.start(world.channel(), stream)));
        send(wire, new Frame.Hello(2, 2, stream, world.channel(), agreement(), world.now()));
      } else {
        says.remove(wire);
      }
    } else if (stream.recipient().equals(nation)) {
      InboundStream s = hearing(stream);
      List<LinkEffect> effects =
          up ? s.onConnected(wire.peer(), world.now()) : s.onDisconnected(wire.peer(), world.now());
      carryOut(stream, effects);
    }
  }

  private void carryOut(StreamId stream, List<LinkEffect> effects) {
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Send s) {
        send(new Wire(s.peer(), stream), s.frame());
      } else if (e instanceof LinkEffect.Close c) {
        world.network().close(nation, new Wire(c.peer(), stream));
      }
    }
  }

  private void send(Wire wire, Frame frame) {
    world.network().send(nation, wire, frame);
  }

  @Override
  public void onFrame(Wire wire, Frame frame, boolean forged) {
    StreamId stream = wire.stream();
    if (stream.recipient().equals(nation)) {
      carryOut(stream, hearing(stream).onFrame(wire.peer(), frame, world.now()));
      if (chance.hit(0.03)) {
        world.faults().count(Fault.HOSTILE_PARTY);
        send(wire, falseReceipt(stream));
      }
      return;
    }
    Saying s = says.get(wire);
    if (s != null && frame instanceof Frame.Welcome w) {
      s.welcome = true;
      s.next = w.cursor().next();
      s.hash = w.cursor().chainHash();
    }
  }

  @Override
  public void onMalformed(Wire wire, String detail, boolean forged) {}

  /** A receipt in its own name for what it does not hold, or of another chain. */
  private Frame falseReceipt(StreamId stream) {
    StreamLedger ledger = world.watch().stream(stream);
    boolean ahead = chance.hit(0.5);
    long next = ahead ? ledger.given() + 1 + chance.below(3) : ledger.given() + 1;
    Digest hash =
        chain.start(world.channel(), new StreamId(nation, stream.originator(), Lane.BULK));
    Cursor c = new Cursor(next, hash);
    byte[] signature =
        signer.sign(
            StreamSignatures.receiptDomain(world.channel()), StreamSignatures.receipt(stream, c));
    return new Frame.Ack(c, signature, world.now(), 0, false);
  }

  private void lie() {
    for (Wire wire : List.copyOf(says.keySet())) {
      Saying s = says.get(wire);
      if (s != null && s.welcome && chance.hit(0.3)) {
        world.faults().count(Fault.HOSTILE_PARTY);
        if (chance.hit(0.1)) {
          gap(wire, s);
        } else {
          batch(wire, s);
        }
      }
    }
  }

  private void batch(Wire wire, Saying s) {
    StreamId stream = wire.stream();
    List<Entry> entries = new ArrayList<>();
    Digest hash = s.hash;
    int count = 1 + chance.below(3);
    for (int i = 0; i < count; i++) {
      Entry e =
          chance.hit(0.05)
              ? new Entry.Folded(Digest.of(Sha256.of(new byte[] {(byte) i})), s.next + i + 1)
              : new Entry.Whole(world.lies().record(nation, stream.recipient()));
      entries.add(e);
      hash = chain.next(hash, s.next + i, chain.of(world.channel(), e));
    }
    byte[] signature =
        signer.sign(
            StreamSignatures.batchDomain(world.channel()),
            StreamSignatures.batch(stream, s.next, entries, hash));
    send(wire, new Frame.Batch(s.next, entries, hash, signature, world.now()));
    s.next += count;
    s.hash = hash;
  }

  private void gap(Wire wire, Saying s) {
    long to = s.next + chance.below(1_000);
    Digest hash = Digest.of(Sha256.of(new byte[] {1, 2, 3}));
    byte[] signature =
        signer.sign(
            StreamSignatures.gapDomain(world.channel()),
            StreamSignatures.gap(wire.stream(), s.next, to, GapReason.RETENTION, hash));
    send(wire, new Frame.Gap(s.next, to, GapReason.RETENTION, hash, signature));
    s.next = to + 1;
    s.hash = hash;
  }
}
