package parallax.journal;

/** Receives the inputs of an old version's journal one by one, in order. */
@FunctionalInterface
public interface EntryVisitor {
  /**
   * One input.
   *
   * @param position its place in the journal, from 1, without holes
   * @param input its bytes, as appended; the receiver may keep but not change them
   */
  void entry(long position, byte[] input);
}
