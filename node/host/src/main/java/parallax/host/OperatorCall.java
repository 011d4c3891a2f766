package parallax.host;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import parallax.credentials.CertificateAuthority;
import parallax.engine.Effect;
import parallax.engine.Order;
import parallax.model.InvalidValueException;
import parallax.transport.Tls;
import parallax.wire.OrderCodec;
import parallax.wire.PartnerLog;

/**
 * Orders and questions of an operator, answered one after the other: the next one is read once the
 * answer to the last one was sent. No thread waits meanwhile.
 */
final class OperatorCall implements StreamObserver<byte[]> {
  /**
   * What operators are answered from.
   *
   * @param loop takes orders, and knows how the streams are
   * @param nextPolicy reads the policy that lies ready, by its SHA-256
   * @param logs what is known of partners' logs
   */
  record Answers(
      NodeLoop loop, UnaryOperator<String> nextPolicy, Supplier<List<PartnerLog>> logs) {}

  private final String by;
  private final boolean named;
  private final Answers answers;
  private final ServerCallStreamObserver<byte[]> out;

  private OperatorCall(Tls.Peer by, Answers answers, ServerCallStreamObserver<byte[]> out) {
    this.by = by.name();
    this.named = CertificateAuthority.isNamed(by.name(), by.nation());
    this.answers = answers;
    this.out = out;
  }

  /** An operator's call has begun. */
  static StreamObserver<byte[]> begun(Tls.Peer by, Answers answers, StreamObserver<byte[]> out) {
    ServerCallStreamObserver<byte[]> stream = (ServerCallStreamObserver<byte[]>) out;
    OperatorCall call = new OperatorCall(by, answers, stream);
    stream.disableAutoRequest();
    stream.setOnCancelHandler(() -> {}); // an answer to an operator who left is dropped
    stream.request(1);
    return call;
  }

  @Override
  public void onNext(byte[] bytes) {
    OrderCodec.Request request;
    try {
      request = OrderCodec.decodeRequest(bytes);
    } catch (InvalidValueException e) {
      end(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
      return;
    }
    var unused =
        answer(request)
            .whenComplete(
                (answer, failure) -> {
                  if (answer != null) {
                    send(answer);
                  } else {
                    send(new OrderCodec.Answer(false, why(failure), List.of()));
                  }
                });
  }

  private CompletableFuture<OrderCodec.Answer> answer(OrderCodec.Request request) {
    return switch (request) {
      case OrderCodec.StatusRequest s -> CompletableFuture.completedFuture(status());
      case OrderCodec.HeldRequest h ->
          CompletableFuture.completedFuture(
              OrderCodec.Answer.held(answers.loop.held(), answers.loop.nowNs()));
      case OrderCodec.PolicyRequest p -> {
        try {
          yield order(new Order.PutPolicy(answers.nextPolicy.apply(p.sha256())));
        } catch (InvalidValueException e) {
          yield CompletableFuture.completedFuture(
              new OrderCodec.Answer(false, String.valueOf(e.getMessage()), List.of()));
        }
      }
      case OrderCodec.OrderRequest o -> order(o.order());
    };
  }

  private OrderCodec.Answer status() {
    Optional<String> nothing = answers.loop.sharesNothing();
    return new OrderCodec.Answer(
        nothing.isEmpty(),
        nothing.map(Sharing::nothingBecause).orElse(""),
        answers.loop.health(),
        List.of(),
        answers.logs.get(),
        answers.loop.feeds(),
        answers.loop.notices(),
        answers.loop.nowNs());
  }

  /** An order has somebody who gave it: the log and the audit log must be able to say who. */
  private CompletableFuture<OrderCodec.Answer> order(Order order) {
    if (!named) {
      return CompletableFuture.completedFuture(
          new OrderCodec.Answer(
              false,
              "the certificate shown names no person, and an order must have somebody who gave it;"
                  + " make one with: parallax keys renew --role operator --person NAME --dir"
                  + " OFFLINE --to FOLDER, and give orders with --operator FOLDER",
              List.of()));
    }
    return answers
        .loop
        .order(by, order)
        .thenApply(
            (Effect.OrderAnswered a) -> new OrderCodec.Answer(a.done(), a.detail(), List.of()));
  }

  private static String why(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return String.valueOf(cause.getMessage());
  }

  private void send(OrderCodec.Answer answer) {
    try {
      out.onNext(OrderCodec.encode(answer));
      out.request(1);
    } catch (IllegalStateException | StatusRuntimeException e) {
      // The operator has gone.
      return;
    }
  }

  private void end(Status why) {
    try {
      out.onError(why.asRuntimeException());
    } catch (IllegalStateException e) {
      // The operator has gone.
      return;
    }
  }

  @Override
  public void onError(Throwable t) {}

  @Override
  public void onCompleted() {
    try {
      out.onCompleted();
    } catch (IllegalStateException e) {
      // The call was ended already.
      return;
    }
  }
}
