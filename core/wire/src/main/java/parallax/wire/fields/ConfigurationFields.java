package parallax.wire.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import parallax.engine.NodeConfiguration;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.model.SensorId;
import parallax.release.AgreementSignature;
import parallax.release.MalformedFileException;
import parallax.release.SignedAgreement;
import parallax.signing.VerificationKey;
import parallax.wire.proto.Configured;
import parallax.wire.proto.InfraredEntry;
import parallax.wire.proto.RadarEntry;
import parallax.wire.proto.SensorEntry;

/** Configurations as {@code parallax.v1.Configured} messages. */
public final class ConfigurationFields {
  private ConfigurationFields() {}

  /** A configuration as a message. */
  public static Configured toProto(NodeConfiguration c) {
    Configured.Builder b =
        Configured.newBuilder()
            .setNation(c.nation().code())
            .setChannel(WireFields.channel(c.channel()))
            .setAgreementName(c.agreement().sourceName())
            .setAgreement(WireFields.bytes(c.agreement().bytes()))
            .setOwnKey(WireFields.bytes(c.ownKey().bytes()))
            .setPolicy(c.policy());
    c.agreement().signatures().values().forEach(s -> b.addAgreementSignatures(s.format()));
    c.agreementKeys().forEach((n, k) -> b.addAgreementKeys(key(n, k)));
    c.linkKeys().forEach((n, k) -> b.addLinkKeys(key(n, k)));
    c.sensors().forEach(s -> b.addSensors(sensor(s)));
    return b.build();
  }

  /** A nation and its key as a message. */
  public static parallax.wire.proto.NationKey key(Nation n, VerificationKey k) {
    return parallax.wire.proto.NationKey.newBuilder()
        .setNation(n.code())
        .setKey(WireFields.bytes(k.bytes()))
        .build();
  }

  /** Keys by nation of their messages. */
  public static SortedMap<Nation, VerificationKey> keys(
      List<parallax.wire.proto.NationKey> keys, KeysIn in) {
    SortedMap<Nation, VerificationKey> out = new TreeMap<>();
    for (var k : keys) {
      out.put(new Nation(k.getNation()), in.key("key of " + k.getNation(), k.getKey()));
    }
    return out;
  }

  /** A party's signatures of their file form. */
  public static AgreementSignature signature(String text) {
    try {
      return AgreementSignature.parse(text, "journal");
    } catch (MalformedFileException e) {
      throw new InvalidValueException(
          "signature of the agreement", String.valueOf(e.getMessage()), "its file form");
    }
  }

  /** A configuration of its message; throws {@link InvalidValueException} naming what is wrong. */
  public static NodeConfiguration fromProto(Configured c, KeysIn keys) {
    List<AgreementSignature> signatures = new ArrayList<>();
    for (String s : c.getAgreementSignaturesList()) {
      signatures.add(signature(s));
    }
    List<Sensor> sensors = new ArrayList<>();
    for (SensorEntry s : c.getSensorsList()) {
      sensors.add(sensor(s));
    }
    return new NodeConfiguration(
        new Nation(c.getNation()),
        WireFields.channel(c.getChannel()),
        new SignedAgreement(c.getAgreement().toByteArray(), c.getAgreementName(), signatures),
        keys(c.getAgreementKeysList(), keys),
        keys.key("own key", c.getOwnKey()),
        keys(c.getLinkKeysList(), keys),
        c.getPolicy(),
        sensors);
  }

  /** A sensor as a message. */
  public static SensorEntry sensor(Sensor s) {
    SensorEntry.Builder b =
        SensorEntry.newBuilder()
            .setOwner(s.id().owner().code())
            .setName(s.id().name())
            .setPosition(WireFields.place(s.position()))
            .setScanPeriodS(s.scanPeriodS())
            .setDetectionProbability(s.detectionProbability());
    switch (s) {
      case Sensor.Radar r ->
          b.setRadar(
              RadarEntry.newBuilder()
                  .setMaxRangeM(r.maxRangeM())
                  .setMinElevationRad(r.minElevationRad())
                  .setRangeSigmaM(r.rangeSigmaM())
                  .setAzimuthSigmaRad(r.azimuthSigmaRad())
                  .setElevationSigmaRad(r.elevationSigmaRad())
                  .setRangeRateSigmaMps(r.rangeRateSigmaMps()));
      case Sensor.InfraredSatellite i ->
          b.setInfrared(InfraredEntry.newBuilder().setLineOfSightSigmaRad(i.lineOfSightSigmaRad()));
    }
    return b.build();
  }

  /** A sensor of its message. */
  public static Sensor sensor(SensorEntry s) {
    SensorId id = new SensorId(new Nation(s.getOwner()), s.getName());
    return switch (s.getKindCase()) {
      case RADAR ->
          new Sensor.Radar(
              id,
              WireFields.place(s.getPosition()),
              s.getScanPeriodS(),
              s.getDetectionProbability(),
              s.getRadar().getMaxRangeM(),
              s.getRadar().getMinElevationRad(),
              s.getRadar().getRangeSigmaM(),
              s.getRadar().getAzimuthSigmaRad(),
              s.getRadar().getElevationSigmaRad(),
              s.getRadar().getRangeRateSigmaMps());
      case INFRARED ->
          new Sensor.InfraredSatellite(
              id,
              WireFields.place(s.getPosition()),
              s.getScanPeriodS(),
              s.getDetectionProbability(),
              s.getInfrared().getLineOfSightSigmaRad());
      case KIND_NOT_SET ->
          throw new InvalidValueException("sensor kind", "absent", "radar or infrared");
    };
  }
}
