package parallax.transport;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import parallax.model.InvalidValueException;

/** A partner's question about this nation's log: one question, one answer. */
record CheckpointCall(CheckpointAnswers checkpoints, StreamObserver<byte[]> out)
    implements StreamObserver<byte[]> {
  @Override
  public void onNext(byte[] question) {
    byte[] answer;
    try {
      // One at a time: whoever asks in a loop holds up others who ask, and nothing else.
      synchronized (checkpoints) {
        answer = checkpoints.answer(question);
      }
    } catch (InvalidValueException e) {
      end(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
      return;
    } catch (IOException e) {
      end(Status.UNAVAILABLE.withDescription("the log cannot be read now"));
      return;
    }
    try {
      out.onNext(answer);
      out.onCompleted();
    } catch (IllegalStateException | StatusRuntimeException e) {
      // The call is over already, or this was a second question in it.
      return;
    }
  }

  private void end(Status status) {
    try {
      out.onError(status.asRuntimeException());
    } catch (IllegalStateException e) {
      // The call is over already.
      return;
    }
  }

  @Override
  public void onError(Throwable t) {}

  @Override
  public void onCompleted() {}
}
