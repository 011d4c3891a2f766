package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.link.fixtures.LinkFixtures;
import parallax.model.Nation;

/**
 * Both ends of a stream from the Republic of Korea to Japan, and lines between them that lose
 * nothing until they are cut. A line is named by the originator's neighbour on it: Japan itself, or
 * a relay.
 */
final class TwoEnds {
  final OutboundStream out;
  final InboundStream in;
  final SortedMap<Nation, Deque<Frame>> there = new TreeMap<>();
  final SortedMap<Nation, Deque<Frame>> back = new TreeMap<>();

  /** All that was ever sent, in order. */
  final List<Frame> sentThere = new ArrayList<>();

  final List<Frame> sentBack = new ArrayList<>();

  /** Effects other than sends. */
  final List<LinkEffect> atOriginator = new ArrayList<>();

  final List<LinkEffect> atRecipient = new ArrayList<>();

  long now = LinkFixtures.NOW;

  TwoEnds(LinkTerms terms, LinkConfig config) {
    this(LinkFixtures.outbound(terms, config), LinkFixtures.inbound(terms, config));
  }

  TwoEnds(OutboundStream out, InboundStream in) {
    this.out = out;
    this.in = in;
  }

  /** The recipient's neighbour on a line. */
  private static Nation origin(Nation line) {
    return line.equals(JPN) ? KOR : line;
  }

  /** A new connection, without carrying anything yet. */
  void connect(Nation line) {
    there.put(line, new ArrayDeque<>());
    back.put(line, new ArrayDeque<>());
    atRecipient(in.onConnected(origin(line), now));
    atOriginator(out.onConnected(line, now));
  }

  void cut(Nation line) {
    there.remove(line);
    back.remove(line);
    atOriginator(out.onDisconnected(line, now));
    atRecipient(in.onDisconnected(origin(line), now));
  }

  void flush() {
    atOriginator(out.flush(now));
  }

  /** Time passes in steps of a quarter of a second; what is sent is carried at once. */
  void pass(long ns) {
    long until = now + ns;
    while (now < until) {
      now = Math.min(until, now + LinkFixtures.SECOND / 4);
      atOriginator(out.onTick(now));
      atRecipient(in.onTick(now));
      carry();
    }
  }

  /** What is under way to the recipient on a line. */
  List<Frame> under(Nation line) {
    return List.copyOf(there.getOrDefault(line, new ArrayDeque<>()));
  }

  /** Everything under way to the recipient on a line is lost. */
  void lose(Nation line) {
    there.put(line, new ArrayDeque<>());
  }

  /** Carries everything until nothing is under way. */
  void carry() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Nation line : List.copyOf(there.keySet())) {
        moved |= carryThere(line);
        moved |= carryBack(line);
      }
    }
  }

  boolean carryThere(Nation line) {
    Deque<Frame> frames = there.get(line);
    Frame f = frames == null ? null : frames.pollFirst();
    if (f != null) {
      atRecipient(in.onFrame(origin(line), f, now));
    }
    return f != null;
  }

  boolean carryBack(Nation line) {
    Deque<Frame> frames = back.get(line);
    Frame f = frames == null ? null : frames.pollFirst();
    if (f != null) {
      atOriginator(out.onFrame(line, f, now));
    }
    return f != null;
  }

  void carryAllThere(Nation line) {
    while (carryThere(line)) {}
  }

  void atOriginator(List<LinkEffect> effects) {
    List<Nation> closed = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Send s) {
        sentThere.add(s.frame());
        Deque<Frame> line = there.get(s.peer());
        if (line != null) {
          line.addLast(s.frame());
        }
      } else {
        atOriginator.add(e);
        if (e instanceof LinkEffect.Close c) {
          closed.add(c.peer());
        }
      }
    }
    for (Nation line : closed) {
      carryAllThere(line);
      cut(line);
    }
  }

  void atRecipient(List<LinkEffect> effects) {
    List<Nation> closed = new ArrayList<>();
    for (LinkEffect e : effects) {
      if (e instanceof LinkEffect.Send s) {
        sentBack.add(s.frame());
        Deque<Frame> line = back.get(s.peer().equals(KOR) ? JPN : s.peer());
        if (line != null) {
          line.addLast(s.frame());
        }
      } else {
        atRecipient.add(e);
        if (e instanceof LinkEffect.Close c) {
          closed.add(c.peer().equals(KOR) ? JPN : c.peer());
        }
      }
    }
    for (Nation line : closed) {
      while (carryBack(line)) {}
      cut(line);
    }
  }

  List<Long> delivered() {
    return LinkFixtures.delivered(atRecipient);
  }

  /** The recipient's record of what was folded into what. */
  SortedMap<Long, Long> folded() {
    SortedMap<Long, Long> out = new TreeMap<>();
    for (LinkEffect.Folded f : LinkFixtures.effects(LinkEffect.Folded.class, atRecipient)) {
      out.put(f.seq(), f.into());
    }
    return out;
  }

  List<LinkEffect.Gap> gapsAtOriginator() {
    return LinkFixtures.effects(LinkEffect.Gap.class, atOriginator);
  }

  List<LinkEffect.Gap> gapsAtRecipient() {
    return LinkFixtures.effects(LinkEffect.Gap.class, atRecipient);
  }

  <F extends Frame> List<F> sent(Class<F> kind) {
    return LinkFixtures.only(kind, sentThere);
  }

  void assertNoViolation() {
    assertEquals(List.of(), LinkFixtures.violations(atOriginator));
    assertEquals(List.of(), LinkFixtures.violations(atRecipient));
  }

  /** Requires that both ends stand at the same place of the same chain. */
  void assertLevel() {
    assertNoViolation();
    assertEquals(out.cursor(), in.cursor());
    assertEquals(out.highWaterMark(), out.acknowledged());
  }
}
