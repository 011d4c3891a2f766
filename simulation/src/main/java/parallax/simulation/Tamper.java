package parallax.simulation;

import parallax.link.Frame;

/** Somebody on the way who puts in frames. */
final class Tamper {
  private final World world;
  private final Chance chance;

  Tamper(World world, Chance chance) {
    this.world = world;
    this.chance = chance;
  }

  /** A node has sent a frame; more may follow it. */
  void onFrame(Network.Port port, Frame frame, byte[] bytes) {
    if (world.faults().strikes(Fault.WIRE_FLIP, 0.004)) {
      world.later(
          chance.ns(0, 0.05), () -> world.network().sever(port.connection(), chance.hit(0.5)));
    }
  }
}
