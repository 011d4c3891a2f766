package parallax.wire;

import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.model.InvalidValueException;
import parallax.model.Plot;
import parallax.wire.fields.PlotFields;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.PlotMessage;

/** Plots and the sensor feed's messages ({@code parallax.v1.PlotMessage}). */
public final class PlotCodec {
  /** A message longer than this is refused unread, bytes. */
  public static final int MAX_MESSAGE_BYTES = 4 * 1024;

  private PlotCodec() {}

  /**
   * One message of a sensor feed, its plot still undecoded, so that a bad plot does not hide the
   * number it came under.
   *
   * @param feed name of the feed
   * @param seq number within the feed, from 1; 0 asks for the last durable one
   * @param said the undecoded plot or filed track
   */
  public record FeedMessage(String feed, long seq, Undecoded said) {
    /** Checks the fields. Throws {@link InvalidValueException} naming the first wrong one. */
    public Input input() {
      return said.proto.hasTrack()
          ? new Input.TrackFiled(feed, seq, FiledTrackCodec.fromProto(said.proto.getTrack()))
          : new Input.PlotReceived(feed, seq, PlotFields.fromProto(said.proto.getPlot()));
    }
  }

  /** What a feed said, its fields not checked yet. */
  public static final class Undecoded {
    private final PlotMessage proto;

    private Undecoded(PlotMessage proto) {
      this.proto = proto;
    }
  }

  /**
   * A decoded answer to a feed.
   *
   * @param feed name of the feed
   * @param durableSeq last durable number
   * @param rejectedSeq 0, or a number whose report was refused
   * @param reason why it was refused
   */
  public record FeedAck(String feed, long durableSeq, long rejectedSeq, String reason) {}

  /** Encodes a feed's message with a plot. */
  public static byte[] encodeMessage(String feed, long seq, Plot plot) {
    return PlotMessage.newBuilder()
        .setFeed(feed)
        .setSeq(seq)
        .setPlot(PlotFields.toProto(plot))
        .build()
        .toByteArray();
  }

  /** Encodes a feed's message with a track that another system holds. */
  public static byte[] encodeMessage(String feed, long seq, FiledTrack track) {
    return PlotMessage.newBuilder()
        .setFeed(feed)
        .setSeq(seq)
        .setTrack(FiledTrackCodec.toProto(track))
        .build()
        .toByteArray();
  }

  /** Encodes a feed's question for the last durable number. */
  public static byte[] encodeQuestion(String feed) {
    return PlotMessage.newBuilder().setFeed(feed).build().toByteArray();
  }

  /** Decodes a feed's message; throws {@link InvalidValueException} when it is none. */
  public static FeedMessage decodeMessage(byte[] bytes) {
    if (bytes.length > MAX_MESSAGE_BYTES) {
      throw new InvalidValueException(
          "plot message", bytes.length + " bytes", "at most " + MAX_MESSAGE_BYTES + " bytes");
    }
    PlotMessage m = WireFields.parse(PlotMessage.parser(), "plot message", bytes);
    String feed = parallax.model.Check.text("feed", m.getFeed(), 80);
    if (m.getSeq() < 0) {
      throw new InvalidValueException("seq", Long.toUnsignedString(m.getSeq()), "below 2^63");
    }
    return new FeedMessage(feed, m.getSeq(), new Undecoded(m));
  }

  /** Encodes an answer. */
  public static byte[] encodeAck(FeedAck ack) {
    return parallax.wire.proto.PlotAck.newBuilder()
        .setFeed(ack.feed())
        .setDurableSeq(ack.durableSeq())
        .setRejectedSeq(ack.rejectedSeq())
        .setReason(ack.reason())
        .build()
        .toByteArray();
  }

  /** Decodes an answer. */
  public static FeedAck decodeAck(byte[] bytes) {
    var m = WireFields.parse(parallax.wire.proto.PlotAck.parser(), "plot answer", bytes);
    return new FeedAck(m.getFeed(), m.getDurableSeq(), m.getRejectedSeq(), m.getReason());
  }
}
