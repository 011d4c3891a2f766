package parallax.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.warning.AdministrativeArea;
import parallax.warning.Alert;
import parallax.warning.AlertAction;
import parallax.warning.AlertReference;
import parallax.warning.AlertText;
import parallax.warning.AreaAtRisk;
import parallax.warning.Evidence;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.AreaEntry;
import parallax.wire.proto.EarlierAlert;
import parallax.wire.proto.RaisedAlert;
import parallax.wire.proto.WarningText;

/** Messages of an alert's life ({@code parallax.v1.RaisedAlert}). */
final class AlertCodec {
  private AlertCodec() {}

  static RaisedAlert toProto(AlertAction action) {
    int number =
        switch (action) {
          case AlertAction.Issue i -> 0;
          case AlertAction.Update u -> 1;
          case AlertAction.Cancel c -> 2;
          case AlertAction.AllClear c -> 3;
        };
    Alert a = action.alert();
    RaisedAlert.Builder b =
        RaisedAlert.newBuilder()
            .setAction(number)
            .setIdentifier(a.identifier())
            .setChannel(WireFields.channel(a.channel()))
            .setSender(a.sender().code())
            .setEventKey(a.eventKey())
            .setSentNs(a.sent().nanos());
    a.areas().forEach(x -> b.addAreas(area(x)));
    for (AlertReference r : a.references()) {
      b.addReferences(
          EarlierAlert.newBuilder()
              .setSender(r.sender().code())
              .setIdentifier(r.identifier())
              .setSentNs(r.sent().nanos()));
    }
    a.evidence().tracks().forEach(t -> b.addEvidence(WireFields.track(t)));
    for (AlertText t : a.texts()) {
      b.addTexts(
          WarningText.newBuilder()
              .setLanguage(t.language())
              .setEvent(t.event())
              .setHeadline(t.headline())
              .setDescription(t.description())
              .setInstruction(t.instruction()));
    }
    return b.build();
  }

  /**
   * The message as it was made. An area that the catalogue no longer has is left out.
   *
   * @param areas finds an area by its code
   */
  static AlertAction fromProto(
      RaisedAlert a, Function<String, Optional<AdministrativeArea>> areas) {
    List<AlertReference> references = new ArrayList<>();
    for (EarlierAlert r : a.getReferencesList()) {
      references.add(
          new AlertReference(
              new Nation(r.getSender()), r.getIdentifier(), new UtcTime(r.getSentNs())));
    }
    List<AlertText> texts = new ArrayList<>();
    for (WarningText t : a.getTextsList()) {
      texts.add(
          new AlertText(
              t.getLanguage(),
              t.getEvent(),
              t.getHeadline(),
              t.getDescription(),
              t.getInstruction()));
    }
    Alert alert =
        new Alert(
            a.getIdentifier(),
            WireFields.channel(a.getChannel()),
            new Nation(a.getSender()),
            a.getEventKey(),
            type(a.getAction()),
            new UtcTime(a.getSentNs()),
            areas(a.getAreasList(), areas),
            references,
            new Evidence(a.getEvidenceList().stream().map(WireFields::track).toList()),
            texts);
    return switch (alert.messageType()) {
      case ALERT -> new AlertAction.Issue(alert);
      case UPDATE -> new AlertAction.Update(alert);
      case CANCEL -> new AlertAction.Cancel(alert);
      case ALL_CLEAR -> new AlertAction.AllClear(alert);
    };
  }

  private static Alert.MessageType type(int action) {
    return switch (action) {
      case 0 -> Alert.MessageType.ALERT;
      case 1 -> Alert.MessageType.UPDATE;
      case 2 -> Alert.MessageType.CANCEL;
      case 3 -> Alert.MessageType.ALL_CLEAR;
      default -> throw new InvalidValueException("alert action", action, "0 to 3");
    };
  }

  static AreaEntry area(AreaAtRisk a) {
    return AreaEntry.newBuilder()
        .setCode(a.area().code())
        .setKind(WireNumbers.AREA_KIND.of(a.kind()))
        .setProbability(a.probability())
        .setEarliestNs(a.earliest().nanos())
        .setLatestNs(a.latest().nanos())
        .build();
  }

  private static List<AreaAtRisk> areas(
      List<AreaEntry> entries, Function<String, Optional<AdministrativeArea>> known) {
    List<AreaAtRisk> out = new ArrayList<>();
    for (AreaEntry e : entries) {
      known
          .apply(e.getCode())
          .ifPresent(
              area ->
                  out.add(
                      new AreaAtRisk(
                          area,
                          WireNumbers.AREA_KIND.value(e.getKind()),
                          e.getProbability(),
                          new UtcTime(e.getEarliestNs()),
                          new UtcTime(e.getLatestNs()))));
    }
    return out;
  }
}
