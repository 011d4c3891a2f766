package parallax.formats.cap;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.warning.Alert;
import parallax.warning.Alert.MessageType;
import parallax.warning.AlertReference;
import parallax.warning.AlertText;
import parallax.warning.AreaAtRisk;

/**
 * Writes an alert as a CAP 1.2 document.
 *
 * <table>
 *   <caption>How an alert becomes CAP</caption>
 *   <tr><th>element</th><th>from</th></tr>
 *   <tr><td>status</td><td>the channel: REAL Actual, EXERCISE Exercise, TEST Test</td></tr>
 *   <tr><td>scope</td><td>Public for Actual; otherwise Restricted, with the restriction said, so
 *       that no public gateway forwards a drill</td></tr>
 *   <tr><td>msgType</td><td>Alert, Update, Cancel; an all-clear is an Update whose response type is
 *       AllClear</td></tr>
 *   <tr><td>references</td><td>sender,identifier,sent of every earlier message</td></tr>
 *   <tr><td>info</td><td>one for each language, the same facts in each</td></tr>
 *   <tr><td>urgency, severity, certainty</td><td>Immediate; Extreme where it may come down, Severe
 *       under its path; Likely above a probability of one half, otherwise Possible</td></tr>
 *   <tr><td>area</td><td>one for each area, with its outer rings and its codes</td></tr>
 * </table>
 */
public final class CapWriter {
  /** Namespace of CAP 1.2. */
  public static final String NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2";

  /** Time for which a message stays in force after its last window, seconds. */
  private static final double GRACE_S = 600;

  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private CapWriter() {}

  /** The document in UTF-8. */
  public static byte[] write(Alert alert) {
    return toXml(alert).getBytes(StandardCharsets.UTF_8);
  }

  /** The document as text. */
  public static String toXml(Alert alert) {
    StringWriter out = new StringWriter(64 * 1024);
    try {
      CapElements x = new CapElements(FACTORY.createXMLStreamWriter(out));
      document(x, alert);
      x.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toString();
  }

  /** The {@code sender} of a nation's messages: notional, under the reserved domain example. */
  public static String sender(Nation nation) {
    return "warning@" + nation.code().toLowerCase(Locale.ROOT) + ".parallax.example";
  }

  private static void document(CapElements x, Alert alert) throws XMLStreamException {
    x.begin("alert", NAMESPACE);
    x.text("identifier", token("identifier", alert.identifier()));
    x.text("sender", sender(alert.sender()));
    x.text("sent", CapTime.of(alert.sent(), alert.sender()));
    x.text("status", status(alert.channel()));
    x.text("msgType", messageType(alert.messageType()));
    x.text("source", "Parallax");
    scope(x, alert.channel());
    references(x, alert.references());
    x.text("incidents", token("event key", alert.eventKey()));
    for (AlertText text : alert.texts()) {
      info(x, alert, text);
    }
    x.end();
  }

  /** The status that a channel has in CAP. */
  static String status(Channel channel) {
    return switch (channel) {
      case REAL -> "Actual";
      case EXERCISE -> "Exercise";
      case TEST -> "Test";
    };
  }

  private static String messageType(MessageType type) {
    return switch (type) {
      case ALERT -> "Alert";
      case UPDATE, ALL_CLEAR -> "Update";
      case CANCEL -> "Cancel";
    };
  }

  private static void scope(CapElements x, Channel channel) throws XMLStreamException {
    switch (channel) {
      case REAL -> x.text("scope", "Public");
      case EXERCISE -> {
        x.text("scope", "Restricted");
        x.text("restriction", "Participants of the exercise only; not for the public");
        x.text("note", "Exercise: nothing described here is real");
      }
      case TEST -> {
        x.text("scope", "Restricted");
        x.text("restriction", "Maintainers of the system only; not for the public");
        x.text("note", "Test of equipment: nothing described here is real");
      }
    }
  }

  private static void references(CapElements x, List<AlertReference> references)
      throws XMLStreamException {
    if (references.isEmpty()) {
      return;
    }
    StringBuilder b = new StringBuilder();
    for (AlertReference r : references) {
      b.append(b.isEmpty() ? "" : " ")
          .append(sender(r.sender()))
          .append(',')
          .append(token("referenced identifier", r.identifier()))
          .append(',')
          .append(CapTime.of(r.sent(), r.sender()));
    }
    x.text("references", b.toString());
  }

  private static void info(CapElements x, Alert alert, AlertText text) throws XMLStreamException {
    boolean danger =
        alert.messageType() == MessageType.ALERT || alert.messageType() == MessageType.UPDATE;
    x.begin("info");
    x.text("language", text.language());
    x.text("category", "Safety");
    x.text("category", "Security");
    x.text("event", text.event());
    x.text("responseType", danger ? "Shelter" : "AllClear");
    x.text("urgency", danger ? "Immediate" : "Past");
    x.text("severity", danger ? severity(alert.areas()) : "Minor");
    x.text("certainty", danger ? certainty(alert.areas()) : "Unlikely");
    if (alert.sender().equals(Nation.USA)) {
      // 47 CFR 11.31: civil danger warning; practice or demonstration.
      x.named("eventCode", "SAME", alert.channel() == Channel.REAL ? "CDW" : "DMO");
    }
    CapWindow window = CapWindow.of(alert, GRACE_S);
    x.text("effective", CapTime.of(alert.sent(), alert.sender()));
    if (danger) {
      x.text("onset", CapTime.of(window.onset(), alert.sender()));
    }
    x.text("expires", CapTime.of(window.expires(), alert.sender()));
    x.text("senderName", "Parallax " + alert.sender().code());
    x.text("headline", text.headline());
    x.text("description", text.description());
    x.text("instruction", text.instruction());
    x.named("parameter", "EvidenceOriginators", alert.evidence().originators().size() + "");
    if (danger) {
      for (AreaAtRisk r : alert.areas()) {
        x.named("parameter", "ArrivalWindow", arrival(r, alert.sender()));
      }
    }
    for (AreaAtRisk r : alert.areas()) {
      CapArea.write(x, r.area(), text.language());
    }
    x.end();
  }

  private static String severity(List<AreaAtRisk> areas) {
    return areas.stream().anyMatch(r -> r.kind() == AreaAtRisk.Kind.IMPACT) ? "Extreme" : "Severe";
  }

  private static String certainty(List<AreaAtRisk> areas) {
    return areas.stream().anyMatch(r -> r.probability() > 0.5) ? "Likely" : "Possible";
  }

  /** For machines: code, kind, start/end. */
  private static String arrival(AreaAtRisk r, Nation sender) {
    return r.area().code()
        + " "
        + r.kind()
        + " "
        + CapTime.of(r.earliest(), sender)
        + "/"
        + CapTime.of(r.latest(), sender);
  }

  /** CAP forbids spaces, commas, {@code <} and {@code &} in names of messages and incidents. */
  private static String token(String field, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == ',' || c == '<' || c == '&') {
        throw new InvalidValueException(
            field, "'" + value + "'", "no space, comma, < or & (CAP 1.2)");
      }
    }
    return value;
  }
}
