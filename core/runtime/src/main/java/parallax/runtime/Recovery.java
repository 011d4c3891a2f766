package parallax.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.FaultReason;
import parallax.engine.Input;
import parallax.journal.JournalException;
import parallax.journal.log.EntryLog;
import parallax.journal.log.SnapshotStore;
import parallax.journal.log.StoredSnapshot;
import parallax.link.Digest;
import parallax.link.Keyring;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.wire.FactsCodec;
import parallax.wire.InputCodec;
import parallax.wire.SnapshotCodec;
import parallax.wire.state.EngineStateCodec;

/**
 * Makes an engine from the newest good snapshot and the inputs that followed it. What followed from
 * each of these inputs is stored beside it and stays as it was: an engine that would decide
 * otherwise, because it is another version or because something went wrong, takes over what is
 * stored.
 */
final class Recovery {
  private final EntryLog log;
  private final SnapshotStore snapshots;
  private final Keyring keyring;
  private final Engines engines;
  private final List<Remembered> parts;
  private final List<String> differences = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Snapshots that are newer than the one that is used: a replay comes by them. */
  private final TreeMap<Long, SnapshotCodec.About> passed = new TreeMap<>();

  private @Nullable Origin origin;
  private Engine engine;
  private UtcTime lastTime = new UtcTime(Long.MIN_VALUE);
  private long lastWallNs = Long.MIN_VALUE;
  private int behaviour = Engine.BEHAVIOUR;
  private boolean following;
  private long replayed;

  /** Where a replay begins. */
  private record Origin(SnapshotCodec.About about, SnapshotCodec.Content content) {}

  Recovery(
      EntryLog log,
      SnapshotStore snapshots,
      Keyring keyring,
      Engines engines,
      List<Remembered> parts) {
    this.log = log;
    this.snapshots = snapshots;
    this.keyring = keyring;
    this.engines = engines;
    this.parts = parts;
    this.engine = engines.fresh();
  }

  /**
   * Makes the engine.
   *
   * @param seen is shown each input that is replayed and what followed from it
   * @throws JournalException when the stored inputs cannot be read, begin after every snapshot, or
   *     were written by a newer version ({@code NEWER})
   */
  Started run(Runner.Replayed seen) throws JournalException {
    origin = newestGood();
    Origin from = origin;
    if (from != null) {
      for (Remembered r : parts) {
        byte[] content = from.content().parts().get(r.name());
        if (content != null) {
          r.recall(content);
        }
      }
      lastTime = from.about().time();
      lastWallNs = from.about().wallNs();
      behaviour = from.about().behaviour();
    }
    keyring.replaying(true);
    try {
      log.replay(firstToReplay(), (position, in, facts) -> replay(position, in, facts, seen));
    } catch (Unread e) {
      throw e.cause;
    } finally {
      keyring.replaying(false);
    }
    return new Started(Optional.ofNullable(from).map(Origin::about), replayed, notes, differences);
  }

  Engine engine() {
    return engine;
  }

  UtcTime lastTime() {
    return lastTime;
  }

  long lastWallNs() {
    return lastWallNs;
  }

  private long firstToReplay() {
    return origin == null ? 1 : origin.about().nextPosition();
  }

  private Engine engineOf(@Nullable Origin from) {
    return from == null
        ? engines.fresh()
        : engines.of(EngineStateCodec.decode(from.content().engine()));
  }

  private @Nullable Origin newestGood() throws JournalException {
    List<StoredSnapshot> newest = snapshots.newest(Keeping.NEWEST);
    Origin good = firstGood(newest);
    if (good == null) {
      good = firstGood(snapshots.list().stream().skip(newest.size()).toList());
    }
    if (good == null && log.firstPosition() > 1) {
      throw new JournalException(
          JournalException.Kind.CORRUPT,
          "the journal begins with input "
              + log.firstPosition()
              + " and no good snapshot says what was before it: "
              + (notes.isEmpty() ? "there is none" : String.join("; ", notes))
              + ". Put the missing or damaged files back from a copy, or start over"
              + " (docs/operations.md)");
    }
    return good;
  }

  private @Nullable Origin firstGood(List<StoredSnapshot> stored) throws JournalException {
    for (StoredSnapshot s : stored) {
      if (s.damage().isPresent()) {
        notes.add(notUsed(s, s.damage().get()));
        continue;
      }
      try {
        SnapshotCodec.About about = SnapshotCodec.decodeAbout(s.about());
        requireKnown(s, about);
        if (s.nextPosition() > log.nextPosition()) {
          notes.add(
              notUsed(
                  s,
                  "it contains inputs up to "
                      + (s.nextPosition() - 1)
                      + ", the journal only those up to "
                      + (log.nextPosition() - 1)));
          continue;
        }
        if (s.nextPosition() < log.firstPosition()) {
          break; // what followed it is deleted
        }
        passed.put(about.nextPosition(), about);
        SnapshotCodec.Content content = SnapshotCodec.decode(snapshots.read(s));
        engine = engines.of(EngineStateCodec.decode(content.engine()));
        passed.remove(about.nextPosition());
        return new Origin(about, content);
      } catch (JournalException e) {
        if (e.kind() != JournalException.Kind.CORRUPT) {
          throw e;
        }
        notes.add(notUsed(s, String.valueOf(e.getMessage())));
      } catch (InvalidValueException e) {
        notes.add(notUsed(s, String.valueOf(e.getMessage())));
      }
    }
    return null;
  }

  private static String notUsed(StoredSnapshot s, String why) {
    return "snapshot " + s.fileName() + " is not used, but the one before it: " + why;
  }

  private static void requireKnown(StoredSnapshot s, SnapshotCodec.About about)
      throws JournalException {
    if (about.format() > SnapshotCodec.FORMAT) {
      throw new JournalException(
          JournalException.Kind.NEWER,
          "snapshot "
              + s.fileName()
              + " has format "
              + about.format()
              + " and was written by version "
              + about.software()
              + "; this version reads format "
              + SnapshotCodec.FORMAT
              + " and older. Start the version that wrote it, or a newer one");
    }
  }

  private void replay(long position, byte[] input, byte[] facts, Runner.Replayed seen) {
    compareDigest(position);
    Input.Stamped in = InputCodec.decode(input);
    FactsCodec.Followed f = FactsCodec.decode(facts, engines::area);
    behaviour = f.behaviour().orElse(behaviour);
    List<Effect> effects = effects(position, in, f.facts());
    lastTime = Runner.timeAfter(lastTime, in.input(), in.time());
    lastWallNs = in.wallNs();
    replayed++;
    seen.on(in, effects);
  }

  private List<Effect> effects(long position, Input.Stamped in, List<Effect> facts) {
    if (!following && behaviour != Engine.BEHAVIOUR) {
      following = true;
      notes.add(
          "inputs from "
              + position
              + " on were decided by another version: what it told, decided and warned of stays");
    }
    if (following) {
      return follow(position, in, facts);
    }
    String why;
    try {
      List<Effect> effects = engine.step(in);
      if (Arrays.equals(encoded(effects), encoded(facts))) {
        return effects;
      }
      why = "something else than what is stored beside it";
    } catch (RuntimeException e) {
      why = "a fault: " + FaultReason.of(e);
    }
    following = true;
    notes.add(
        "input "
            + position
            + " now gives "
            + why
            + ". What was told, decided and warned of stays as it is stored. Report this, with the"
            + " journal: it is a fault of this software, or of the memory of this machine");
    engine = rebuilt(position);
    return follow(position, in, facts);
  }

  private static byte[] encoded(List<Effect> effects) {
    return FactsCodec.encode(Optional.empty(), effects);
  }

  private List<Effect> follow(long position, Input.Stamped in, List<Effect> facts) {
    try {
      return engine.follow(in, facts);
    } catch (RuntimeException e) {
      notes.add(
          "input "
              + position
              + " is left out, because the engine fails on it: "
              + FaultReason.of(e));
      engine = rebuilt(position);
      engine.adopt(facts);
      return facts;
    }
  }

  /** The engine as it was before an input, made again. */
  private Engine rebuilt(long before) {
    Engine fresh = engineOf(origin);
    int[] of = {origin == null ? Engine.BEHAVIOUR : origin.about().behaviour()};
    try {
      log.replay(
          firstToReplay(),
          (position, input, facts) -> {
            if (position < before) {
              FactsCodec.Followed f = FactsCodec.decode(facts, engines::area);
              of[0] = f.behaviour().orElse(of[0]);
              Input.Stamped in = InputCodec.decode(input);
              var unused = of[0] == Engine.BEHAVIOUR ? fresh.step(in) : fresh.follow(in, f.facts());
            }
          });
    } catch (JournalException e) {
      throw new Unread(e);
    }
    return fresh;
  }

  private void compareDigest(long position) {
    SnapshotCodec.About about = passed.get(position);
    if (about == null || following || about.behaviour() != Engine.BEHAVIOUR) {
      return;
    }
    Digest now = Digest.of(EngineStateCodec.lastingDigest(engine.state()));
    if (!now.equals(about.digest())) {
      differences.add(
          "the state before input "
              + position
              + " has digest "
              + now
              + ", and had "
              + about.digest()
              + " when the snapshot was taken there. Report this, with the journal: it is a fault"
              + " of this software, or of the memory of this machine");
    }
  }

  /** The journal could not be read in the middle of a replay. */
  private static final class Unread extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final JournalException cause;

    Unread(JournalException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
