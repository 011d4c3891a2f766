package parallax.bench.link;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.bench.common.Samples;
import parallax.link.Digest;
import parallax.link.Frame;
import parallax.link.InboundStream;
import parallax.link.Keyring;
import parallax.link.Lane;
import parallax.link.LinkConfig;
import parallax.link.LinkEffect;
import parallax.link.LinkTerms;
import parallax.link.OutboundStream;
import parallax.link.StreamId;
import parallax.model.Report;
import parallax.release.Released;
import parallax.signing.SignatureDomain;
import parallax.signing.Signer;
import parallax.signing.VerificationKey;
import parallax.wire.FrameCodec;
import parallax.wire.ProtoReportCodec;

/**
 * Both ends of a link in memory: released reports are encoded, numbered, chained and signed, become
 * bytes, and are decoded, verified, delivered and acknowledged. One thread, no transport.
 * Everything this bench knows of the link's session is here.
 */
final class SessionPair {
  /** Where the time went, ns in all; the parts do not overlap. */
  static final class Spent {
    long encodeReportNs;
    long chainNs;
    long signNs;
    long sendNs;
    long encodeFrameNs;
    long decodeFrameNs;
    long receiveNs;
    long acknowledgeNs;
    long records;
    long recordBytes;

    /** All of it. */
    long totalNs() {
      return encodeReportNs
          + chainNs
          + signNs
          + sendNs
          + encodeFrameNs
          + decodeFrameNs
          + receiveNs
          + acknowledgeNs;
    }

    /** The parts by name, microseconds a record. */
    SortedMap<String, Double> microseconds() {
      TreeMap<String, Double> parts = new TreeMap<>();
      parts.put("1 encode report", us(encodeReportNs));
      parts.put("2 number, chain", us(chainNs));
      parts.put("3 sign", us(signNs));
      parts.put("4 make batch", us(sendNs));
      parts.put("5 encode frame", us(encodeFrameNs));
      parts.put("6 decode frame", us(decodeFrameNs));
      parts.put("7 verify, chain", us(receiveNs));
      parts.put("8 acknowledge", us(acknowledgeNs));
      return parts;
    }

    private double us(long ns) {
      return ns / 1e3 / records;
    }
  }

  private final List<Released<Report>> reports;
  private final OutboundStream out;
  private final InboundStream in;
  private Spent spent = new Spent();
  private long encodedNs;
  private long signedNs;
  private long nowNs = 1;
  private int nextReport;

  /** A pair that has greeted; it sends the given reports again and again. */
  SessionPair(List<Released<Report>> reports) {
    this.reports = reports;
    byte[] agreement = new byte[Digest.LENGTH];
    LinkTerms terms =
        new LinkTerms(
            new StreamId(Samples.ORIGINATOR, Samples.RECIPIENT, Lane.URGENT),
            Samples.CHANNEL,
            Digest.of(agreement));
    Signer signer = new TimedSigner(Samples.key("link key"));
    Signer receipts = Samples.key("receipt key");
    ProtoReportCodec codec = new ProtoReportCodec();
    out =
        new OutboundStream(
            terms,
            Keyring.of(signer),
            signer.key(),
            new TreeSet<>(List.of(receipts.key())),
            report -> {
              long t = System.nanoTime();
              byte[] bytes = codec.encode(report);
              encodedNs += System.nanoTime() - t;
              spent.recordBytes += bytes.length;
              return bytes;
            },
            LinkConfig.standard());
    in =
        new InboundStream(
            terms,
            new TreeSet<>(List.of(signer.key())),
            Keyring.of(receipts),
            receipts.key(),
            LinkConfig.standard());
    in.onConnected(Samples.ORIGINATOR, nowNs);
    for (LinkEffect e : out.onConnected(Samples.RECIPIENT, nowNs)) {
      toRecipient(e);
    }
  }

  private final class TimedSigner implements Signer {
    private final Signer signer;

    TimedSigner(Signer signer) {
      this.signer = signer;
    }

    @Override
    public VerificationKey key() {
      return signer.key();
    }

    @Override
    public byte[] sign(SignatureDomain domain, byte[] message) {
      long t = System.nanoTime();
      byte[] signature = signer.sign(domain, message);
      signedNs += System.nanoTime() - t;
      return signature;
    }
  }

  /** What was spent since the last call. */
  Spent takeSpent() {
    Spent s = spent;
    spent = new Spent();
    return s;
  }

  /** Sends a batch of records all the way and back. */
  void exchange(int records) {
    nowNs += 1_000;
    encodedNs = 0;
    long t0 = System.nanoTime();
    for (int i = 0; i < records; i++) {
      out.enqueue(reports.get(nextReport), 0);
      nextReport = nextReport + 1 == reports.size() ? 0 : nextReport + 1;
    }
    long t1 = System.nanoTime();
    spent.encodeReportNs += encodedNs;
    spent.chainNs += t1 - t0 - encodedNs;
    signedNs = 0;
    List<LinkEffect> effects = out.flush(nowNs);
    long t2 = System.nanoTime();
    spent.signNs += signedNs;
    spent.sendNs += t2 - t1 - signedNs;
    for (LinkEffect e : effects) {
      toRecipient(e);
    }
    spent.records += records;
    if (in.delivered() != out.highWaterMark() || out.acknowledged() != out.highWaterMark()) {
      throw new IllegalStateException(
          "of "
              + out.highWaterMark()
              + " records "
              + in.delivered()
              + " were delivered and "
              + out.acknowledged()
              + " acknowledged");
    }
  }

  private void toRecipient(LinkEffect e) {
    if (e instanceof LinkEffect.Send s) {
      long t0 = System.nanoTime();
      byte[] bytes = FrameCodec.encode(s.frame());
      long t1 = System.nanoTime();
      Frame frame = FrameCodec.decode(bytes);
      long t2 = System.nanoTime();
      List<LinkEffect> effects = in.onFrame(Samples.ORIGINATOR, frame, nowNs);
      long t3 = System.nanoTime();
      spent.encodeFrameNs += t1 - t0;
      spent.decodeFrameNs += t2 - t1;
      spent.receiveNs += t3 - t2;
      for (LinkEffect answer : effects) {
        toOriginator(answer);
      }
      spent.acknowledgeNs += System.nanoTime() - t3;
    } else if (e instanceof LinkEffect.Violation v) {
      throw new IllegalStateException("the link broke: " + v);
    }
  }

  private void toOriginator(LinkEffect e) {
    if (e instanceof LinkEffect.Send s) {
      for (LinkEffect next :
          out.onFrame(Samples.RECIPIENT, FrameCodec.decode(FrameCodec.encode(s.frame())), nowNs)) {
        toRecipient(next);
      }
    } else if (e instanceof LinkEffect.Violation v) {
      throw new IllegalStateException("the link broke: " + v);
    }
  }
}
