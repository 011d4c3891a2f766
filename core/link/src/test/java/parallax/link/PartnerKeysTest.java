package parallax.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static parallax.link.fixtures.LinkFixtures.key;
import static parallax.link.fixtures.LinkFixtures.keys;

import org.junit.jupiter.api.Test;
import parallax.signing.SigningKey;

final class PartnerKeysTest {
  private static final SigningKey CONFIGURED = key(100);
  private static final SigningKey ORDERED = key(101);
  private static final SigningKey NEXT = key(102);

  private final PartnerKeys keys = new PartnerKeys(keys(CONFIGURED), Verifier.PLAIN);

  @Test
  void aPartnerThatAnnouncesKeysWithoutEndIsBounded() {
    keys.trust(ORDERED.key());
    for (int i = 0; i < 1_000; i++) {
      keys.announce(key(1_000 + i).key());
    }
    assertEquals(18, keys.trusted().size());
    assertTrue(keys.trusted().contains(CONFIGURED.key()), "the configured key stays");
    assertTrue(keys.trusted().contains(ORDERED.key()), "a key trusted by order stays");
    assertTrue(keys.trusted().contains(key(1_999).key()), "the newest is known");
    assertFalse(keys.trusted().contains(key(1_000).key()));
  }

  @Test
  void announcingTheSameKeyAgainPushesNoOtherOut() {
    keys.announce(NEXT.key());
    for (int i = 0; i < 100; i++) {
      keys.announce(CONFIGURED.key());
      keys.announce(NEXT.key());
    }
    assertEquals(keys(CONFIGURED, NEXT), keys.trusted());
  }

  @Test
  void aKeyInUseReplacesTheOthersAndTheyAreStillKnown() {
    keys.announce(NEXT.key());
    keys.usedForNew(CONFIGURED.key());
    assertEquals(keys(CONFIGURED, NEXT), keys.trusted(), "not in use yet");
    keys.usedForNew(NEXT.key());
    assertEquals(keys(NEXT), keys.trusted());
    byte[] message = {1, 2, 3};
    var domain = StreamSignatures.batchDomain(parallax.model.Channel.TEST);
    byte[] old = CONFIGURED.sign(domain, message);
    assertEquals(null, keys.signer(domain, message, old));
    assertEquals(CONFIGURED.key(), keys.signerNowOrBefore(domain, message, old));
    keys.revoke(CONFIGURED.key());
    assertEquals(null, keys.signerNowOrBefore(domain, message, old));
  }
}
