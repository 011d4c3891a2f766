package parallax.bench.link;

/**
 * A way from one nation to another that is measured: the raw transport, or two whole nodes. Records
 * are numbered from 1; what a course is told to send it sends in that order.
 *
 * <p>A course calls its {@link Listener} from threads of its own; each of the two methods from one
 * thread at a time, with rising numbers.
 */
public interface Course extends AutoCloseable {
  /** What a course tells of its progress. */
  interface Listener {
    /** The other side has everything up to a record and may use it. */
    void arrived(long through, long nowNs);

    /** This side knows that the other has everything up to a record. */
    void acknowledged(long through, long nowNs);
  }

  /** What it is called in tables. */
  String name();

  /** Says who hears of progress from now on. */
  void hear(Listener ear);

  /**
   * Hands over the next records, as one message where the course has messages; waits while there is
   * no room.
   */
  void send(int records) throws InterruptedException;

  /** How many records were handed over so far. */
  long sent();

  @Override
  void close();
}
