package parallax.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.FaultReason;
import parallax.engine.Input;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.JournalException;
import parallax.journal.OutboxEntry;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.model.UtcTime;
import parallax.wire.InputCodec;

/**
 * Makes an engine from a journal of the time before there were snapshots: from all of its inputs.
 * Such a journal keeps, apart from the inputs, what was given to partners and how far partners'
 * streams were taken in. Where the engine of today would give other numbers, what is stored stays:
 * nothing gets another number, is taken back or told again.
 */
public final class Conversion {
  private final Old old;
  private final Engines engines;
  private final List<String> notes = new ArrayList<>();

  /** How many numbers of each own stream the engine has. */
  private final TreeMap<StreamId, Long> given = new TreeMap<>();

  private UtcTime lastTime = new UtcTime(Long.MIN_VALUE);
  private long lastWallNs = Long.MIN_VALUE;

  /** What an old journal holds. */
  public interface Old {
    /** The first position that it does not have. */
    long nextPosition();

    /** Shows its inputs from a position on, in order. */
    void replay(long from, EntryVisitor visitor) throws JournalException;

    /** The last number given in an outbox; empty when there is none. */
    OptionalLong lastOutboxSeq(String name);

    /** What was given in an outbox from a number on, at most {@code limit}. */
    List<OutboxEntry> outbox(String name, long fromSeq, int limit) throws JournalException;

    /** How far a partner's stream was taken in; empty when nothing was. */
    Optional<CursorRecord> cursor(String name);
  }

  /**
   * What came of it.
   *
   * @param engine the engine after the last input
   * @param nextPosition the first position that the old journal does not have
   * @param lastTime the node's time of the last input
   * @param lastWallNs its wall clock, UTC nanoseconds
   * @param notes what people should know of it
   */
  public record Converted(
      Engine engine, long nextPosition, UtcTime lastTime, long lastWallNs, List<String> notes) {
    /** Copies the list. */
    public Converted {
      notes = List.copyOf(notes);
    }
  }

  private Conversion(Old old, Engines engines) {
    this.old = old;
    this.engines = engines;
  }

  /**
   * Makes the engine.
   *
   * @param old the old journal; it is only read
   * @param keyring the keys of the engine; it signs nothing meanwhile
   * @param engines makes it
   * @param seen is shown each input and what followed from it
   */
  public static Converted run(Old old, Keyring keyring, Engines engines, Runner.Replayed seen)
      throws JournalException {
    Conversion c = new Conversion(old, engines);
    keyring.replaying(true);
    try {
      Engine engine = c.givesWhatIsStored() ? c.plain(seen) : c.following(seen);
      return new Converted(engine, old.nextPosition(), c.lastTime, c.lastWallNs, c.notes);
    } finally {
      keyring.replaying(false);
    }
  }

  /** Whether the inputs give today what they gave then. */
  private boolean givesWhatIsStored() throws JournalException {
    List<String> differences = new ArrayList<>();
    Engine engine = engines.fresh();
    try {
      old.replay(
          1,
          (position, bytes) -> {
            if (differences.isEmpty()) {
              engine
                  .step(InputCodec.decode(bytes))
                  .forEach(e -> difference(e, position).ifPresent(differences::add));
            }
          });
      for (LinkHealth h : engine.health()) {
        if (isOwn(engine, h.stream())) {
          long stored = old.lastOutboxSeq(outboxName(h.stream())).orElse(0);
          if (stored != h.highWaterMark()) {
            differences.add(h.stream() + " has " + stored + " numbers, not " + h.highWaterMark());
          }
        }
      }
    } catch (RuntimeException e) {
      differences.add(FaultReason.of(e));
    }
    differences.stream()
        .limit(1)
        .forEach(
            d ->
                notes.add(
                    "this version would have told partners otherwise than the one before it: "
                        + d
                        + ". What they were told stays"));
    return differences.isEmpty();
  }

  private Optional<String> difference(Effect e, long position) {
    if (!(e instanceof Effect.OutboxAppended o)) {
      return Optional.empty();
    }
    try {
      List<OutboxEntry> stored = old.outbox(outboxName(o.stream()), o.seq(), 1);
      boolean same =
          !stored.isEmpty()
              && stored.getFirst().seq() == o.seq()
              && Arrays.equals(stored.getFirst().record(), o.record());
      return same
          ? Optional.empty()
          : Optional.of(o.stream() + " number " + o.seq() + ", at input " + position);
    } catch (JournalException x) {
      throw new IllegalStateException(x);
    }
  }

  private Engine plain(Runner.Replayed seen) throws JournalException {
    Engine engine = engines.fresh();
    old.replay(
        1,
        (position, bytes) -> {
          Input.Stamped in = InputCodec.decode(bytes);
          passed(in);
          seen.on(in, engine.step(in));
        });
    return engine;
  }

  /**
   * Nothing is decided anew. What was given to a partner is taken over as soon as there is a stream
   * to it, so that whatever the partner says of it later speaks of something that was sent.
   */
  private Engine following(Runner.Replayed seen) throws JournalException {
    Engine engine = engines.fresh();
    List<JournalException> failed = new ArrayList<>();
    old.replay(
        1,
        (position, bytes) -> {
          Input.Stamped in = InputCodec.decode(bytes);
          passed(in);
          seen.on(in, engine.follow(in, List.of()));
          if (in.input() instanceof Input.Configured) {
            try {
              takeOver(engine);
            } catch (JournalException e) {
              failed.add(e);
            }
          }
        });
    if (!failed.isEmpty()) {
      throw failed.getFirst();
    }
    for (LinkHealth h : engine.health()) {
      CursorRecord c = old.cursor(cursorName(h.stream())).orElse(null);
      if (c != null && !isOwn(engine, h.stream())) {
        engine.adopt(List.of(new Effect.CursorMoved(h.stream(), c.next(), c.chainHash())));
      }
    }
    return engine;
  }

  private void takeOver(Engine engine) throws JournalException {
    for (Lane lane : Lane.values()) { // bulk records wait for the urgent ones given before them
      for (LinkHealth h : engine.health()) {
        if (h.stream().lane() == lane && isOwn(engine, h.stream())) {
          takeOver(engine, h.stream(), old.lastOutboxSeq(outboxName(h.stream())).orElse(0));
        }
      }
    }
  }

  private void takeOver(Engine engine, StreamId stream, long through) throws JournalException {
    long from = given.getOrDefault(stream, 0L) + 1;
    List<Effect> facts = new ArrayList<>();
    while (from <= through) {
      for (OutboxEntry e : old.outbox(outboxName(stream), from, 100)) {
        if (e.seq() <= through) {
          facts.add(new Effect.OutboxAppended(stream, e.seq(), e.record()));
        }
      }
      from += 100;
    }
    engine.adopt(facts);
    given.merge(stream, through, Math::max);
  }

  private static boolean isOwn(Engine engine, StreamId stream) {
    return engine.configuration().filter(c -> c.nation().equals(stream.originator())).isPresent();
  }

  private void passed(Input.Stamped in) {
    lastTime = Runner.timeAfter(lastTime, in.input(), in.time());
    lastWallNs = in.wallNs();
  }

  /** The old journal's name of the outbox of one of this nation's streams. */
  static String outboxName(StreamId stream) {
    return stream.recipient() + "/" + stream.lane();
  }

  /** The old journal's name of the cursor of a partner's stream. */
  static String cursorName(StreamId stream) {
    return "in/" + stream.originator() + "/" + stream.lane();
  }
}
