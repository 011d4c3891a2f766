package parallax.simulation;

import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;

/** One connection: who dialled whom for which stream, and the bytes on their way. */
final class Connection {
  final long id;
  final Nation dialler;
  final Nation accepter;
  final StreamId stream;
  final Pipe forth = new Pipe();
  final Pipe back = new Pipe();

  /** Whether the other side has it. */
  boolean accepted;

  /** Whether it carries nothing any more. */
  boolean over;

  Connection(long id, Nation dialler, Nation accepter, StreamId stream) {
    this.id = id;
    this.dialler = dialler;
    this.accepter = accepter;
    this.stream = stream;
  }

  /** The way from one end. */
  Pipe from(Nation end) {
    return end.equals(dialler) ? forth : back;
  }

  Nation other(Nation end) {
    return end.equals(dialler) ? accepter : dialler;
  }

  /** What this connection is to one of its ends. */
  Wire wireOf(Nation end) {
    return new Wire(other(end), stream);
  }

  @Override
  public String toString() {
    return "#" + id + " " + dialler + "-" + accepter + " " + stream;
  }
}
