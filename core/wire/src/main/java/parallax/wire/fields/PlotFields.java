package parallax.wire.fields;

import java.util.OptionalDouble;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Plot;
import parallax.model.SensorId;
import parallax.model.UtcTime;
import parallax.wire.proto.InfraredMeasurement;
import parallax.wire.proto.RadarMeasurement;

/** Plots as {@code parallax.v1.Plot} messages. */
public final class PlotFields {
  private PlotFields() {}

  /** A plot as a message. */
  public static parallax.wire.proto.Plot toProto(Plot plot) {
    parallax.wire.proto.Plot.Builder b =
        parallax.wire.proto.Plot.newBuilder()
            .setSensorOwner(plot.sensor().owner().code())
            .setSensorName(plot.sensor().name())
            .setTimeNs(plot.timeOfValidity().nanos());
    switch (plot) {
      case Plot.RadarPlot r -> {
        RadarMeasurement.Builder m =
            RadarMeasurement.newBuilder()
                .setRangeM(r.rangeM())
                .setAzimuthRad(r.azimuthRad())
                .setElevationRad(r.elevationRad());
        r.rangeRateMps().ifPresent(m::setRangeRateMps);
        b.setRadar(m);
      }
      case Plot.InfraredPlot i ->
          b.setInfrared(
              InfraredMeasurement.newBuilder()
                  .addAllLineOfSight(WireFields.vector(i.lineOfSight())));
    }
    return b.build();
  }

  /** A plot of its message; throws {@link InvalidValueException} naming what is wrong. */
  public static Plot fromProto(parallax.wire.proto.Plot p) {
    SensorId sensor = new SensorId(new Nation(p.getSensorOwner()), p.getSensorName());
    UtcTime time = WireFields.time("plot time", p.getTimeNs());
    return switch (p.getMeasurementCase()) {
      case RADAR -> {
        RadarMeasurement r = p.getRadar();
        yield new Plot.RadarPlot(
            sensor,
            time,
            r.getRangeM(),
            r.getAzimuthRad(),
            r.getElevationRad(),
            r.hasRangeRateMps() ? OptionalDouble.of(r.getRangeRateMps()) : OptionalDouble.empty());
      }
      case INFRARED ->
          new Plot.InfraredPlot(
              sensor,
              time,
              WireFields.vector("line of sight", p.getInfrared().getLineOfSightList()));
      case MEASUREMENT_NOT_SET ->
          throw new InvalidValueException("measurement", "absent", "radar or infrared");
    };
  }
}
