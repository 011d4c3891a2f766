package parallax.wire.state;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.model.Check;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.warning.AlertBookState;
import parallax.warning.AlertReference;
import parallax.warning.Evidence;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.AreaEntry;
import parallax.wire.proto.KeptAlertBook;
import parallax.wire.proto.KeptHistory;
import parallax.wire.proto.KeptReference;
import parallax.wire.proto.KeptStanding;
import parallax.wire.proto.KeptWarning;

/** The alerts of a nation as {@code parallax.v1.KeptAlertBook} messages. */
public final class WarningStateCodec {
  private WarningStateCodec() {}

  /** Encodes alerts. */
  public static byte[] encode(AlertBookState state) {
    return toProto(state).toByteArray();
  }

  /** Decodes alerts; throws {@link InvalidValueException} when the bytes are none. */
  public static AlertBookState decode(byte[] bytes) {
    return fromProto(WireFields.parse(KeptAlertBook.parser(), "kept alerts", bytes));
  }

  static KeptAlertBook toProto(AlertBookState state) {
    KeptAlertBook.Builder b = KeptAlertBook.newBuilder().addAllForgotten(state.forgotten());
    state.warnings().forEach((event, w) -> b.addWarnings(warning(event, w)));
    return b.build();
  }

  static AlertBookState fromProto(KeptAlertBook m) {
    SortedMap<String, AlertBookState.OfEvent> warnings = new TreeMap<>();
    for (KeptWarning w : m.getWarningsList()) {
      warnings.put(w.getEvent(), warning(w));
    }
    return new AlertBookState(warnings, new TreeSet<>(m.getForgottenList()));
  }

  private static KeptWarning warning(String event, AlertBookState.OfEvent w) {
    KeptWarning.Builder b =
        KeptWarning.newBuilder()
            .setEvent(event)
            .setSequence(w.sequence())
            .setClosed(w.closed())
            .setWithdrawn(w.withdrawn())
            .setSentNs(w.sentAt().nanos())
            .setAssessedNs(w.assessedAt().nanos())
            .setWindowsBehindNs(w.windowsBehindNs());
    w.histories().values().forEach(h -> b.addHistories(history(h)));
    w.references().forEach(r -> b.addReferences(reference(r)));
    w.standing().ifPresent(s -> b.setStanding(standing(s)));
    return b.build();
  }

  private static AlertBookState.OfEvent warning(KeptWarning w) {
    SortedMap<String, AlertBookState.History> histories = new TreeMap<>();
    for (KeptHistory h : w.getHistoriesList()) {
      histories.put(h.getRisk().getCode(), history(h));
    }
    return new AlertBookState.OfEvent(
        histories,
        w.getReferencesList().stream().map(WarningStateCodec::reference).toList(),
        w.hasStanding() ? Optional.of(standing(w.getStanding())) : Optional.empty(),
        count("sequence of a warning", w.getSequence()),
        w.getClosed(),
        w.getWithdrawn(),
        new UtcTime(w.getSentNs()),
        new UtcTime(w.getAssessedNs()),
        w.getWindowsBehindNs());
  }

  private static int count(String field, int value) {
    if (value < 0) {
      throw new InvalidValueException(field, Integer.toUnsignedString(value), "below 2^31");
    }
    return value;
  }

  private static KeptHistory history(AlertBookState.History h) {
    return KeptHistory.newBuilder()
        .setRisk(risk(h.risk()))
        .setSeen(h.seen())
        .setFirstSeenNs(h.firstSeen().nanos())
        .setMissed(h.missed())
        .setFirstMissedNs(h.firstMissed().nanos())
        .setConfirmed(h.confirmed())
        .build();
  }

  private static AlertBookState.History history(KeptHistory h) {
    return new AlertBookState.History(
        risk(h.getRisk()),
        count("assessments that named an area", h.getSeen()),
        new UtcTime(h.getFirstSeenNs()),
        count("assessments that did not name an area", h.getMissed()),
        new UtcTime(h.getFirstMissedNs()),
        h.getConfirmed());
  }

  private static AreaEntry risk(AlertBookState.Risk r) {
    return AreaEntry.newBuilder()
        .setCode(r.area())
        .setKind(WireNumbers.AREA_KIND.of(r.kind()))
        .setProbability(r.probability())
        .setEarliestNs(r.earliest().nanos())
        .setLatestNs(r.latest().nanos())
        .build();
  }

  private static AlertBookState.Risk risk(AreaEntry r) {
    return new AlertBookState.Risk(
        Check.text("area code", r.getCode(), 10),
        WireNumbers.AREA_KIND.value(r.getKind()),
        r.getProbability(),
        new UtcTime(r.getEarliestNs()),
        new UtcTime(r.getLatestNs()));
  }

  private static KeptReference reference(AlertReference r) {
    return KeptReference.newBuilder()
        .setSender(r.sender().code())
        .setIdentifier(r.identifier())
        .setSentNs(r.sent().nanos())
        .build();
  }

  private static AlertReference reference(KeptReference r) {
    return new AlertReference(
        new Nation(r.getSender()), r.getIdentifier(), new UtcTime(r.getSentNs()));
  }

  private static KeptStanding standing(AlertBookState.Standing s) {
    KeptStanding.Builder b =
        KeptStanding.newBuilder()
            .setIdentifier(s.identifier())
            .setType(WireNumbers.ALERT_TYPE.of(s.type()))
            .setSentNs(s.sent().nanos());
    s.areas().forEach(a -> b.addAreas(risk(a)));
    s.references().forEach(r -> b.addReferences(reference(r)));
    s.evidence().tracks().forEach(t -> b.addEvidence(WireFields.track(t)));
    return b.build();
  }

  private static AlertBookState.Standing standing(KeptStanding s) {
    List<AlertBookState.Risk> areas =
        s.getAreasList().stream().map(WarningStateCodec::risk).toList();
    if (areas.isEmpty()) {
      throw new InvalidValueException("areas of an alert that stands", "none", "at least one");
    }
    return new AlertBookState.Standing(
        Check.text("alert identifier", s.getIdentifier(), 200),
        WireNumbers.ALERT_TYPE.value(s.getType()),
        new UtcTime(s.getSentNs()),
        areas,
        s.getReferencesList().stream().map(WarningStateCodec::reference).toList(),
        new Evidence(s.getEvidenceList().stream().map(WireFields::track).toList()));
  }
}
