package parallax.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.engine.Input;
import parallax.journal.CursorRecord;
import parallax.journal.EntryVisitor;
import parallax.journal.OutboxEntry;
import parallax.link.Keyring;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.model.Nation;
import parallax.wire.InputCodec;
import parallax.wire.state.EngineStateCodec;

/** A journal of the time before snapshots becomes an engine, and what it promised stays. */
class ConversionTest {
  private final Station kor = new Station(Nation.KOR);
  private final Station jpn = new Station(Nation.JPN);

  private void talk() throws Exception {
    kor.take(kor.configured());
    jpn.take(jpn.configured());
    for (int i = 1; i <= 4; i++) {
      kor.take(kor.filed(i), new Input.Flush());
      jpn.take(jpn.filed(i), new Input.Flush());
    }
    Station.exchange(kor, jpn);
    kor.take(kor.filed(5), new Input.Flush(), new Input.Tick());
  }

  /** What an old version stored, in the order in which it did. */
  private record Held(List<byte[]> inputs, List<OutboxEntry> records, List<CursorRecord> cursors)
      implements Conversion.Old {
    @Override
    public long nextPosition() {
      return inputs.size() + 1L;
    }

    @Override
    public void replay(long from, EntryVisitor visitor) {
      for (long p = from; p < nextPosition(); p++) {
        visitor.entry(p, inputs.get((int) p - 1));
      }
    }

    @Override
    public OptionalLong lastOutboxSeq(String name) {
      return records.stream()
          .filter(e -> e.partner().equals(name))
          .mapToLong(OutboxEntry::seq)
          .max();
    }

    @Override
    public List<OutboxEntry> outbox(String name, long fromSeq, int limit) {
      return records.stream()
          .filter(e -> e.partner().equals(name) && e.seq() >= fromSeq)
          .limit(limit)
          .toList();
    }

    @Override
    public Optional<CursorRecord> cursor(String name) {
      return cursors.stream().filter(c -> c.name().equals(name)).reduce((a, b) -> b);
    }
  }

  /** The records that a version decided on, by the number each had. */
  private interface Given {
    List<byte[]> of(StreamId stream, List<byte[]> records);
  }

  /** What an old version would have stored. */
  private Conversion.Old old(Given given) throws Exception {
    List<byte[]> inputs = new ArrayList<>();
    SortedMap<StreamId, List<byte[]>> outboxes = new TreeMap<>();
    List<CursorRecord> cursors = new ArrayList<>();
    for (Runner.Done d : kor.done) {
      inputs.add(InputCodec.encode(d.input()));
      for (Effect e : d.effects()) {
        if (e instanceof Effect.OutboxAppended o) {
          outboxes.computeIfAbsent(o.stream(), s -> new ArrayList<>()).add(o.record());
        } else if (e instanceof Effect.CursorMoved c) {
          cursors.add(
              new CursorRecord(Conversion.cursorName(c.stream()), c.nextSeq(), c.chainHash()));
        }
      }
    }
    List<OutboxEntry> outbox = new ArrayList<>();
    outboxes.forEach(
        (stream, records) -> {
          long seq = 0;
          for (byte[] r : given.of(stream, records)) {
            outbox.add(new OutboxEntry(Conversion.outboxName(stream), ++seq, r));
          }
        });
    return new Held(inputs, outbox, cursors);
  }

  private static Conversion.Converted converted(Conversion.Old old, List<Runner.Done> seen)
      throws Exception {
    Keyring keyring = Keyring.of(Station.streamKey(Nation.KOR));
    return Conversion.run(
        old,
        keyring,
        Station.engines(keyring),
        (in, effects) -> seen.add(new Runner.Done(in, effects)));
  }

  @Test
  void theSameInputsGiveTheSameEngine() throws Exception {
    talk();
    List<Runner.Done> seen = new ArrayList<>();
    Conversion.Converted c = converted(old((stream, records) -> records), seen);
    assertEquals(List.of(), c.notes());
    assertEquals(Station.told(kor.done), Station.told(seen));
    assertEquals(kor.done.size() + 1, c.nextPosition());
    assertArrayEquals(
        EngineStateCodec.lastingDigest(kor.runner.engine().state()),
        EngineStateCodec.lastingDigest(c.engine().state()));
  }

  @Test
  void whatWasToldOtherwiseThenStaysAsItWas() throws Exception {
    talk();
    List<byte[]> last = new ArrayList<>();
    Conversion.Old old =
        old(
            (stream, records) -> {
              List<byte[]> other = new ArrayList<>(records);
              if (stream.recipient().equals(Nation.JPN) && !other.isEmpty()) {
                other.add(other.getFirst()); // it told one more, which this version would not
                last.add(other.getLast());
              }
              return other;
            });
    List<Runner.Done> seen = new ArrayList<>();
    Conversion.Converted c = converted(old, seen);
    assertEquals(1, c.notes().size(), c.notes().toString());
    assertTrue(c.notes().getFirst().contains("What they were told stays"));
    assertEquals(List.of(), Station.of(Effect.OutboxAppended.class, seen), "nothing decided anew");
    for (LinkHealth h : c.engine().health()) {
      StreamId s = h.stream();
      if (s.originator().equals(Nation.KOR)) {
        assertEquals(
            old.lastOutboxSeq(Conversion.outboxName(s)).orElse(0), h.highWaterMark(), "" + s);
      } else {
        long next = old.cursor(Conversion.cursorName(s)).map(CursorRecord::next).orElse(1L);
        assertEquals(next - 1, h.acknowledged(), s.toString());
      }
    }
    assertTrue(last.size() > 0);
    for (LinkHealth h : kor.runner.engine().health()) {
      LinkHealth now =
          c.engine().health().stream()
              .filter(x -> x.stream().equals(h.stream()))
              .findFirst()
              .orElseThrow();
      assertEquals(h.acknowledged(), now.acknowledged(), h.stream().toString());
    }
  }
}
