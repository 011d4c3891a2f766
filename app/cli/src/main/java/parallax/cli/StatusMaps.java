package parallax.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import parallax.engine.NoticeProgress;
import parallax.link.LinkHealth;
import parallax.model.UtcTime;
import parallax.wire.FeedStatus;
import parallax.wire.OrderCodec;
import parallax.wire.PartnerLog;

/** How a node is, for programs. */
final class StatusMaps {
  private StatusMaps() {}

  static List<Map<String, Object>> of(OrderCodec.Answer a) {
    List<Map<String, Object>> all = new ArrayList<>();
    a.streams().forEach(h -> all.add(map(h)));
    a.notices().forEach(n -> all.add(map(n)));
    a.logs().forEach(l -> all.add(map(l)));
    a.feeds().forEach(f -> all.add(map(f)));
    return all;
  }

  private static Map<String, Object> map(LinkHealth h) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("stream", h.stream().toString());
    m.put("state", h.state().name());
    m.put("acknowledged", h.acknowledged());
    m.put("highWaterMark", h.highWaterMark());
    m.put("lag", h.lag());
    m.put("waitingBytes", h.waitingBytes());
    m.put("suspendedHere", h.suspendedHere());
    m.put("suspendedByPartner", h.suspendedByPartner());
    m.put("setAside", h.notUsed().total());
    m.put("lastSetAside", h.notUsed().lastSeq());
    m.put("lastSetAsideReason", h.notUsed().lastReason());
    LinkHealth.Counts c = h.counts();
    m.put("connections", c.connections());
    m.put("batches", c.batches());
    m.put("records", c.records());
    m.put("bytes", c.bytes());
    m.put("repeated", c.repeated());
    m.put("folded", c.folded());
    m.put("lost", c.lost());
    m.put("violations", c.violations());
    m.put("refusals", c.refusals());
    List<Map<String, Object>> paths = new ArrayList<>();
    h.paths()
        .forEach(
            (peer, p) -> {
              Map<String, Object> path = new LinkedHashMap<>();
              path.put("peer", peer.code());
              path.put("state", p.state().name());
              path.put("lastHeard", time(p.lastHeardNs()));
              path.put("roundTripMs", millis(p.roundTripNs()));
              path.put("clockOffsetMs", millis(p.clockOffsetNs()));
              paths.add(path);
            });
    m.put("paths", paths);
    return m;
  }

  private static Map<String, Object> map(NoticeProgress n) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("noticeOn", n.track().toString());
    m.put("partner", n.partner().code());
    m.put("seq", n.seq());
    m.put("state", n.state().name());
    m.put("reason", n.reason());
    return m;
  }

  private static Map<String, Object> map(FeedStatus f) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("feed", f.feed());
    m.put("durable", f.durable());
    m.put("notUsed", f.notUsed());
    m.put("lastReason", f.lastReason());
    return m;
  }

  private static Map<String, Object> map(PartnerLog l) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("log", l.partner().code());
    m.put("verdict", l.verdict());
    m.put("good", l.good());
    m.put("origin", l.origin());
    m.put("size", l.size());
    m.put("taken", time(l.takenNs()));
    m.put("contradictions", l.contradictions());
    m.put("refused", l.refused());
    m.put("detail", l.detail());
    return m;
  }

  private static @Nullable String time(OptionalLong ns) {
    return ns.isPresent() ? new UtcTime(ns.getAsLong()).toString() : null;
  }

  private static @Nullable Double millis(OptionalLong ns) {
    return ns.isPresent() ? ns.getAsLong() / 1e6 : null;
  }
}
