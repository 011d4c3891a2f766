package parallax.wire;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import parallax.engine.HeldReport;
import parallax.engine.NoticeProgress;
import parallax.engine.Order;
import parallax.link.LinkHealth;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.signing.VerificationKey;
import parallax.wire.fields.ReportFields;
import parallax.wire.fields.WireFields;
import parallax.wire.fields.WireNumbers;
import parallax.wire.proto.DecideAllOrder;
import parallax.wire.proto.DecideOrder;
import parallax.wire.proto.HeldQuestion;
import parallax.wire.proto.KeyOrder;
import parallax.wire.proto.OperatorAnswer;
import parallax.wire.proto.OperatorRequest;
import parallax.wire.proto.RecallOrder;
import parallax.wire.proto.RelabelOrder;
import parallax.wire.proto.Resume;
import parallax.wire.proto.RevertPolicyOrder;
import parallax.wire.proto.StatusQuestion;
import parallax.wire.proto.Suspend;

/** What operators order and ask, and what they are answered ({@code parallax.v1.Operate}). */
public final class OrderCodec {
  static final ProtoReportCodec REPORTS = new ProtoReportCodec();

  private OrderCodec() {}

  /** What an operator sends. */
  public sealed interface Request {}

  /** An order. */
  public record OrderRequest(Order order) implements Request {}

  /** The question how the streams are. */
  public record StatusRequest() implements Request {}

  /**
   * The order to put the policy in force that lies ready at the node.
   *
   * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits
   */
  public record PolicyRequest(String sha256) implements Request {
    /** Requires the length of a SHA-256. */
    public PolicyRequest {
      if (sha256.length() != 64) {
        throw new InvalidValueException(
            "SHA-256 of a policy", sha256.length() + " digits", "64 hexadecimal digits");
      }
    }
  }

  /** The question what waits for a person. */
  public record HeldRequest() implements Request {}

  /**
   * What an operator is answered.
   *
   * @param done whether it was done
   * @param detail what came of it, or why not
   * @param streams how the streams are, if that was asked
   * @param held what waits for a person, if that was asked
   * @param logs what is known of partners' logs, if it was asked how the streams are
   * @param feeds how the sensor feeds are, if it was asked how the streams are
   * @param notices what partners made of the newest notices, if it was asked how the streams are
   * @param nowNs the node's time when it answered; 0: it does not say
   */
  public record Answer(
      boolean done,
      String detail,
      List<LinkHealth> streams,
      List<HeldReport> held,
      List<PartnerLog> logs,
      List<FeedStatus> feeds,
      List<NoticeProgress> notices,
      long nowNs) {
    /** Copies the lists. */
    public Answer {
      streams = List.copyOf(streams);
      held = List.copyOf(held);
      logs = List.copyOf(logs);
      feeds = List.copyOf(feeds);
      notices = List.copyOf(notices);
    }

    /** An answer about anything else than what is held and how the logs are. */
    public Answer(boolean done, String detail, List<LinkHealth> streams) {
      this(done, detail, streams, List.of(), List.of(), List.of(), List.of(), 0);
    }

    /** An answer about what is held. */
    public static Answer held(List<HeldReport> held, long nowNs) {
      return new Answer(true, "", List.of(), held, List.of(), List.of(), List.of(), nowNs);
    }
  }

  /** Encodes a request. */
  public static byte[] encode(Request request) {
    OperatorRequest.Builder b = OperatorRequest.newBuilder();
    switch (request) {
      case OrderRequest o -> b.setOrder(toProto(o.order()));
      case StatusRequest s -> b.setStatus(StatusQuestion.getDefaultInstance());
      case PolicyRequest p -> b.setPolicy(WireFields.bytes(HexFormat.of().parseHex(p.sha256())));
      case HeldRequest h -> b.setHeld(HeldQuestion.getDefaultInstance());
    }
    return b.build().toByteArray();
  }

  /** Decodes a request; throws {@link InvalidValueException} when the bytes are none. */
  public static Request decodeRequest(byte[] bytes) {
    OperatorRequest r = WireFields.parse(OperatorRequest.parser(), "operator request", bytes);
    return switch (r.getRequestCase()) {
      case ORDER -> new OrderRequest(fromProto(r.getOrder()));
      case STATUS -> new StatusRequest();
      case HELD -> new HeldRequest();
      case POLICY -> new PolicyRequest(HexFormat.of().formatHex(r.getPolicy().toByteArray()));
      case REQUEST_NOT_SET ->
          throw new InvalidValueException("operator request", "empty", "an order or a question");
    };
  }

  /** Encodes an answer. */
  public static byte[] encode(Answer answer) {
    OperatorAnswer.Builder b =
        OperatorAnswer.newBuilder()
            .setDone(answer.done())
            .setDetail(answer.detail())
            .setNowNs(answer.nowNs());
    answer.streams().forEach(h -> b.addStreams(StatusCodec.status(h)));
    answer.held().forEach(h -> b.addHeld(StatusCodec.held(h)));
    answer.logs().forEach(l -> b.addLogs(StatusCodec.log(l)));
    answer.notices().forEach(n -> b.addNotices(StatusCodec.notice(n)));
    answer.feeds().forEach(f -> b.addFeeds(StatusCodec.feed(f)));
    return b.build().toByteArray();
  }

  /** Decodes an answer; throws {@link InvalidValueException} when the bytes are none. */
  public static Answer decodeAnswer(byte[] bytes) {
    OperatorAnswer a = WireFields.parse(OperatorAnswer.parser(), "operator answer", bytes);
    List<LinkHealth> streams = new ArrayList<>();
    a.getStreamsList().forEach(s -> streams.add(StatusCodec.status(s)));
    List<HeldReport> held = new ArrayList<>();
    a.getHeldList().forEach(h -> held.add(StatusCodec.held(h)));
    List<PartnerLog> logs = new ArrayList<>();
    a.getLogsList().forEach(l -> logs.add(StatusCodec.log(l)));
    List<FeedStatus> feeds = new ArrayList<>();
    a.getFeedsList().forEach(f -> feeds.add(StatusCodec.feed(f)));
    List<NoticeProgress> notices = new ArrayList<>();
    a.getNoticesList().forEach(n -> notices.add(StatusCodec.notice(n)));
    return new Answer(
        a.getDone(), a.getDetail(), streams, held, logs, feeds, notices, a.getNowNs());
  }

  static parallax.wire.proto.Order toProto(Order order) {
    parallax.wire.proto.Order.Builder b = parallax.wire.proto.Order.newBuilder();
    switch (order) {
      case Order.Suspend s ->
          b.setSuspend(
              Suspend.newBuilder()
                  .setPartner(s.partner().code())
                  .setDirection(WireNumbers.SUSPENDED.of(s.direction()))
                  .setReason(s.reason()));
      case Order.Resume r -> {
        Resume.Builder rb =
            Resume.newBuilder()
                .setPartner(r.partner().code())
                .setBackfill(WireNumbers.BACKFILL.of(r.backfill()));
        r.since().ifPresent(t -> rb.setSinceNs(t.nanos()));
        b.setResume(rb);
      }
      case Order.Recall r -> {
        RecallOrder.Builder rb =
            RecallOrder.newBuilder()
                .setOriginator(r.track().originator().code())
                .setTrackNumber(r.track().number())
                .setReason(WireNumbers.RECALL_REASON.of(r.reason()));
        r.of().ifPresent(c -> rb.setDataClass(WireNumbers.DATA_CLASS.of(c)));
        b.setRecall(rb);
      }
      case Order.Correct c -> b.setCorrect(WireFields.bytes(REPORTS.encode(c.corrected())));
      case Order.Relabel r ->
          b.setRelabel(
              RelabelOrder.newBuilder()
                  .setOriginator(r.track().originator().code())
                  .setTrackNumber(r.track().number())
                  .setLabel(ReportFields.label(r.label())));
      case Order.Decide d ->
          b.setDecide(
              DecideOrder.newBuilder()
                  .setHeld(d.held())
                  .setAnswer(WireNumbers.ANSWER.of(d.answer())));
      case Order.DecideAll d -> b.setDecideAll(decideAll(d));
      case Order.PutPolicy p -> b.setPutPolicy(p.yaml());
      case Order.RevertPolicy r -> b.setRevertPolicy(RevertPolicyOrder.getDefaultInstance());
      case Order.RotateKey r -> b.setRotateKey(WireFields.bytes(r.successor().bytes()));
      case Order.TrustKey t -> b.setTrustKey(key(t.partner(), t.key()));
      case Order.StartOver s -> b.setStartOver(key(s.partner(), s.key()));
      case Order.RevokeKey r -> b.setRevokeKey(key(r.partner(), r.key()));
    }
    return b.build();
  }

  static Order fromProto(parallax.wire.proto.Order o) {
    return switch (o.getOrderCase()) {
      case SUSPEND ->
          new Order.Suspend(
              new Nation(o.getSuspend().getPartner()),
              WireNumbers.SUSPENDED.value(o.getSuspend().getDirection()),
              o.getSuspend().getReason());
      case RESUME -> resume(o.getResume());
      case RECALL ->
          new Order.Recall(
              track(o.getRecall().getOriginator(), o.getRecall().getTrackNumber()),
              o.getRecall().hasDataClass()
                  ? Optional.of(WireNumbers.DATA_CLASS.value(o.getRecall().getDataClass()))
                  : Optional.empty(),
              WireNumbers.RECALL_REASON.value(o.getRecall().getReason()));
      case CORRECT -> new Order.Correct(REPORTS.decode(o.getCorrect().toByteArray()));
      case RELABEL ->
          new Order.Relabel(
              track(o.getRelabel().getOriginator(), o.getRelabel().getTrackNumber()),
              ReportFields.TOLD.label(o.getRelabel().getLabel()));
      case ROTATE_KEY -> new Order.RotateKey(key(o.getRotateKey().toByteArray()));
      case TRUST_KEY ->
          new Order.TrustKey(
              new Nation(o.getTrustKey().getPartner()),
              key(o.getTrustKey().getKey().toByteArray()));
      case START_OVER ->
          new Order.StartOver(
              new Nation(o.getStartOver().getPartner()),
              key(o.getStartOver().getKey().toByteArray()));
      case REVOKE_KEY ->
          new Order.RevokeKey(
              new Nation(o.getRevokeKey().getPartner()),
              key(o.getRevokeKey().getKey().toByteArray()));
      case DECIDE ->
          new Order.Decide(
              o.getDecide().getHeld(), WireNumbers.ANSWER.value(o.getDecide().getAnswer()));
      case DECIDE_ALL -> decideAll(o.getDecideAll());
      case PUT_POLICY -> new Order.PutPolicy(o.getPutPolicy());
      case REVERT_POLICY -> new Order.RevertPolicy();
      case ORDER_NOT_SET ->
          throw new InvalidValueException("order", "empty", "one of the known orders");
    };
  }

  private static DecideAllOrder decideAll(Order.DecideAll d) {
    DecideAllOrder.Builder b =
        DecideAllOrder.newBuilder().setAnswer(WireNumbers.ANSWER.of(d.answer()));
    d.track().ifPresent(t -> b.setOriginator(t.originator().code()).setTrackNumber(t.number()));
    d.partner().ifPresent(n -> b.setPartner(n.code()));
    d.rule().ifPresent(b::setRule);
    return b.build();
  }

  private static Order.DecideAll decideAll(DecideAllOrder d) {
    return new Order.DecideAll(
        d.hasOriginator()
            ? Optional.of(track(d.getOriginator(), d.getTrackNumber()))
            : Optional.empty(),
        d.hasPartner() ? Optional.of(new Nation(d.getPartner())) : Optional.empty(),
        d.hasRule() ? Optional.of(d.getRule()) : Optional.empty(),
        WireNumbers.ANSWER.value(d.getAnswer()));
  }

  private static Order.Resume resume(Resume r) {
    Order.Backfill backfill = WireNumbers.BACKFILL.value(r.getBackfill());
    return new Order.Resume(
        new Nation(r.getPartner()),
        backfill,
        backfill == Order.Backfill.SINCE && r.hasSinceNs()
            ? Optional.of(new UtcTime(r.getSinceNs()))
            : Optional.empty());
  }

  private static TrackId track(String originator, long number) {
    return new TrackId(new Nation(originator), number);
  }

  private static VerificationKey key(byte[] raw) {
    return VerificationKey.of(raw);
  }

  private static KeyOrder key(Nation partner, VerificationKey key) {
    return KeyOrder.newBuilder()
        .setPartner(partner.code())
        .setKey(WireFields.bytes(key.bytes()))
        .build();
  }
}
