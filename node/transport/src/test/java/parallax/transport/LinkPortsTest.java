package parallax.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parallax.engine.Input;
import parallax.link.Frame;
import parallax.link.Lane;
import parallax.link.StreamId;
import parallax.link.Wire;
import parallax.model.Nation;

/** Streams that end at the worst moment never reach the loop as an exception. */
class LinkPortsTest {
  private static final Wire WIRE =
      new Wire(Nation.KOR, new StreamId(Nation.KOR, Nation.JPN, Lane.URGENT));

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

  @Test
  void aConnectionThatIsCutIsDownAtOnceAndEndedWithoutCompletion() {
    List<String> cut = new ArrayList<>();
    ports.opened(WIRE, failing(new IllegalStateException()), () -> cut.add("cut"), () -> {});

    ports.cut(WIRE);

    assertEquals(List.of("cut"), cut);
    assertEquals(new Input.LinkChanged(WIRE, false), heard.getLast());
  }

  private void sendsOnABrokenStream(RuntimeException failure) {
    ports.opened(WIRE, failing(failure), () -> {}, () -> {});

    ports.send(WIRE, new Frame.Heartbeat(1, 0));
    ports.close(WIRE);

    assertEquals(
        List.of(new Input.LinkChanged(WIRE, true), new Input.LinkChanged(WIRE, false)), heard);
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
    ports.opened(WIRE, failing(Status.CANCELLED.asRuntimeException()), () -> {}, () -> {});

    ports.close(WIRE);

    assertEquals(new Input.LinkChanged(WIRE, false), heard.getLast());
  }

  @Test
  void bytesThatAreNoFrameAreHandedOnAsSuch() {
    StreamObserver<byte[]> ear =
        ports.opened(WIRE, failing(new IllegalStateException()), () -> {}, () -> {});

    ear.onNext(new byte[] {1, 2, 3});

    assertEquals(Input.FrameRefused.class, heard.getLast().getClass());
  }
}
