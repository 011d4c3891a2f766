package parallax.wire;

import java.util.Optional;
import parallax.engine.FiledTrack;
import parallax.wire.fields.ReportFields;

/** Filed tracks as {@code parallax.v1.FiledTrack} messages. */
public final class FiledTrackCodec {
  private FiledTrackCodec() {}

  static parallax.wire.proto.FiledTrack toProto(FiledTrack t) {
    parallax.wire.proto.FiledTrack.Builder b =
        parallax.wire.proto.FiledTrack.newBuilder().setNumber(t.number());
    t.launch().ifPresent(l -> b.setLaunch(ReportFields.launch(l)));
    t.estimate().ifPresent(e -> b.setEstimate(ReportFields.path(e)));
    t.impact().ifPresent(i -> b.setImpact(ReportFields.impact(i)));
    return b.build();
  }

  static FiledTrack fromProto(parallax.wire.proto.FiledTrack t) {
    return new FiledTrack(
        t.getNumber(),
        t.hasLaunch() ? Optional.of(ReportFields.TOLD.launch(t.getLaunch())) : Optional.empty(),
        t.hasEstimate() ? Optional.of(ReportFields.TOLD.path(t.getEstimate())) : Optional.empty(),
        t.hasImpact() ? Optional.of(ReportFields.TOLD.impact(t.getImpact())) : Optional.empty());
  }
}
