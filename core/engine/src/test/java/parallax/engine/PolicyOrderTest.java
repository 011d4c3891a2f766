package parallax.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.model.Nation.JPN;
import static parallax.model.Nation.KOR;
import static parallax.model.Nation.USA;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parallax.link.Frame;

/** A release policy is changed by order while links are up, and changed back. */
class PolicyOrderTest {
  private static final String USUAL = Party.policy(KOR);
  private static final String USA_ALONE =
      USUAL.replace("[JPN, USA]", "[USA]").replace("version: 1", "version: 2");

  private final Allies allies = new Allies().start().joinAll().pass(2);

  @Test
  void anotherTextUnderTheSameVersionIsRefused() {
    String changed = USA_ALONE + "# a remark\n";
    assertTrue(put(new Order.PutPolicy(USA_ALONE)).done());
    for (String text : List.of(changed, USUAL + "\n")) {
      Effect.OrderAnswered a = put(new Order.PutPolicy(text));
      assertFalse(a.done(), a.detail());
      assertTrue(a.detail().contains("a higher version number"), a.detail());
    }
    assertEquals(USA_ALONE, allies.desk(KOR).engine().configuration().orElseThrow().policy());
    assertTrue(put(new Order.PutPolicy(changed.replace("version: 2", "version: 3"))).done());
  }

  private Effect.OrderAnswered put(Order order) {
    return Desk.of(Effect.OrderAnswered.class, allies.order(KOR, order)).getFirst();
  }

  private void tell(long number) {
    allies.file(KOR, Filed.launch(number));
    allies.pass(1);
  }

  @Test
  void holdsFromTheNextRecordOnAndLinksStayUp() {
    tell(1);
    int hellos = hellos();
    Effect.OrderAnswered a = put(new Order.PutPolicy(USA_ALONE));
    assertTrue(a.done(), a.detail());
    assertTrue(a.detail().contains("KOR>JPN/URGENT 2"), a.detail());
    assertTrue(a.detail().contains("KOR>USA/BULK 1"), a.detail());
    tell(2);
    assertEquals(1, allies.told(KOR, JPN).size());
    assertEquals(2, allies.told(KOR, USA).size());
    assertEquals(hellos, hellos());
    assertTrue(put(new Order.RevertPolicy()).done());
    tell(3);
    assertEquals(2, allies.told(KOR, JPN).size());
    allies.requirePeace();
  }

  private int hellos() {
    return (int)
        allies.sent(KOR, JPN).stream().filter(s -> s.frame() instanceof Frame.Hello).count();
  }

  @Test
  void isTheSameAfterAReplay() {
    put(new Order.PutPolicy(USA_ALONE));
    Engine before = allies.desk(KOR).engine();
    assertEquals(Optional.of(USUAL), before.configuredPolicy());
    allies.desk(KOR).replay();
    Engine after = allies.desk(KOR).engine();
    assertEquals(USA_ALONE, after.configuration().orElseThrow().policy());
    assertEquals(Optional.of(USUAL), after.configuredPolicy());
    assertTrue(put(new Order.RevertPolicy()).done());
    assertEquals(USUAL, after.configuration().orElseThrow().policy());
  }

  @Test
  void goesBackStepByStepToTheFirst() {
    assertFalse(put(new Order.RevertPolicy()).done(), "there was none before");
    String third = USUAL.replace("version: 1", "version: 3");
    put(new Order.PutPolicy(USA_ALONE));
    put(new Order.PutPolicy(USA_ALONE));
    put(new Order.PutPolicy(third));
    for (String before : List.of(USA_ALONE, USUAL)) {
      assertTrue(put(new Order.RevertPolicy()).done());
      assertEquals(before, allies.desk(KOR).engine().configuration().orElseThrow().policy());
    }
    assertFalse(put(new Order.RevertPolicy()).done());
  }

  @Test
  void aPolicyThatIsWrongIsRefusedAndThePresentOneHolds() {
    for (String wrong :
        List.of(
            "", "name: [", Party.policy(JPN), USUAL.replace("to: [JPN, USA]", "to: [JPN, FRA]"))) {
      Effect.OrderAnswered a = put(new Order.PutPolicy(wrong));
      assertFalse(a.done(), a.detail());
      assertTrue(a.detail().contains("policy"), a.detail());
    }
    tell(1);
    assertEquals(1, allies.told(KOR, JPN).size());
    assertFalse(put(new Order.RevertPolicy()).done());
  }

  @Test
  void whatWaitsIsDecidedByTheNewPolicy() {
    String late =
        USUAL
            .replace("version: 1", "version: 4")
            .replace(
                "rules:",
                """
                rules:
                  - name: late
                    dataClasses: [LAUNCH_POINT]
                    to: [JPN]
                    decision: sanitise
                    sanitise: {delayS: 5}
                """
                    .stripTrailing());
    put(new Order.PutPolicy(late));
    tell(1);
    assertEquals(0, allies.told(KOR, JPN).size());
    put(new Order.PutPolicy(USA_ALONE));
    allies.pass(8);
    assertEquals(0, allies.told(KOR, JPN).size());
  }
}
