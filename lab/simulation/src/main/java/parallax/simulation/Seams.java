package parallax.simulation;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import parallax.engine.Effect;
import parallax.engine.Engine;
import parallax.engine.EngineState;
import parallax.engine.Input;
import parallax.engine.Order;
import parallax.engine.ReportCodec;
import parallax.link.Frame;
import parallax.link.LinkHealth;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Channel;
import parallax.model.Covariance;
import parallax.model.Geodetic;
import parallax.model.LaunchPointEstimate;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.UtcTime;
import parallax.runtime.Runner;
import parallax.wire.InputCodec;
import parallax.wire.ProtoReportCodec;

/** The places of a simulated node where a bug on purpose changes what it does. */
final class Seams {
  private final @Nullable InjectedBug bug;
  private final Nation nation;
  private final boolean judged;
  private final SortedMap<StreamId, Long> everSent = new TreeMap<>();
  private final SortedMap<Nation, Long> withheld = new TreeMap<>();

  /** Inputs that a buggy node does not journal, in hexadecimal. */
  private final TreeSet<String> leftOut = new TreeSet<>();

  Seams(@Nullable InjectedBug bug, Nation nation, boolean judged) {
    this.bug = bug;
    this.nation = nation;
    this.judged = judged;
  }

  ReportCodec codec() {
    return switch (bug) {
      case LATE_DATA_AFTER_RECALL -> new FalseCodec(Seams::ofLongAgo);
      case SKIP_INBOUND_CHECK -> new FalseCodec(Seams::fromInside);
      case null, default -> judged ? new ProtoReportCodec() : new FaultyCodec();
    };
  }

  /** Fails on some reports, as software with a fault in it would; always on the same ones. */
  private static final class FaultyCodec implements ReportCodec {
    private static final ProtoReportCodec CODEC = new ProtoReportCodec();

    @Override
    public byte[] encode(Report report) {
      if (report instanceof Report.ImpactReport i && i.header().track().number() % 3 == 0) {
        throw new IllegalStateException("a fault on purpose");
      }
      return CODEC.encode(report);
    }

    @Override
    public Report decode(byte[] record) {
      return CODEC.decode(record);
    }
  }

  /** A recall as one of long ago. */
  private static Report ofLongAgo(Report r) {
    return r instanceof Report.Recall c
        ? new Report.Recall(
            c.header(), Optional.of(Report.DataClass.LAUNCH_POINT), new UtcTime(0), c.reason())
        : r;
  }

  /** A launch as one from inside the agreed regions. */
  private static Report fromInside(Report r) {
    return r instanceof Report.LaunchReport l
        ? new Report.LaunchReport(
            l.header(),
            new LaunchPointEstimate(
                Geodetic.ofDegrees(39.4, 125.8, 0),
                Covariance.diagonal(1e6, 1e6),
                l.launch().time(),
                l.launch().timeSigmaS()))
        : r;
  }

  /** Reads something else than was written. */
  private record FalseCodec(UnaryOperator<Report> reads) implements ReportCodec {
    private static final ProtoReportCodec CODEC = new ProtoReportCodec();

    @Override
    public byte[] encode(Report report) {
      return CODEC.encode(report);
    }

    @Override
    public Report decode(byte[] record) {
      return reads.apply(CODEC.decode(record));
    }
  }

  /** What was decoded of the state of an engine, as a buggy node takes it. */
  EngineState decoded(EngineState state) {
    return bug == null
        ? state
        : bug.forgets().map(part -> Forgetting.of(state, part)).orElse(state);
  }

  void beforeStart(SimJournal disk) {
    if (bug == InjectedBug.REUSE_NUMBER_AFTER_RESTART) {
      disk.forgetNumbers();
    }
  }

  /** What a buggy node does by itself after a start. */
  List<Input> afterStart(World world, Engine engine) {
    List<Input> out = new ArrayList<>();
    if (bug == InjectedBug.FORGET_SUSPENSION_ON_RESTART) {
      for (LinkHealth h : engine.health()) {
        StreamId s = h.stream();
        if (h.suspendedHere() && s.originator().equals(nation)) {
          out.add(order(new Order.Resume(s.recipient(), Order.Backfill.ALL, Optional.empty())));
        }
      }
    } else if (bug == InjectedBug.ACCEPT_WRONG_CHANNEL_KEY) {
      for (Nation p : world.topology().partners(nation)) {
        for (Channel c : Channel.values()) {
          out.add(order(new Order.TrustKey(p, Keys.stream(p, c, 0).key())));
        }
      }
    }
    return out;
  }

  private static Input order(Order order) {
    return new Input.Ordered("bug", order);
  }

  List<Input> afterOrder(Effect.OrderAnswered answer) {
    return bug == InjectedBug.FORGET_REVOCATION
            && answer.done()
            && answer.order() instanceof Order.RevokeKey r
        ? List.of(order(new Order.TrustKey(r.partner(), r.key())))
        : List.of();
  }

  /** What the engine gave, as a buggy node would have given it. */
  List<Runner.Done> stepped(List<Runner.Done> done) {
    for (Runner.Done d : done) {
      for (Effect e : d.effects()) {
        if (e instanceof Effect.DecisionRecorded r && !r.released()) {
          withheld.merge(r.partner(), 1L, Long::sum);
        }
      }
    }
    if (bug == InjectedBug.LEAVE_OUT_TICKS || bug == InjectedBug.LEAVE_OUT_RECEIPTS) {
      leftOut.clear();
      done.stream()
          .filter(this::leavesOut)
          .forEach(d -> leftOut.add(HexFormat.of().formatHex(InputCodec.encode(d.input()))));
    }
    if (bug != InjectedBug.DELIVER_TWICE && bug != InjectedBug.SILENT_RETENTION_DROP) {
      return done;
    }
    List<Runner.Done> out = new ArrayList<>();
    for (Runner.Done d : done) {
      List<Effect> effects = new ArrayList<>();
      for (Effect e : d.effects()) {
        boolean drop = bug == InjectedBug.SILENT_RETENTION_DROP && e instanceof Effect.GapRecorded;
        if (!drop) {
          effects.add(e);
        }
        if (bug == InjectedBug.DELIVER_TWICE && e instanceof Effect.RecordsTaken) {
          effects.add(e);
        }
      }
      out.add(new Runner.Done(d.input(), effects));
    }
    return out;
  }

  private boolean leavesOut(Runner.Done d) {
    Input input = d.input().input();
    return d.effects().isEmpty()
        && (bug == InjectedBug.LEAVE_OUT_TICKS
            ? input instanceof Input.Tick
            : input instanceof Input.FrameReceived f && f.frame() instanceof Frame.Ack);
  }

  /** Whether a node journals an input. */
  boolean journals(byte[] input) {
    return bug == InjectedBug.FORGET_QUIET_TIME
        ? !(InputCodec.decode(input).input() instanceof Input.Quiet)
        : leftOut.isEmpty() || !leftOut.contains(HexFormat.of().formatHex(input));
  }

  boolean sendsEarly() {
    return bug == InjectedBug.SEND_BEFORE_APPEND || bug == InjectedBug.ACK_BEFORE_DURABLE;
  }

  boolean leavesEarly(Frame frame) {
    return bug == InjectedBug.SEND_BEFORE_APPEND
        ? frame instanceof Frame.Batch
        : frame instanceof Frame.Ack;
  }

  /** What leaves in place of a frame. */
  Optional<Frame> leaving(Wire wire, Frame frame, Nation from) {
    if (bug == InjectedBug.RELAY_HOLDS_BACK
        && frame instanceof Frame.Batch
        && !wire.stream().ends(from)) {
      return Optional.empty();
    }
    if (frame instanceof Frame.Batch b && bug == InjectedBug.DROP_RESEND) {
      long before = everSent.getOrDefault(wire.stream(), 0L);
      everSent.put(wire.stream(), Math.max(before, b.lastSeq()));
      return b.firstSeq() <= before ? Optional.empty() : Optional.of(frame);
    }
    if (frame instanceof Frame.Heartbeat h
        && bug == InjectedBug.LEAK_WITHHELD_NUMBER
        && wire.stream().originator().equals(from)) {
      long more = withheld.getOrDefault(wire.stream().recipient(), 0L);
      return Optional.of(new Frame.Heartbeat(h.highWaterMark() + more, h.sentAtNs()));
    }
    return Optional.of(frame);
  }
}
