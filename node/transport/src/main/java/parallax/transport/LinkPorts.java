package parallax.transport;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.Wire;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.wire.FrameCodec;

/**
 * The connections that are up, one for each neighbour and stream. A newer connection replaces an
 * older one; what a replaced connection still says is not heard, and what the node says to it does
 * not go to the newer one.
 *
 * <p>The node learns of connections through inputs that it takes when it gets to them. Until it has
 * taken what it was told of a wire, it is told nothing more of that wire, however often connections
 * come and go meanwhile: then it is told what became of them. So the inputs of a wire are few, and
 * none of them has to wait for room.
 *
 * <p>Nothing waits while it holds the lock of this class, and the thread that steps the engine can
 * always send.
 */
final class LinkPorts {
  /** Wires of one neighbour of which the node is told before it has taken any of it. */
  static final int MOST_UNTAKEN = 64;

  private final LinkInputs inputs;
  private final Consumer<String> said;
  private final SortedMap<Wire, Connections> wires = new TreeMap<>();

  /** The connections of one wire. */
  private static final class Connections {
    /** The one that came up last and is still up. */
    @Nullable LinkPort newest;

    /** The one that is up after all that the node was told. */
    @Nullable LinkPort told;

    /** The one that is up after all that the node has taken of it: the one it speaks to. */
    @Nullable LinkPort taken;

    /** How many inputs the node was handed and has not carried out yet. */
    int untaken;

    boolean nothingIsLeft() {
      return newest == null && told == null && untaken == 0;
    }
  }

  /** Hands what it hears to {@code inputs}, and tells {@code said} which connections it cut. */
  LinkPorts(LinkInputs inputs, Consumer<String> said) {
    this.inputs = inputs;
    this.said = said;
  }

  /** Registers a connection that came up; {@code ended} runs when the other end has ended it. */
  LinkPort opened(Wire wire, LinkCall call, Runnable ended) {
    LinkPort port = new LinkPort(this, wire, call, ended);
    LinkPort replaced;
    synchronized (this) {
      Connections c = wires.computeIfAbsent(wire, w -> new Connections());
      replaced = c.newest;
      c.newest = port;
      tell(wire, c);
    }
    if (replaced != null) {
      replaced.replaced();
    }
    return port;
  }

  /** Tells the node what became of a wire, if it has taken all that it was told before. */
  private void tell(Wire wire, Connections c) {
    if (c.untaken > 0 || c.newest == c.told) {
      return;
    }
    LinkPort up = c.newest;
    if (c.told == null && untakenWires(wire.peer()) >= MOST_UNTAKEN) {
      return; // told once the node has taken what it was told of others
    }
    if (c.told != null) {
      c.untaken++;
      inputs.put(new Input.LinkChanged(wire, false), () -> {});
    }
    c.told = up;
    if (up != null) {
      c.untaken++;
      if (inputs.put(new Input.LinkChanged(wire, true), up::read)) {
        up.read();
      }
    }
  }

  private long untakenWires(Nation peer) {
    return wires.entrySet().stream()
        .filter(w -> w.getKey().peer().equals(peer) && w.getValue().untaken > 0)
        .count();
  }

  /**
   * The node has taken that a wire is up or down: from here on it speaks to the connection that it
   * was told of.
   */
  synchronized void taken(Wire wire, boolean up) {
    Connections c = wires.get(wire);
    if (c == null) {
      return;
    }
    c.untaken--;
    c.taken = up ? c.told : null;
    if (c.untaken == 0) {
      wires.forEach(
          (w, other) -> {
            if (w.peer().equals(wire.peer())) {
              tell(w, other);
            }
          });
    }
    forgetIfNothingIsLeft(wire, c);
  }

  private void forgetIfNothingIsLeft(Wire wire, Connections c) {
    if (c.nothingIsLeft()) {
      wires.remove(wire);
    }
  }

  /** A connection has said something; it is read on when the node has room. */
  void heard(LinkPort port, byte[] bytes) {
    Input input;
    try {
      input = new Input.FrameReceived(port.wire(), FrameCodec.decode(bytes));
    } catch (InvalidValueException e) {
      input = new Input.FrameRefused(port.wire(), String.valueOf(e.getMessage()));
    }
    boolean room;
    synchronized (this) {
      Connections c = wires.get(port.wire());
      if (c == null || c.newest != port || c.told != port) {
        return; // it is over, or replaced
      }
      room = inputs.put(input, port::read);
    }
    if (room) {
      port.read();
    }
  }

  /** A connection is over; whether it had not been replaced before. */
  synchronized boolean over(LinkPort port) {
    Connections c = wires.get(port.wire());
    if (c == null || c.newest != port) {
      return false;
    }
    c.newest = null;
    tell(port.wire(), c);
    forgetIfNothingIsLeft(port.wire(), c);
    return true;
  }

  /** A connection that the node asked for cannot be dialled. */
  synchronized void refused(Wire wire) {
    Connections c = wires.computeIfAbsent(wire, w -> new Connections());
    if (c.nothingIsLeft()) {
      c.untaken++;
      inputs.put(new Input.LinkChanged(wire, false), () -> {});
    }
  }

  private synchronized @Nullable LinkPort port(Wire wire) {
    Connections c = wires.get(wire);
    return c == null ? null : c.taken;
  }

  /** Sends a frame if the connection is up; a stream whose connection is down resumes later. */
  void send(Wire wire, Frame frame) {
    LinkPort port = port(wire);
    if (port != null && !port.send(frame)) {
      broken(port);
    }
  }

  /** A connection can no longer be used. */
  void broken(LinkPort port) {
    if (over(port)) {
      port.cut();
      said.accept(
          port.wire()
              + ": the connection was cut: it is broken, or the other end does not read what it is"
              + " sent; the stream goes on with the next connection");
    }
  }

  /**
   * Closes a connection if it is up, once what was sent before is out.
   *
   * @return whether it was up
   */
  boolean close(Wire wire) {
    LinkPort port = port(wire);
    if (port == null || !over(port)) {
      return false;
    }
    port.complete();
    return true;
  }

  /**
   * Ends a connection at once: what still waits to be sent does not leave.
   *
   * @return whether it was up
   */
  boolean cut(Wire wire) {
    LinkPort port = port(wire);
    if (port == null) {
      return false;
    }
    boolean wasUp = over(port);
    port.cut();
    return wasUp;
  }
}
