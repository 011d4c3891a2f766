package parallax.wire.fields;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.List;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.model.Vector3;
import parallax.wire.proto.Place;
import parallax.wire.proto.TrackName;

/** Reads and writes the fields that several messages have in common. */
public final class WireFields {
  /** The end of the year 2199. */
  private static final long LAST_TIME_NS = 7_258_118_400_000_000_000L;

  private WireFields() {}

  /** Reads a message; throws {@link InvalidValueException} when the bytes are none. */
  public static <T extends Message> T parse(Parser<T> parser, String what, byte[] bytes) {
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      in.setRecursionLimit(16);
      T message = parser.parseFrom(in);
      in.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidValueException(
          what, bytes.length + " bytes: " + e.getMessage(), "an encoded message");
    }
  }

  /**
   * A time that others tell: any that could be meant, and far from where sums of times overflow.
   */
  public static UtcTime time(String field, long nanos) {
    if (nanos < 0 || nanos > LAST_TIME_NS) {
      throw new InvalidValueException(field, nanos + " ns", "a time from 1970 to 2200");
    }
    return new UtcTime(nanos);
  }

  /** The number of a channel. */
  public static parallax.wire.proto.Channel channel(Channel c) {
    return switch (c) {
      case REAL -> parallax.wire.proto.Channel.REAL;
      case EXERCISE -> parallax.wire.proto.Channel.EXERCISE;
      case TEST -> parallax.wire.proto.Channel.TEST;
    };
  }

  /** The channel of a number. */
  public static Channel channel(parallax.wire.proto.Channel c) {
    return switch (c) {
      case REAL -> Channel.REAL;
      case EXERCISE -> Channel.EXERCISE;
      case TEST -> Channel.TEST;
      case CHANNEL_UNSPECIFIED, UNRECOGNIZED ->
          throw new InvalidValueException("channel", c, "REAL, EXERCISE or TEST");
    };
  }

  /** A place as a message. */
  public static Place place(Geodetic g) {
    return Place.newBuilder()
        .setLatitudeRad(g.latitudeRad())
        .setLongitudeRad(g.longitudeRad())
        .setAltitudeM(g.altitudeM())
        .build();
  }

  /** A place from its message. */
  public static Geodetic place(Place p) {
    return new Geodetic(p.getLatitudeRad(), p.getLongitudeRad(), p.getAltitudeM());
  }

  /** The three components. */
  public static List<Double> vector(Vector3 v) {
    return List.of(v.x(), v.y(), v.z());
  }

  /** Three components as a vector. */
  public static Vector3 vector(String field, List<Double> v) {
    if (v.size() != 3) {
      throw new InvalidValueException(field, v.size() + " numbers", "3 numbers");
    }
    return new Vector3(v.get(0), v.get(1), v.get(2));
  }

  /** Adds the upper triangle of {@code c}, row by row. */
  public static void triangle(Covariance c, java.util.function.DoubleConsumer out) {
    for (int i = 0; i < c.dimension(); i++) {
      for (int j = i; j < c.dimension(); j++) {
        out.accept(c.get(i, j));
      }
    }
  }

  /** The matrix of an upper triangle, row by row, with {@code n} rows. */
  public static Covariance triangle(String field, List<Double> v, int n) {
    if (v.size() != n * (n + 1) / 2) {
      throw new InvalidValueException(
          field, v.size() + " numbers", n * (n + 1) / 2 + " numbers: the upper triangle by rows");
    }
    double[] m = new double[n * n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double x = v.get(k++);
        m[i * n + j] = x;
        m[j * n + i] = x;
      }
    }
    return Covariance.of(n, m);
  }

  /** The name of a track as a message. */
  public static TrackName track(TrackId id) {
    return TrackName.newBuilder()
        .setOriginator(id.originator().code())
        .setNumber(id.number())
        .build();
  }

  /** A track of its name's message. */
  public static TrackId track(TrackName n) {
    return new TrackId(new Nation(n.getOriginator()), n.getNumber());
  }

  /** Bytes as a field holds them. */
  public static ByteString bytes(byte[] b) {
    return ByteString.copyFrom(b);
  }

  /** Bytes of a field that has one length only. */
  public static byte[] exactly(String field, ByteString b, int length) {
    if (b.size() != length) {
      throw new InvalidValueException(field, b.size() + " bytes", length + " bytes");
    }
    return b.toByteArray();
  }
}
