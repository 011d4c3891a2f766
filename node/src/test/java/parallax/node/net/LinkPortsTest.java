package parallax.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.engine.Input;
import parallax.engine.Input.Direction;
import parallax.link.Frame;
import parallax.model.Nation;

/** Streams that end at the worst moment never reach the loop as an exception. */
class LinkPortsTest {
  private final List<Input> heard = new ArrayList<>();
  private final LinkPorts ports = new LinkPorts(heard::add);

  private static StreamObserver<byte[]> failing(RuntimeException failure) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] value) {
        throw failure;
      }

      @Override
      public void onError(Throwable t) {}

      @Override
      public void onCompleted() {
        throw failure;
      }
    };
  }

  private void sendsOnABrokenStream(RuntimeException failure) {
    ports.opened(Nation.KOR, Direction.INBOUND, failing(failure), () -> {});

    ports.send(Nation.KOR, Direction.INBOUND, new Frame.Ack(1, 0));
    ports.close(Nation.KOR, Direction.INBOUND);

    assertEquals(
        List.of(
            new Input.LinkChanged(Nation.KOR, Direction.INBOUND, true),
            new Input.LinkChanged(Nation.KOR, Direction.INBOUND, false)),
        heard);
  }

  @Test
  void sendingOnACancelledStreamTakesItForDown() {
    sendsOnABrokenStream(Status.CANCELLED.asRuntimeException());
  }

  @Test
  void sendingOnAnEndedStreamTakesItForDown() {
    sendsOnABrokenStream(new IllegalStateException("call was half-closed"));
  }

  @Test
  void closingABrokenStreamTakesItForDown() {
    ports.opened(
        Nation.KOR, Direction.INBOUND, failing(Status.CANCELLED.asRuntimeException()), () -> {});

    ports.close(Nation.KOR, Direction.INBOUND);

    assertEquals(new Input.LinkChanged(Nation.KOR, Direction.INBOUND, false), heard.getLast());
  }

  @Test
  void bytesThatAreNoFrameAreHandedOnAsSuch() {
    StreamObserver<byte[]> ear =
        ports.opened(Nation.KOR, Direction.INBOUND, failing(new IllegalStateException()), () -> {});

    ear.onNext(new byte[] {1, 2, 3});

    assertEquals(Input.FrameRefused.class, heard.getLast().getClass());
  }
}
