package parallax.wire;

import java.util.ArrayList;
import java.util.List;
import parallax.wire.fields.WireFields;

/** How each sensor feed is, as a snapshot keeps it ({@code parallax.v1.FeedMemory}). */
public final class FeedMemory {
  private FeedMemory() {}

  /** Encodes it. */
  public static byte[] encode(List<FeedStatus> feeds) {
    parallax.wire.proto.FeedMemory.Builder b = parallax.wire.proto.FeedMemory.newBuilder();
    feeds.forEach(f -> b.addFeeds(StatusCodec.feed(f)));
    return b.build().toByteArray();
  }

  /**
   * Decodes it.
   *
   * @throws parallax.model.InvalidValueException when the bytes are none
   */
  public static List<FeedStatus> decode(byte[] bytes) {
    List<FeedStatus> out = new ArrayList<>();
    WireFields.parse(parallax.wire.proto.FeedMemory.parser(), "feeds", bytes)
        .getFeedsList()
        .forEach(f -> out.add(StatusCodec.feed(f)));
    return out;
  }
}
