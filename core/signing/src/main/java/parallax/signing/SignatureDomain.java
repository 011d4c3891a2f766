package parallax.signing;

import java.nio.charset.StandardCharsets;
import parallax.model.Channel;
import parallax.model.InvalidValueException;

/**
 * What a signature is for. Its bytes stand before the message in everything that is signed, so a
 * signature made for one channel or purpose never verifies for another.
 *
 * <p>The bytes are the US-ASCII text {@code parallax/1/<CHANNEL>/<purpose>} and one zero byte. No
 * domain's bytes are the beginning of another's.
 *
 * @param channel the channel of the data signed
 * @param purpose lower-case words joined by hyphens, for example {@code link-batch}
 */
public record SignatureDomain(Channel channel, String purpose) {
  private static final int LONGEST_PURPOSE = 40;

  /** Validates the purpose: 1 to 40 of a to z, 0 to 9 and hyphen. */
  public SignatureDomain {
    boolean ok = !purpose.isEmpty() && purpose.length() <= LONGEST_PURPOSE;
    for (int i = 0; ok && i < purpose.length(); i++) {
      char c = purpose.charAt(i);
      ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
    if (!ok) {
      throw new InvalidValueException(
          "purpose of signature",
          purpose.length() > LONGEST_PURPOSE ? "text of length " + purpose.length() : purpose,
          "1 to " + LONGEST_PURPOSE + " of a-z, 0-9 and hyphen");
    }
  }

  /** The bytes that stand before every message signed in this domain. */
  public byte[] bytes() {
    return ("parallax/1/" + channel.name() + "/" + purpose + "\0")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** This domain's bytes followed by {@code message}: what is in fact signed. */
  byte[] prefixed(byte[] message) {
    byte[] prefix = bytes();
    byte[] all = new byte[prefix.length + message.length];
    System.arraycopy(prefix, 0, all, 0, prefix.length);
    System.arraycopy(message, 0, all, prefix.length, message.length);
    return all;
  }
}
