package parallax.journal.log;

/**
 * A piece of the log that is deleted as a whole.
 *
 * @param firstPosition position of its first entry; of the last segment, which may have none yet,
 *     the position that its first entry has or will have
 * @param createdNs when it was begun, nanoseconds since 1970 by the clock of whoever called {@link
 *     EntryLog#roll}; 0 when that was never called before
 * @param bytes its length in the store
 */
public record LogSegment(long firstPosition, long createdNs, long bytes) {}
