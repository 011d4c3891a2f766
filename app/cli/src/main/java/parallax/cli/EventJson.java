package parallax.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import parallax.wire.NodeEvent;
import parallax.words.EventLines;

/** Events and lists as JSON, one object a line. */
final class EventJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EventJson() {}

  static String of(NodeEvent event, EventLines.Line l) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("event", event.id());
    m.put("time", l.at().toString());
    m.put("kind", l.kind());
    m.put("subject", l.subject());
    m.put("text", l.text());
    m.put("figures", l.figures());
    return of(m);
  }

  static String of(Map<String, Object> m) {
    try {
      return MAPPER.writeValueAsString(m);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
