package parallax.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import parallax.link.Cursor;
import parallax.link.Frame;
import parallax.link.LinkEffect;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.signing.VerificationKey;

/** What the effects of one stream mean for the node, in order. */
final class LinkOutcome {
  private final StreamId stream;
  private final long sentAtNs;
  private final Predicate<VerificationKey> learn;
  private final List<Effect> out = new ArrayList<>();
  private final List<byte[]> records = new ArrayList<>();
  private final List<Streams.Delivered> delivered = new ArrayList<>();
  private long firstSeq;
  private boolean moved;

  /**
   * Of one stream.
   *
   * @param sentAtNs the partner's wall clock when what came was sent
   * @param learn takes a key that the originator changed to; false: it was revoked
   */
  LinkOutcome(StreamId stream, long sentAtNs, Predicate<VerificationKey> learn) {
    this.stream = stream;
    this.sentAtNs = sentAtNs;
    this.learn = learn;
  }

  /**
   * Turns the stream's effects into the node's.
   *
   * @param cursor the stream's cursor, where it is one of a partner's for this nation
   */
  Streams.Outcome of(List<LinkEffect> effects, Optional<Supplier<Cursor>> cursor) {
    effects.forEach(this::add);
    deliver();
    if (moved && cursor.isPresent()) {
      Cursor c = cursor.get().get();
      out.add(0, new Effect.CursorMoved(stream, c.next(), c.chainHash().bytes()));
    }
    return new Streams.Outcome(out, delivered);
  }

  private void deliver() {
    if (!records.isEmpty()) {
      delivered.add(new Streams.Delivered(stream, firstSeq, List.copyOf(records), sentAtNs));
      records.clear();
    }
  }

  private void setAside(LinkEffect.SetAsideByPartner s) {
    for (Frame.SetAside.Item i : s.newest()) {
      notice(
          Effect.NoticeKind.SET_ASIDE_BY_PARTNER,
          stream.recipient()
              + " does not use record "
              + i.seq()
              + " of "
              + stream
              + ": "
              + i.reason()
              + " ("
              + s.total()
              + " so far)");
    }
  }

  private void notice(Effect.NoticeKind kind, String detail) {
    out.add(new Effect.NoticeRaised(kind, detail));
  }

  private void add(LinkEffect effect) {
    switch (effect) {
      case LinkEffect.Send s ->
          out.add(new Effect.SendFrame(new Wire(s.peer(), stream), s.frame()));
      case LinkEffect.Close c ->
          out.add(new Effect.CloseLink(new Wire(c.peer(), stream), c.reason()));
      case LinkEffect.Cut c -> out.add(new Effect.CutLink(new Wire(c.peer(), stream), c.reason()));
      case LinkEffect.Dial d -> out.add(new Effect.DialLink(new Wire(d.peer(), stream)));
      case LinkEffect.Passed p -> out.add(new Effect.Relayed(stream, p.from(), p.to()));
      case LinkEffect.Deliver d -> {
        if (d.seq() != firstSeq + records.size()) {
          deliver();
        }
        firstSeq = records.isEmpty() ? d.seq() : firstSeq;
        records.add(d.record());
        moved = true;
      }
      case LinkEffect.Folded f -> {
        out.add(new Effect.RecordFolded(stream, f.seq(), f.into()));
        moved = true;
      }
      case LinkEffect.Gap g -> {
        out.add(new Effect.GapRecorded(stream, g.from(), g.to(), g.reason()));
        moved = true;
      }
      case LinkEffect.KeyChanged k -> {
        boolean trusted = learn.test(k.key());
        notice(
            Effect.NoticeKind.KEY,
            stream
                + (trusted ? " is signed with key " : " changes to a key that was revoked here: ")
                + k.key().fingerprint()
                + (trusted ? " from here on" : ""));
        moved = true;
      }
      case LinkEffect.SetAsideByPartner s -> setAside(s);
      case LinkEffect.SuspendedByPartner s ->
          notice(
              Effect.NoticeKind.SUSPENSION,
              stream
                  + (s.suspended()
                      ? " is suspended by the partner: " + s.reason()
                      : " is resumed by the partner"));
      case LinkEffect.Violation v ->
          notice(
              Effect.NoticeKind.LINK_VIOLATION,
              new Wire(v.peer(), stream) + ": " + v.code() + ": " + v.detail());
      case LinkEffect.StateChanged s ->
          notice(Effect.NoticeKind.LINK_STATE, new Wire(s.peer(), stream) + " is " + s.state());
    }
  }
}
