package parallax.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.UtcTime;
import parallax.signing.SigningKey;

/**
 * Three engines and the lines between them, in memory and in step: what is sent arrives in order
 * when it is delivered, a line can be cut, and whoever should dial does so each second.
 */
final class Allies {
  final ReportCodec codec;
  private final SortedMap<Nation, Double> ahead = new TreeMap<>();
  private final SortedMap<Nation, Desk> desks = new TreeMap<>();
  private final SortedMap<Nation, NodeConfiguration> configurations = new TreeMap<>();
  private final SortedMap<Nation, List<Effect>> effects = new TreeMap<>();
  private final Set<Call> wanted = new LinkedHashSet<>();
  private final Set<Call> relayed = new LinkedHashSet<>();
  private final Set<Call> up = new LinkedHashSet<>();
  private final Set<Line> cut = new LinkedHashSet<>();
  private final Deque<Due> due = new ArrayDeque<>();
  private final List<Sent> sent = new ArrayList<>();
  private UtcTime now = MadeUpFlight.LAUNCH;

  /** A connection for a stream, and who made it. */
  private record Call(Nation dialler, Nation acceptor, StreamId stream) {
    boolean joins(Nation a, Nation b, StreamId s) {
      return stream.equals(s) && line().equals(new Line(a, b));
    }

    Line line() {
      return new Line(dialler, acceptor);
    }
  }

  /** What joins two nations. */
  private record Line(Nation a, Nation b) {
    Line {
      if (a.compareTo(b) > 0) {
        Nation first = b;
        b = a;
        a = first;
      }
    }
  }

  private record Due(Nation from, Nation at, Input input) {}

  /** A frame that left. */
  record Sent(Nation from, Wire wire, Frame frame, UtcTime at) {}

  Allies(LinkConfig links, ReportCodec codec) {
    this.codec = codec;
    for (Nation n : Party.ALL) {
      desks.put(n, new Desk(n, Channel.EXERCISE, codec, links));
      configurations.put(n, Party.configuration(n));
      effects.put(n, new ArrayList<>());
    }
  }

  Allies(LinkConfig links) {
    this(links, new ListedCodec());
  }

  Allies(ReportCodec codec) {
    this(LinkConfig.standard(), codec);
  }

  Allies() {
    this(LinkConfig.standard());
  }

  Desk desk(Nation n) {
    return desks.computeIfAbsent(n, k -> new Desk(k, codec));
  }

  UtcTime now() {
    return now;
  }

  /** What a nation goes by from its next start on. */
  void configure(Nation n, NodeConfiguration c) {
    configurations.put(n, c);
  }

  NodeConfiguration configuration(Nation n) {
    return configurations.getOrDefault(n, Party.configuration(n));
  }

  /** Starts every engine. */
  Allies start() {
    for (Nation n : Party.ALL) {
      step(n, new Input.Configured(configuration(n)));
    }
    return this;
  }

  /** Joins two nations both ways, on both lanes. */
  Allies join(Nation a, Nation b) {
    for (Lane lane : Lane.values()) {
      dial(new Call(a, b, new StreamId(a, b, lane)), true);
      dial(new Call(b, a, new StreamId(b, a, lane)), true);
    }
    return this;
  }

  Allies joinAll() {
    return join(Nation.JPN, Nation.KOR).join(Nation.KOR, Nation.USA).join(Nation.USA, Nation.JPN);
  }

  /** Makes two nations' streams go through a third, beside any other way they have. */
  Allies relay(Nation a, Nation through, Nation b) {
    for (Lane lane : Lane.values()) {
      dial(new Call(a, through, new StreamId(a, b, lane)), true);
      dial(new Call(b, through, new StreamId(b, a, lane)), true);
    }
    return this;
  }

  private void dial(Call c, boolean again) {
    if (again) {
      wanted.add(c);
    }
    if (cut.contains(c.line())) {
      due.add(new Due(c.acceptor(), c.dialler(), changed(c.acceptor(), c.stream(), false)));
    } else if (!isClosing(c) && up.add(c)) {
      step(c.acceptor(), changed(c.dialler(), c.stream(), true));
      step(c.dialler(), changed(c.acceptor(), c.stream(), true));
    }
  }

  /** Somebody does not know yet that the connection before is gone. */
  private boolean isClosing(Call c) {
    return due.stream()
        .anyMatch(
            d ->
                d.input() instanceof Input.LinkChanged l
                    && c.joins(d.at(), l.wire().peer(), l.wire().stream()));
  }

  private static Input changed(Nation peer, StreamId stream, boolean connected) {
    return new Input.LinkChanged(new Wire(peer, stream), connected);
  }

  /** Cuts the line between two nations: what is under way is lost. */
  void cut(Nation a, Nation b) {
    cut.add(new Line(a, b));
    for (Call c : List.copyOf(up)) {
      if (c.line().equals(new Line(a, b))) {
        breakOff(a, new Wire(b, c.stream()));
      }
    }
  }

  /** What is under way on a connection is lost with it. */
  private void breakOff(Nation at, Wire wire) {
    Nation peer = wire.peer();
    if (up.removeIf(c -> c.joins(at, peer, wire.stream()))) {
      dropUnderWay(at, peer, wire.stream());
      dropUnderWay(peer, at, wire.stream());
      step(peer, changed(at, wire.stream(), false));
      step(at, changed(peer, wire.stream(), false));
    }
  }

  void mend(Nation a, Nation b) {
    cut.remove(new Line(a, b));
  }

  private void dropUnderWay(Nation from, Nation to, StreamId stream) {
    due.removeIf(
        d ->
            d.from().equals(from)
                && d.at().equals(to)
                && d.input() instanceof Input.FrameReceived f
                && f.wire().stream().equals(stream));
  }

  /** A nation's clock is ahead of the others' from here on. */
  void ahead(Nation n, double seconds) {
    ahead.put(n, seconds);
  }

  private UtcTime timeAt(Nation n) {
    return now.plusSeconds(ahead.getOrDefault(n, 0.0));
  }

  List<Effect> step(Nation at, Input input) {
    return did(at, desk(at).step(timeAt(at), input));
  }

  List<Effect> order(Nation at, Order order) {
    return did(at, desk(at).order(timeAt(at), order));
  }

  /** A filed track is taken in, and what it gives is sent. */
  List<Effect> file(Nation at, FiledTrack track) {
    List<Effect> all = fileUnsent(at, track);
    step(at, new Input.Flush());
    return all;
  }

  List<Effect> fileUnsent(Nation at, FiledTrack track) {
    return did(at, desk(at).file(timeAt(at), track));
  }

  /** A plot is taken in, and what it gives is sent. */
  List<Effect> plot(Nation at, Plot plot) {
    List<Effect> all = did(at, desk(at).plot(timeAt(at), plot));
    step(at, new Input.Flush());
    return all;
  }

  private List<Effect> did(Nation at, List<Effect> all) {
    effects(at).addAll(all);
    for (Effect e : all) {
      switch (e) {
        case Effect.SendFrame s -> send(at, s);
        case Effect.CloseLink c -> hangUp(at, c.wire());
        case Effect.CutLink c -> breakOff(at, c.wire());
        case Effect.DialLink d -> relayed.add(new Call(at, d.wire().peer(), d.wire().stream()));
        default -> {}
      }
    }
    return all;
  }

  private void send(Nation at, Effect.SendFrame s) {
    Nation peer = s.wire().peer();
    StreamId stream = s.wire().stream();
    sent.add(new Sent(at, s.wire(), s.frame(), now));
    if (up.stream().anyMatch(c -> c.joins(at, peer, stream))) {
      due.add(new Due(at, peer, new Input.FrameReceived(new Wire(at, stream), s.frame())));
    }
  }

  /** What was sent before is still out. */
  private void hangUp(Nation at, Wire wire) {
    if (up.removeIf(c -> c.joins(at, wire.peer(), wire.stream()))) {
      dropUnderWay(wire.peer(), at, wire.stream());
      due.add(new Due(at, wire.peer(), changed(at, wire.stream(), false)));
      due.add(new Due(wire.peer(), at, changed(wire.peer(), wire.stream(), false)));
    }
  }

  /** Lets everything under way arrive, and what it causes. */
  Allies deliver() {
    deliver(100_000);
    if (!due.isEmpty()) {
      throw new AssertionError("no end of frames: " + due.getFirst());
    }
    return this;
  }

  /** Lets at most so much arrive. */
  void deliver(int most) {
    dialRelayed();
    for (int i = 0; i < most && !due.isEmpty(); i++) {
      Due d = due.removeFirst();
      step(d.at(), d.input());
      dialRelayed();
    }
  }

  /** A relay dials as soon as the connection before is gone on both sides. */
  private void dialRelayed() {
    for (Call c : List.copyOf(relayed)) {
      if (!isClosing(c)) {
        relayed.remove(c);
        dial(c, false);
      }
    }
  }

  /** Loses the frames of one kind that are under way between two nations. */
  void lose(Nation from, Nation to, Class<? extends Frame> kind) {
    due.removeIf(
        d ->
            d.from().equals(from)
                && d.at().equals(to)
                && d.input() instanceof Input.FrameReceived f
                && kind.isInstance(f.frame()));
  }

  /** Some seconds pass, one by one, and everything arrives. */
  Allies pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      passUndelivered();
      deliver();
    }
    return this;
  }

  /** So much of a second passes between two ticks. */
  void later(double seconds) {
    now = now.plusSeconds(seconds);
  }

  /** One second passes; nothing arrives yet. */
  void passUndelivered() {
    now = now.plusSeconds(1);
    wanted.stream().filter(c -> !up.contains(c)).toList().forEach(c -> dial(c, false));
    for (Nation n : Party.ALL) {
      step(n, new Input.Tick());
    }
  }

  /** Stops a nation's engine and starts it again from its journal; every line to it breaks. */
  List<Effect> restart(Nation n) {
    for (Nation other : Party.ALL) {
      if (!other.equals(n)) {
        boolean alreadyCut = cut.contains(new Line(n, other));
        cut(n, other);
        due.removeIf(d -> d.at().equals(n));
        if (!alreadyCut) {
          mend(n, other);
        }
      }
    }
    return desk(n).restart(now, configuration(n));
  }

  /** A nation's journal is lost: it starts with an empty one and a new stream key. */
  void losesItsJournal(Nation n, SigningKey next) {
    for (Nation other : Party.ALL) {
      if (!other.equals(n)) {
        cut(n, other);
        mend(n, other);
        due.removeIf(d -> d.at().equals(n));
      }
    }
    NodeConfiguration c = configuration(n);
    configure(
        n,
        new NodeConfiguration(
            n,
            c.channel(),
            c.agreement(),
            c.agreementKeys(),
            next.key(),
            c.linkKeys(),
            c.policy(),
            c.sensors()));
    desk(n).losesItsJournal(next);
    step(n, new Input.Configured(configuration(n)));
  }

  List<Effect> effects(Nation n) {
    return effects.computeIfAbsent(n, k -> new ArrayList<>());
  }

  <E extends Effect> List<E> of(Nation n, Class<E> type) {
    return Desk.of(type, effects(n));
  }

  List<String> notices(Nation n, Effect.NoticeKind kind) {
    return Desk.notices(kind, effects(n));
  }

  /** Forgets what has happened so far. */
  void forget() {
    effects.values().forEach(List::clear);
    sent.clear();
  }

  /** What one nation sent another, by whatever stream. */
  List<Sent> sent(Nation from, Nation to) {
    return sent.stream().filter(s -> s.from().equals(from) && s.wire().peer().equals(to)).toList();
  }

  /** The newest picture of each event, without those withdrawn. */
  List<Picture> pictures(Nation n, Picture.View view) {
    SortedMap<parallax.model.TrackId, Picture> newest = new TreeMap<>();
    for (Effect.PictureChanged p : of(n, Effect.PictureChanged.class)) {
      if (p.picture().view() == view) {
        newest.put(p.picture().event(), p.picture());
      }
    }
    return newest.values().stream().filter(p -> !p.isWithdrawn()).toList();
  }

  /** How many records of one nation another has taken in, by lane. */
  long taken(Nation from, Nation at, Lane lane) {
    return of(at, Effect.RecordsTaken.class).stream()
        .filter(r -> r.stream().equals(new StreamId(from, at, lane)))
        .mapToLong(Effect.RecordsTaken::count)
        .sum();
  }

  /** What one nation numbered for another, by lane. */
  List<Effect.OutboxAppended> numbered(Nation from, Nation to) {
    return of(from, Effect.OutboxAppended.class).stream()
        .filter(o -> o.stream().recipient().equals(to))
        .toList();
  }

  /** The reports that one nation numbered for another. */
  List<parallax.model.Report> told(Nation from, Nation to) {
    return numbered(from, to).stream().map(o -> codec.decode(o.record())).toList();
  }

  List<Effect.DecisionRecorded> decisions(Nation at, Nation partner) {
    return of(at, Effect.DecisionRecorded.class).stream()
        .filter(d -> d.partner().equals(partner))
        .toList();
  }

  /** Requires that nobody has found a fault with anybody. */
  void requirePeace() {
    for (Nation n : Party.ALL) {
      for (Effect.NoticeKind k :
          List.of(
              Effect.NoticeKind.LINK_VIOLATION,
              Effect.NoticeKind.RECORD_QUARANTINED,
              Effect.NoticeKind.INTERNAL_FAULT)) {
        if (!notices(n, k).isEmpty()) {
          throw new AssertionError(n + ": " + notices(n, k));
        }
      }
    }
  }
}
