package parallax.signing;

/** What may be signed without a domain: text in which no domain's bytes can stand. */
final class NoteText {
  private NoteText() {}

  /** Whether every byte is printable or a newline, and the last a newline. */
  static boolean isOne(byte[] text) {
    for (byte b : text) {
      if (b >= 0 && b < ' ' && b != '\n') {
        return false;
      }
    }
    return text.length > 0 && text[text.length - 1] == '\n';
  }
}
