package parallax.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.link.Digest;
import parallax.model.InvalidValueException;
import parallax.model.UtcTime;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.SnapshotAbout;
import parallax.wire.proto.SnapshotContent;
import parallax.wire.proto.SnapshotPart;

/** Snapshots of a node ({@code parallax.v1.SnapshotAbout} and {@code SnapshotContent}). */
public final class SnapshotCodec {
  /** The format of the content that is written; older ones are read. */
  public static final int FORMAT = 1;

  private SnapshotCodec() {}

  /**
   * What a snapshot says of itself.
   *
   * @param format of its content
   * @param behaviour the version of the engine's behaviour that it goes on with
   * @param nextPosition the first input that it does not contain
   * @param time the node's time of the last input that it contains
   * @param wallNs wall clock of that input, UTC nanoseconds
   * @param digest of what lasts of the engine's state
   * @param software the program that wrote it
   */
  public record About(
      int format,
      int behaviour,
      long nextPosition,
      UtcTime time,
      long wallNs,
      Digest digest,
      String software) {}

  /**
   * What is in a snapshot.
   *
   * @param engine the encoded state of the engine; not copied
   * @param parts what else the node remembers, by name
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Content(byte[] engine, SortedMap<String, byte[]> parts) {
    /** Copies the map. */
    public Content {
      parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }
  }

  /** Encodes what a snapshot says of itself. */
  public static byte[] encode(About a) {
    return SnapshotAbout.newBuilder()
        .setFormat(a.format())
        .setBehaviour(a.behaviour())
        .setNextPosition(a.nextPosition())
        .setTimeNs(a.time().nanos())
        .setWallNs(a.wallNs())
        .setDigest(WireFields.bytes(a.digest().bytes()))
        .setSoftware(a.software())
        .build()
        .toByteArray();
  }

  /** Decodes what a snapshot says of itself; throws {@link InvalidValueException} otherwise. */
  public static About decodeAbout(byte[] bytes) {
    SnapshotAbout a = WireFields.parse(SnapshotAbout.parser(), "header of a snapshot", bytes);
    if (a.getFormat() < 1 || a.getBehaviour() < 1 || a.getNextPosition() < 1) {
      throw new InvalidValueException(
          "header of a snapshot",
          "of format " + a.getFormat() + ", behaviour " + a.getBehaviour(),
          "1 or more of each, and a position");
    }
    return new About(
        a.getFormat(),
        a.getBehaviour(),
        a.getNextPosition(),
        new UtcTime(a.getTimeNs()),
        a.getWallNs(),
        Digest.of(WireFields.exactly("digest of a snapshot", a.getDigest(), Digest.LENGTH)),
        a.getSoftware());
  }

  /** Writes the content of a snapshot. */
  public static void write(Content c, OutputStream to) throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(to, 65_536);
    out.writeByteArray(SnapshotContent.ENGINE_FIELD_NUMBER, c.engine());
    for (var p : c.parts().entrySet()) {
      SnapshotPart part =
          SnapshotPart.newBuilder()
              .setName(p.getKey())
              .setContent(WireFields.bytes(p.getValue()))
              .build();
      out.writeTag(SnapshotContent.PART_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
      out.writeMessageNoTag(part);
    }
    out.flush();
  }

  /** Decodes the content of a snapshot; throws {@link InvalidValueException} when it is none. */
  public static Content decode(byte[] bytes) {
    SnapshotContent c = WireFields.parse(SnapshotContent.parser(), "snapshot", bytes);
    SortedMap<String, byte[]> parts = new TreeMap<>();
    for (SnapshotPart p : c.getPartList()) {
      if (parts.put(p.getName(), p.getContent().toByteArray()) != null) {
        throw new InvalidValueException("snapshot", "with part " + p.getName() + " twice", "once");
      }
    }
    return new Content(c.getEngine().toByteArray(), parts);
  }
}
