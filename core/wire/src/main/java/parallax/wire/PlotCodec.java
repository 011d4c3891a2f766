package parallax.wire;

import java.util.ArrayList;
import java.util.List;
import parallax.engine.FiledTrack;
import parallax.engine.Input;
import parallax.model.InvalidValueException;
import parallax.model.Plot;
import parallax.wire.fields.PlotFields;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.FeedReport;
import parallax.wire.proto.PlotMessage;

/** Plots and the sensor feed's messages ({@code parallax.v1.PlotMessage}). */
public final class PlotCodec {
  /** A message longer than this is refused unread, bytes. */
  public static final int MAX_MESSAGE_BYTES = 256 * 1024;

  /** Most reports in a message beside the first. */
  public static final int MOST_MORE = 1_000;

  /** A report longer than this is refused under its number, bytes. */
  public static final int MAX_REPORT_BYTES = 4 * 1024;

  private static final int FRAMING_BYTES = 16;

  private PlotCodec() {}

  /**
   * One message of a sensor feed, its reports still undecoded, so that a bad one hides neither the
   * number it came under nor the others.
   *
   * @param feed name of the feed
   * @param seq number of the first report within the feed, from 1; 0 asks for the last durable one
   * @param said the undecoded plots or filed tracks
   */
  public record FeedMessage(String feed, long seq, Undecoded said) {
    /**
     * What the node takes in, by rising number. A report that is none becomes a {@link
     * Input.PlotRefused} that names the first wrong field.
     */
    public List<Input> inputs() {
      List<Input> inputs = new ArrayList<>(1 + said.proto.getMoreCount());
      inputs.add(input(seq, said.proto.hasTrack(), said.proto.getTrack(), said.proto.getPlot()));
      for (FeedReport r : said.proto.getMoreList()) {
        inputs.add(input(seq + inputs.size(), r.hasTrack(), r.getTrack(), r.getPlot()));
      }
      return inputs;
    }

    private Input input(
        long number,
        boolean isTrack,
        parallax.wire.proto.FiledTrack track,
        parallax.wire.proto.Plot plot) {
      try {
        int bytes = isTrack ? track.getSerializedSize() : plot.getSerializedSize();
        if (bytes > MAX_REPORT_BYTES) { // what waits is counted by reports
          throw new InvalidValueException(
              "report", bytes + " bytes", "at most " + MAX_REPORT_BYTES + " bytes");
        }
        return isTrack
            ? new Input.TrackFiled(feed, number, FiledTrackCodec.fromProto(track))
            : new Input.PlotReceived(feed, number, PlotFields.fromProto(plot));
      } catch (InvalidValueException e) {
        return new Input.PlotRefused(feed, number, String.valueOf(e.getMessage()));
      }
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
    Message m = new Message(feed, seq);
    m.add(plot);
    return m.bytes();
  }

  /** Encodes a feed's message with a track that another system holds. */
  public static byte[] encodeMessage(String feed, long seq, FiledTrack track) {
    Message m = new Message(feed, seq);
    m.add(track);
    return m.bytes();
  }

  /** A message of a feed in the making. Not for use by several threads at once. */
  public static final class Message {
    private final PlotMessage.Builder proto;
    private int reports;
    private int bytes;

    /**
     * A message without a report.
     *
     * @param seq the number of the first that is added; the others follow without a hole
     */
    public Message(String feed, long seq) {
      proto = PlotMessage.newBuilder().setFeed(feed).setSeq(seq);
    }

    /** Adds a plot. */
    public void add(Plot plot) {
      parallax.wire.proto.Plot p = PlotFields.toProto(plot);
      if (reports == 0) {
        proto.setPlot(p);
      } else {
        proto.addMore(FeedReport.newBuilder().setPlot(p));
      }
      added(p.getSerializedSize());
    }

    /** Adds a track that another system holds. */
    public void add(FiledTrack track) {
      parallax.wire.proto.FiledTrack t = FiledTrackCodec.toProto(track);
      if (reports == 0) {
        proto.setTrack(t);
      } else {
        proto.addMore(FeedReport.newBuilder().setTrack(t));
      }
      added(t.getSerializedSize());
    }

    private void added(int size) {
      reports++;
      bytes += size + FRAMING_BYTES;
    }

    /** Whether another report might be one too many, or make the message too long. */
    public boolean isFull() {
      return reports > MOST_MORE || bytes > MAX_MESSAGE_BYTES - 2 * MAX_REPORT_BYTES;
    }

    /** The message as it is sent, once it has a report. */
    public byte[] bytes() {
      return proto.build().toByteArray();
    }
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
    int more = m.getMoreCount();
    if (more > MOST_MORE || (more > 0 && (m.getSeq() == 0 || m.getSeq() > Long.MAX_VALUE - more))) {
      throw new InvalidValueException(
          "more",
          more + " reports after number " + m.getSeq(),
          "at most " + MOST_MORE + ", none in a question, and numbers below 2^63");
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
