package parallax.link;

import parallax.model.InvalidValueException;

/**
 * Times and limits of one stream.
 *
 * @param heartbeatNs between two heartbeats of the originator
 * @param staleNs of silence, after which a partner is stale
 * @param silentNs of silence, after which the connection is given up
 * @param batchRecords most records the originator puts into a batch
 * @param batchBytes a batch is closed once its records reach this size
 * @param inFlightBytes no further batch is sent while so many bytes are unacknowledged
 * @param retainedBytes most bytes of unacknowledged records kept; beyond it the oldest are given up
 *     and become a gap
 * @param retainedRecords most unacknowledged numbers kept, likewise
 * @param foldAboveBytes a bulk lane with more than so many bytes waiting to be sent is congested,
 *     and sends only the newest of each track and data class
 * @param acceptedRecords most records the recipient accepts in a batch
 * @param acceptedBytes most bytes of records the recipient accepts in a batch
 */
public record LinkConfig(
    long heartbeatNs,
    long staleNs,
    long silentNs,
    int batchRecords,
    int batchBytes,
    long inFlightBytes,
    long retainedBytes,
    long retainedRecords,
    long foldAboveBytes,
    int acceptedRecords,
    int acceptedBytes) {
  private static final long SECOND = 1_000_000_000L;

  /** Requires figures above zero, and heartbeat, stale and silent in rising order. */
  public LinkConfig {
    positive("heartbeat (ns)", heartbeatNs);
    positive("records per batch", batchRecords);
    positive("bytes per batch", batchBytes);
    positive("bytes in flight", inFlightBytes);
    positive("bytes retained", retainedBytes);
    positive("records retained", retainedRecords);
    positive("bytes waiting before folding", foldAboveBytes);
    positive("records accepted", acceptedRecords);
    positive("bytes accepted", acceptedBytes);
    if (!(heartbeatNs < staleNs && staleNs < silentNs)) {
      throw new InvalidValueException(
          "heartbeat, stale, silent (ns)",
          heartbeatNs + ", " + staleNs + ", " + silentNs,
          "rising order");
    }
  }

  /**
   * Heartbeat 1 s, stale 3 s, given up after 10 s; batches to 500 records or 256 KiB; 4 MiB in
   * flight; 256 MiB or 2 million records retained; folding above 1 MiB waiting; batches accepted to
   * 5,000 records and 3 MiB.
   */
  public static LinkConfig standard() {
    return new LinkConfig(
        SECOND,
        3 * SECOND,
        10 * SECOND,
        500,
        256 << 10,
        4 << 20,
        256 << 20,
        2_000_000,
        1 << 20,
        5_000,
        3 << 20);
  }

  /** The same without folding: every record is sent, however many wait. */
  public LinkConfig withoutFolding() {
    return new LinkConfig(
        heartbeatNs,
        staleNs,
        silentNs,
        batchRecords,
        batchBytes,
        inFlightBytes,
        retainedBytes,
        retainedRecords,
        Long.MAX_VALUE,
        acceptedRecords,
        acceptedBytes);
  }

  private static void positive(String field, long value) {
    if (value < 1) {
      throw new InvalidValueException(field, value, "1 or more");
    }
  }
}
