package parallax.journal.files;

/**
 * A place between two batches of a segment.
 *
 * @param offset in the segment's file
 * @param position of the entry that comes next
 * @param crc of the batch before, or of the segment's header
 */
record SegmentEnd(long offset, long position, int crc) {}
