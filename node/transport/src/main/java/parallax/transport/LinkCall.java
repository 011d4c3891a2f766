package parallax.transport;

import io.grpc.stub.CallStreamObserver;

/** The call that carries one connection, as its port needs it. No method waits. */
interface LinkCall {
  /**
   * Hands a message to the transport.
   *
   * @throws IllegalStateException or StatusRuntimeException when the call is over
   */
  void send(byte[] message);

  /** Whether the transport would send a message now, instead of keeping it in memory. */
  boolean isReady();

  /** Asks the transport for the next message. */
  void request();

  /** Ends the call once what was sent is out. */
  void complete();

  /** Ends the call at once, without what is not out yet. */
  void cut();

  /** A call of gRPC; {@code cut} ends it at once. */
  static LinkCall of(CallStreamObserver<byte[]> call, Runnable cut) {
    return new LinkCall() {
      @Override
      public void send(byte[] message) {
        call.onNext(message);
      }

      @Override
      public boolean isReady() {
        return call.isReady();
      }

      @Override
      public void request() {
        call.request(1);
      }

      @Override
      public void complete() {
        call.onCompleted();
      }

      @Override
      public void cut() {
        cut.run();
      }
    };
  }
}
