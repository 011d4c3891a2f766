package parallax.release;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parallax.model.Channel;
import parallax.model.FlightPhase;
import parallax.model.ThreatClass;
import parallax.model.TrackStatus;

/**
 * What the {@code when} of a rule may name: the name as written, its type, and the words it can
 * have.
 */
enum Variable {
  DATA_CLASS("record.dataClass", Agreement.LISTED_CLASSES),
  STATUS("record.status", List.of(TrackStatus.values())),
  PHASE("record.phase", List.of(FlightPhase.values())),
  THREAT_CLASS("record.threatClass", List.of(ThreatClass.values())),
  RECORD_AGE_S("record.ageS"),
  RECORD_SIGMA_KM("record.sigmaKm"),
  RECORD_ALTITUDE_KM("record.altitudeKm"),
  RECORD_SPEED_KMPS("record.speedKmps"),
  LAUNCH_LATITUDE_DEG("launch.latitudeDeg"),
  LAUNCH_LONGITUDE_DEG("launch.longitudeDeg"),
  LAUNCH_SIGMA_KM("launch.sigmaKm"),
  LAUNCH_AGE_S("launch.ageS"),
  IMPACT_LATITUDE_DEG("impact.latitudeDeg"),
  IMPACT_LONGITUDE_DEG("impact.longitudeDeg"),
  IMPACT_SIGMA_KM("impact.sigmaKm"),
  IMPACT_IN_S("impact.inS"),
  CHANNEL("channel", List.of(Channel.values())),
  /** Its words are the nation's partners, which are known when the policy is read. */
  PARTNER("partner", List.of());

  private static final Map<String, Variable> BY_NAME = new HashMap<>();

  static {
    for (Variable v : values()) {
      BY_NAME.put(v.written, v);
    }
  }

  private final String written;
  private final CelType type;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.copyOf
  private final List<String> words;

  Variable(String written) {
    this.written = written;
    this.type = SimpleType.DOUBLE;
    this.words = List.of();
  }

  Variable(String written, List<? extends Enum<?>> words) {
    this.written = written;
    this.type = SimpleType.STRING;
    List<String> names = new ArrayList<>();
    words.forEach(w -> names.add(w.name()));
    this.words = List.copyOf(names);
  }

  /** The name in an expression. */
  String written() {
    return written;
  }

  CelType type() {
    return type;
  }

  /** The only texts it can have; empty for a number and for a partner. */
  List<String> words() {
    return words;
  }

  /** The variable so written, or null. */
  static @Nullable Variable of(String written) {
    return BY_NAME.get(written);
  }

  /** All names as written. */
  static List<String> names() {
    return Arrays.stream(values()).map(Variable::written).toList();
  }
}
