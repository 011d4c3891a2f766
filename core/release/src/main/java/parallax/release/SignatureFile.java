package parallax.release;

import java.util.Base64;
import java.util.TreeMap;
import parallax.model.Channel;
import parallax.model.Nation;
import parallax.signing.SigningKey;

/** The text form of {@link AgreementSignature}. */
final class SignatureFile {
  private static final int LONGEST_LINE = 200;
  private static final int LONGEST_FILE = 4096;
  private static final String WANTED =
      "nation, channel and base64 signature of "
          + SigningKey.SIGNATURE_LENGTH
          + " bytes, separated by one space";

  private SignatureFile() {}

  static String format(AgreementSignature signature) {
    StringBuilder b = new StringBuilder(400);
    b.append("# Parallax agreement signature of ").append(signature.nation());
    b.append(" (Ed25519, detached, one per channel)\n");
    for (Channel channel : signature.channels()) {
      b.append(signature.nation()).append(' ').append(channel).append(' ');
      b.append(Base64.getEncoder().encodeToString(signature.signature(channel).orElseThrow()));
      b.append('\n');
    }
    return b.toString();
  }

  static AgreementSignature parse(String text, String source) {
    if (text.length() > LONGEST_FILE) {
      throw new MalformedFileException(
          source, 0, text.length() + " characters; expected at most " + LONGEST_FILE);
    }
    TreeMap<Channel, byte[]> signatures = new TreeMap<>();
    Nation nation = null;
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.length() > LONGEST_LINE ? new String[0] : line.split(" ", -1);
      if (words.length != 3) {
        throw new MalformedFileException(source, number, "expected " + WANTED);
      }
      Nation named = nation(words[0], source, number);
      if (nation != null && !nation.equals(named)) {
        throw new MalformedFileException(
            source, number, "a signature of " + named + "; expected only " + nation + "'s");
      }
      nation = named;
      Channel channel = channel(words[1], source, number);
      if (signatures.put(channel, bytes(words[2], source, number)) != null) {
        throw new MalformedFileException(source, number, "a second signature for " + channel);
      }
    }
    if (nation == null) {
      throw new MalformedFileException(source, 0, "no signature; expected lines of " + WANTED);
    }
    return new AgreementSignature(nation, signatures);
  }

  private static Nation nation(String word, String source, int line) {
    try {
      return new Nation(word);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(source, line, String.valueOf(e.getMessage()));
    }
  }

  private static Channel channel(String word, String source, int line) {
    for (Channel c : Channel.values()) {
      if (c.name().equals(word)) {
        return c;
      }
    }
    throw new MalformedFileException(
        source, line, "channel is '" + word + "'; expected REAL, EXERCISE or TEST");
  }

  private static byte[] bytes(String word, String source, int line) {
    byte[] raw;
    try {
      raw = Base64.getDecoder().decode(word);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(source, line, "the signature is not base64");
    }
    if (raw.length != SigningKey.SIGNATURE_LENGTH) {
      throw new MalformedFileException(
          source, line, "the signature has " + raw.length + " bytes; expected " + WANTED);
    }
    return raw;
  }
}
