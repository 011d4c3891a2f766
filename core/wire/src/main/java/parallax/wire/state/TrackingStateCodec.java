package parallax.wire.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parallax.model.InvalidValueException;
import parallax.tracking.TrackerState;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.KeptTracker;

/**
 * The state of a tracker as a {@code parallax.v1.KeptTracker} message. The same state always gives
 * the same bytes; what is decoded lacks the beliefs that a tracker works out again, and gives the
 * same bytes, too.
 */
public final class TrackingStateCodec {
  private static final int VERSION = 1;

  private TrackingStateCodec() {}

  /** Encodes a state. */
  public static byte[] encode(TrackerState s) {
    SensorPlaces sensors = new SensorPlaces();
    TargetFields targets = new TargetFields(sensors);
    KeptTracker.Builder b =
        KeptTracker.newBuilder()
            .setVersion(VERSION)
            .setNextOrder(s.nextOrder())
            .setNextNumber(s.nextNumber())
            .setPlots(s.plots())
            .setErrors(errors(s.errors(), sensors));
    s.clockNs().ifPresent(b::setClockNs);
    s.newestPlotNs().ifPresent(b::setNewestPlotNs);
    for (TrackerState.Target t : s.targets()) {
      b.addTargets(targets.toProto(t));
    }
    return b.addAllSensors(sensors.listed()).build().toByteArray();
  }

  /** Decodes a state; throws {@link InvalidValueException} when the bytes are none. */
  public static TrackerState decode(byte[] bytes) {
    KeptTracker k = WireFields.parse(KeptTracker.parser(), "state of a tracker", bytes);
    if (k.getVersion() != VERSION) {
      throw new InvalidValueException(
          "version of a tracker's state", Integer.toUnsignedString(k.getVersion()), "" + VERSION);
    }
    SensorPlaces sensors = SensorPlaces.of(k.getSensorsList());
    TargetFields fields = new TargetFields(sensors);
    List<TrackerState.Target> targets = new ArrayList<>(k.getTargetsCount());
    for (KeptTracker.Target t : k.getTargetsList()) {
      targets.add(fields.fromProto(t));
    }
    return new TrackerState(
        k.getNextOrder(),
        k.getNextNumber(),
        k.getPlots(),
        k.hasClockNs() ? OptionalLong.of(k.getClockNs()) : OptionalLong.empty(),
        k.hasNewestPlotNs() ? OptionalLong.of(k.getNewestPlotNs()) : OptionalLong.empty(),
        errors(k.getErrors(), sensors),
        List.copyOf(targets));
  }

  private static KeptTracker.Errors errors(TrackerState.Errors e, SensorPlaces sensors) {
    KeptTracker.Errors.Builder b =
        KeptTracker.Errors.newBuilder()
            .setInUse(e.inUse())
            .setKnown(BeliefFields.toProto(e.known()))
            .setJudged(BeliefFields.toProto(e.judged()));
    for (TrackerState.Radar r : e.radars()) {
      b.addRadars(radar(r, sensors));
    }
    return b.build();
  }

  private static KeptTracker.Radar radar(TrackerState.Radar r, SensorPlaces sensors) {
    KeptTracker.Radar.Builder b =
        KeptTracker.Radar.newBuilder()
            .setSensor(sensors.of(r.id()))
            .setPairs(r.pairs())
            .addAllCompared(r.compared())
            .setMisfits(r.misfits())
            .setSeenApart(r.seenApart())
            .setAgreeing(r.agreeing())
            .setAside(r.aside())
            .addAllMaybe(r.maybe());
    if (r.inUseSince() != Long.MAX_VALUE) {
      b.setInUseSince(r.inUseSince());
    }
    r.doubt().ifPresent(e -> b.setDoubt(BeliefFields.toProto(e)));
    if (r.wrong().isPresent()) {
      TrackerState.WrongClock w = r.wrong().get();
      b.setWrong(KeptTracker.WrongClock.newBuilder().setKnown(w.known()).addAllGroup(w.group()));
    }
    return b.build();
  }

  private static TrackerState.Errors errors(KeptTracker.Errors e, SensorPlaces sensors) {
    List<TrackerState.Radar> radars = new ArrayList<>(e.getRadarsCount());
    for (KeptTracker.Radar r : e.getRadarsList()) {
      radars.add(
          new TrackerState.Radar(
              sensors.at(r.getSensor()),
              r.getPairs(),
              r.getComparedList(),
              r.getMisfits(),
              r.hasInUseSince() ? r.getInUseSince() : Long.MAX_VALUE,
              r.getSeenApart(),
              r.getAgreeing(),
              r.getAside(),
              r.hasDoubt() ? Optional.of(BeliefFields.fromProto(r.getDoubt())) : Optional.empty(),
              r.hasWrong()
                  ? Optional.of(
                      new TrackerState.WrongClock(
                          r.getWrong().getKnown(), r.getWrong().getGroupList()))
                  : Optional.empty(),
              r.getMaybeList()));
    }
    return new TrackerState.Errors(
        e.getInUse(),
        BeliefFields.fromProto(e.getKnown()),
        BeliefFields.fromProto(e.getJudged()),
        radars);
  }
}
