package parallax.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.engine.Effect;
import parallax.model.InvalidValueException;
import parallax.warning.Alert.MessageType;
import parallax.warning.AlertAction;
import parallax.warning.AreaCatalogue;
import parallax.wire.proto.Fact;
import parallax.wire.proto.Facts;
import parallax.wire.proto.NoticeEvent;

/** What followed from an input comes back as it went. */
class FactsCodecTest {
  private static final AreaCatalogue AREAS = AreaCatalogue.bundled();

  private static List<Effect> all() {
    List<Effect> all = new ArrayList<>(EventSamples.all());
    all.addAll(EventSamples.unheard());
    Effect.AlertRaised issued =
        (Effect.AlertRaised)
            all.stream().filter(e -> e instanceof Effect.AlertRaised).findFirst().orElseThrow();
    all.add(new Effect.AlertRaised(new AlertAction.Update(of(issued, MessageType.UPDATE))));
    all.add(new Effect.AlertRaised(new AlertAction.Cancel(of(issued, MessageType.CANCEL))));
    all.add(new Effect.AlertRaised(new AlertAction.AllClear(of(issued, MessageType.ALL_CLEAR))));
    return all;
  }

  private static parallax.warning.Alert of(Effect.AlertRaised a, MessageType type) {
    parallax.warning.Alert first = a.action().alert();
    return new parallax.warning.Alert(
        first.identifier() + type,
        first.channel(),
        first.sender(),
        first.eventKey(),
        type,
        first.sent(),
        first.areas(),
        List.of(first.reference()),
        first.evidence(),
        first.texts());
  }

  private static List<Effect> decoded(byte[] bytes) {
    return FactsCodec.decode(bytes, AREAS::area).facts();
  }

  @Test
  void everyFactComesBackAsItWent() {
    List<Effect> facts = FactsCodec.factsOf(all());
    assertEquals(18, facts.size());
    for (Effect e : facts) {
      byte[] bytes = FactsCodec.encode(Optional.empty(), List.of(e));
      List<Effect> back = decoded(bytes);
      assertEquals(1, back.size());
      assertEquals(e.getClass(), back.getFirst().getClass());
      assertArrayEquals(bytes, FactsCodec.encode(Optional.empty(), back));
      if (!(e instanceof Effect.OutboxAppended) && !(e instanceof Effect.CursorMoved)) {
        assertEquals(e, back.getFirst());
      }
    }
  }

  @Test
  void factsAreEncodedInTheirOrderAndOtherEffectsAreLeftOut() {
    byte[] bytes = FactsCodec.encode(Optional.of(7), all());
    FactsCodec.Followed f = FactsCodec.decode(bytes, AREAS::area);
    assertEquals(Optional.of(7), f.behaviour());
    assertArrayEquals(
        FactsCodec.encode(Optional.empty(), all()), FactsCodec.encode(Optional.empty(), f.facts()));
  }

  @Test
  void nothingIsWrittenWhereNothingFollowed() {
    assertEquals(
        0, FactsCodec.encode(Optional.empty(), EventSamples.unheard().subList(1, 6)).length);
    assertEquals(List.of(), decoded(new byte[0]));
  }

  @Test
  void anAlertKeepsItsWordsWhenAnAreaOfItIsKnownNoMore() {
    Effect alert =
        all().stream().filter(e -> e instanceof Effect.AlertRaised).findFirst().orElseThrow();
    byte[] bytes = FactsCodec.encode(Optional.empty(), List.of(alert));
    var back =
        (Effect.AlertRaised) FactsCodec.decode(bytes, code -> Optional.empty()).facts().getFirst();
    assertEquals(List.of(), back.action().alert().areas());
    assertEquals(
        ((Effect.AlertRaised) alert).action().alert().texts(), back.action().alert().texts());
  }

  @Test
  void whatIsNoKnownFactIsRefused() {
    byte[] empty = Facts.newBuilder().addFact(Fact.getDefaultInstance()).build().toByteArray();
    assertThrows(InvalidValueException.class, () -> decoded(empty));
    byte[] notice =
        Facts.newBuilder()
            .addFact(Fact.newBuilder().setNotice(NoticeEvent.newBuilder().setKind("OF_LATER")))
            .build()
            .toByteArray();
    var e = assertThrows(InvalidValueException.class, () -> decoded(notice));
    assertTrue(String.valueOf(e.getMessage()).contains("OF_LATER"), e.getMessage());
  }
}
