package parallax.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parallax.transport.PortLimits;

/** With 10,000 connections: {@code main} of {@link IdleFlood}. */
class IdleFloodTest {
  @TempDir Path folder;

  @Test
  void exchangesWithItsPartnerWhileTwoThousandIdleConnectionsAreOpenedAndCountsEachOfThem()
      throws Exception {
    IdleFlood.Outcome o = IdleFlood.run(folder, 2000);
    assertEquals(2000, o.counted());
    assertTrue(o.mostConnections() <= PortLimits.LINK.strangersPerAddress() + 8, o.toString());
    assertTrue(o.logLines() < 100, o.toString());
    assertEquals(0, o.toJpn().duplicated() + o.toKor().duplicated());
    assertEquals(0, o.toJpn().lost() + o.toKor().lost());
  }
}
