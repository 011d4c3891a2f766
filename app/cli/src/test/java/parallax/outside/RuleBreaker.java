package parallax.outside;

import java.io.File;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Breaks every house rule once, so that each rule is seen to fail. */
public final class RuleBreaker {
  private RuleBreaker() {}

  static Instant clock() {
    return Instant.now();
  }

  static int chance() {
    return new Random().nextInt();
  }

  static boolean file() {
    return new File("x").exists();
  }

  static Socket socket() {
    return new Socket();
  }

  static Thread thread() {
    return new Thread(() -> {});
  }

  static void print() {
    System.out.println();
  }

  @SuppressWarnings({"DefaultCharset", "StringCaseLocaleUsage"}) // that is what it is for
  static byte[] charset() {
    return "x".toUpperCase().getBytes();
  }

  static Object wire() {
    return com.google.protobuf.ByteString.EMPTY;
  }

  /** Something that uses threads through a stream. */
  public static final class Lister {
    private Lister() {}

    static long count(List<String> list) {
      return list.parallelStream().count();
    }
  }
}
