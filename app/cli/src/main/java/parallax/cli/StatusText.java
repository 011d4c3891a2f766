package parallax.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import parallax.engine.NoticeProgress;
import parallax.link.LinkHealth;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.wire.FeedStatus;
import parallax.wire.OrderCodec;
import parallax.wire.PartnerLog;

/** How a node is, as an operator reads it. */
final class StatusText {
  private static final String FORMAT = "%-15s %-9s %10s %10s %7s %8s %5s %9s %10s %10s %17s  %s";

  private StatusText() {}

  static List<String> lines(OrderCodec.Answer a) {
    List<String> out = new ArrayList<>();
    out.add(
        String.format(
                Locale.ROOT,
                FORMAT,
                "stream",
                "state",
                "received",
                "numbered",
                "behind",
                "replaced",
                "lost",
                "set aside",
                "waiting",
                "round trip",
                "partner's clock",
                "")
            .stripTrailing());
    a.streams().forEach(h -> out.add(stream(h)));
    for (LinkHealth h : a.streams()) {
      if (h.notUsed().total() > 0) {
        out.add(notUsed(h));
      }
    }
    a.notices().forEach(n -> out.add(notice(n)));
    a.feeds().forEach(f -> out.add(feed(f)));
    a.logs().forEach(l -> out.add(log(l)));
    return out;
  }

  private static String stream(LinkHealth h) {
    List<String> notes = new ArrayList<>();
    if (h.suspendedHere()) {
      notes.add("suspended here");
    }
    if (h.suspendedByPartner()) {
      notes.add("suspended by the partner");
    }
    if (h.counts().violations() > 0) {
      notes.add(h.counts().violations() + " violations");
    }
    LinkHealth.PathHealth best = null;
    for (Map.Entry<Nation, LinkHealth.PathHealth> p : h.paths().entrySet()) {
      if (!h.stream().ends(p.getKey())) {
        notes.add("by " + p.getKey() + " " + p.getValue().state());
      }
      best = p.getValue().state() == h.state() ? p.getValue() : best;
    }
    return String.format(
            Locale.ROOT,
            FORMAT,
            h.stream(),
            h.state(),
            h.acknowledged(),
            h.highWaterMark(),
            h.lag(),
            h.counts().folded(),
            h.counts().lost(),
            h.notUsed().total(),
            h.waitingBytes() + " B",
            best == null ? "" : millis(best.roundTripNs()),
            best == null ? "" : clock(best),
            String.join(", ", notes))
        .stripTrailing();
  }

  private static String millis(OptionalLong ns) {
    return ns.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f ms", ns.getAsLong() / 1e6);
  }

  /** Partner's clock minus this node's, and how far that may be wrong. */
  private static String clock(LinkHealth.PathHealth p) {
    return p.clockOffsetNs().isEmpty() || p.roundTripNs().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "%+.2f +- %.2f ms",
            p.clockOffsetNs().getAsLong() / 1e6,
            p.roundTripNs().getAsLong() / 2e6);
  }

  private static String notUsed(LinkHealth h) {
    return h.stream()
        + ": "
        + h.stream().recipient()
        + " set aside "
        + h.notUsed().total()
        + "; the last, record "
        + h.notUsed().lastSeq()
        + ", because: "
        + h.notUsed().lastReason();
  }

  static String notice(NoticeProgress n) {
    String which = "notice on " + n.track() + " (record " + n.seq() + "): " + n.partner();
    return switch (n.state()) {
      case UNDER_WAY -> which + " has not said yet that it holds it";
      case APPLIED -> which + " has applied it";
      case SET_ASIDE -> which + " has NOT applied it: " + n.reason();
      case UNKNOWN -> which + " may not have applied it: ask it";
    };
  }

  private static String feed(FeedStatus f) {
    return String.format(
        Locale.ROOT,
        "%-15s taken in to %d, not used %d%s",
        "feed " + f.feed(),
        f.durable(),
        f.notUsed(),
        f.lastReason().isEmpty() ? "" : "; the last because: " + f.lastReason());
  }

  private static String log(PartnerLog l) {
    return String.format(
        Locale.ROOT,
        "%-15s %-9s %10d entries%s%s%s",
        l.partner() + " log",
        l.verdict().isEmpty() ? "NOT SHOWN" : l.good() ? "GOOD" : l.verdict(),
        l.size(),
        l.takenNs().isEmpty() ? "" : ", taken " + new UtcTime(l.takenNs().getAsLong()),
        l.contradictions() == 0 ? "" : ", " + l.contradictions() + " CONTRADICTIONS KEPT",
        l.good() ? "" : ": " + l.detail());
  }
}
