package parallax.host.setup;

/** Hears of every step of a set-up as soon as it is done. */
@FunctionalInterface
public interface Said {
  /**
   * Something was made or found.
   *
   * @param word made, there, changed or NOT TAKEN
   * @param what the file, and what is to be known of it
   */
  void say(String word, String what);

  /** A file is new. */
  default void made(String what) {
    say("made", what);
  }

  /** A file was there already and is left as it is. */
  default void there(String what) {
    say("there", what);
  }

  /** A file that was there says something else now. */
  default void changed(String what) {
    say("changed", what);
  }

  /** Something that was given is not used. */
  default void notTaken(String what) {
    say("NOT TAKEN", what);
  }
}
