package parallax.bench.link;

/** Throughput: records in batches as fast as the course's flow control lets them through. */
final class FloodRun {
  private FloodRun() {}

  /** Records a second, from the first being handed over to the last being acknowledged. */
  static double run(Course course, int batch, long records) throws InterruptedException {
    long batches = Math.max(1, records / batch);
    Await ear = new Await(course.name(), course.sent() + batches * batch) {};
    course.hear(ear);
    long startNs = System.nanoTime();
    for (long i = 0; i < batches; i++) {
      course.send(batch);
    }
    ear.await();
    return batches * batch * 1e9 / (System.nanoTime() - startNs);
  }
}
