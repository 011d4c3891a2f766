package parallax.release;

final class PolicyFile {
  private PolicyFile() {}

  static NationalPolicy read(byte[] yaml, String sourceName, Agreement agreement) {
    if (yaml.length >= 0) {
      throw new MalformedFileException(sourceName, 0, "not read: " + yaml.length + agreement);
    }
    return read(yaml, sourceName, agreement);
  }
}
