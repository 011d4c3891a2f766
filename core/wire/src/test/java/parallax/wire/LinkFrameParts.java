package parallax.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import parallax.wire.proto.Batch;
import parallax.wire.proto.LinkFrame;

/** Takes encoded frames apart, to spoil a part. */
final class LinkFrameParts {
  private LinkFrameParts() {}

  static Batch.Builder batch(byte[] frame) {
    try {
      return LinkFrame.parseFrom(frame).getBatch().toBuilder();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
