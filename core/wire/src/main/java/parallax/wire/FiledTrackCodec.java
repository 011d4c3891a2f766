package parallax.wire;

import java.util.Optional;
import parallax.engine.FiledTrack;

/** Filed tracks as {@code parallax.v1.FiledTrack} messages. */
public final class FiledTrackCodec {
  private FiledTrackCodec() {}

  static parallax.wire.proto.FiledTrack toProto(FiledTrack t) {
    parallax.wire.proto.FiledTrack.Builder b =
        parallax.wire.proto.FiledTrack.newBuilder().setNumber(t.number());
    t.launch().ifPresent(l -> b.setLaunch(ProtoReportCodec.launch(l)));
    t.estimate().ifPresent(e -> b.setEstimate(ProtoReportCodec.path(e)));
    t.impact().ifPresent(i -> b.setImpact(ProtoReportCodec.impact(i)));
    return b.build();
  }

  static FiledTrack fromProto(parallax.wire.proto.FiledTrack t) {
    return new FiledTrack(
        t.getNumber(),
        t.hasLaunch() ? Optional.of(ProtoReportCodec.launch(t.getLaunch())) : Optional.empty(),
        t.hasEstimate() ? Optional.of(ProtoReportCodec.path(t.getEstimate())) : Optional.empty(),
        t.hasImpact() ? Optional.of(ProtoReportCodec.impact(t.getImpact())) : Optional.empty());
  }
}
