package parallax.wire.transcript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parallax.wire.proto.Batch;
import parallax.wire.proto.Folded;
import parallax.wire.proto.Gap;
import parallax.wire.proto.LinkFrame;
import parallax.wire.proto.NewKey;
import parallax.wire.proto.SetAside;
import parallax.wire.proto.SetAsideRecord;

/**
 * Checks the transcripts as somebody would who has docs/protocol.md and link.proto and nothing else
 * of this project: the bytes in the files, the JDK's SHA-256 and Ed25519, the document's formulas.
 */
final class TranscriptBytesTest {
  /** What stands before a raw key in its usual encoding (RFC 8410). */
  private static final String PUBLIC = "302a300506032b6570032100";

  private static final String PRIVATE = "302e020100300506032b657004220420";

  private int verified;
  private int refused;
  private final TreeSet<String> kinds = new TreeSet<>();

  private static List<TranscriptFile> files() throws IOException {
    try (Stream<Path> paths = Files.list(TranscriptsTest.folder())) {
      List<TranscriptFile> files = new ArrayList<>();
      for (Path p : paths.sorted().toList()) {
        files.add(TranscriptFile.read(p));
      }
      return files;
    }
  }

  private static byte[] join(Object... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object p : parts) {
      byte[] bytes =
          switch (p) {
            case byte[] b -> b;
            case ByteString b -> b.toByteArray();
            case String s -> s.getBytes(StandardCharsets.US_ASCII);
            case Long n -> ByteBuffer.allocate(8).putLong(n).array();
            default -> throw new AssertionError(p);
          };
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  private static byte[] sha256(Object... parts) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(join(parts));
  }

  private static String domain(String purpose) {
    return "parallax/1/EXERCISE/" + purpose + "\0";
  }

  private static PublicKey key(byte[] raw) throws GeneralSecurityException {
    byte[] encoded = join(HexFormat.of().parseHex(PUBLIC), raw);
    return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static boolean verifies(byte[] key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initVerify(key(key));
    ed25519.update(message);
    return ed25519.verify(signature);
  }

  @Test
  void everyKeyIsMadeFromItsSeed() throws IOException, GeneralSecurityException {
    for (TranscriptFile file : files()) {
      for (String name : List.of("KOR", "KOR next", "JPN", "JPN next", "USA")) {
        byte[] seed = join(HexFormat.of().parseHex(PRIVATE), file.hex(name + " seed"));
        Signature ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(
            KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(seed)));
        ed25519.update(seed);
        assertTrue(verifies(file.hex(name + " key"), seed, ed25519.sign()), name);
      }
    }
  }

  @Test
  void everyChainAndSignatureFollowsFromTheBytesAndTheFormulas()
      throws IOException, GeneralSecurityException {
    for (TranscriptFile file : files()) {
      for (List<TranscriptFile.Event> part : file.parts()) {
        for (String lane : List.of("URGENT", "BULK")) {
          new Lane(file, lane).check(part);
        }
      }
    }
    assertEquals(
        "[ACK, BATCH, GAP, HEARTBEAT, HELLO, REFUSAL, SET_ASIDE, SUSPENSION, WELCOME]",
        kinds.toString());
    assertTrue(verified > 60, "verified: " + verified);
    assertEquals(4, refused, "forged or altered");
  }

  /** One lane of one part, from its beginning. */
  private final class Lane {
    private final TranscriptFile file;
    private final byte[] s;
    private final SortedMap<Long, byte[]> r = new TreeMap<>();
    private final SortedMap<Long, byte[]> h = new TreeMap<>();
    private final String lane;

    /** The originator's keys, each by the first number that it signs the end of. */
    private final TreeMap<Long, byte[]> keys = new TreeMap<>();

    Lane(TranscriptFile file, String lane) throws GeneralSecurityException {
      this.file = file;
      this.lane = lane;
      this.s = join("KOR", "JPN", new byte[] {(byte) (lane.equals("BULK") ? 1 : 0)});
      keys.put(0L, file.hex("KOR key"));
      h.put(0L, sha256(domain("link-chain"), s));
      if (file.head().containsKey("h(0) " + lane)) {
        assertArrayEquals(file.hex("h(0) " + lane), h.get(0L));
      }
    }

    void check(List<TranscriptFile.Event> part)
        throws GeneralSecurityException, InvalidProtocolBufferException {
      for (TranscriptFile.Event e : part) {
        if (e.isNumberOn(lane)) {
          long n = e.number();
          r.put(n, e.hex("r(" + n + ")"));
          h.put(n, sha256(at(h, n - 1), n, at(r, n)));
          assertArrayEquals(e.hex("h(" + n + ")"), at(h, n), e.line());
        } else if (e.isFrameOn(lane)) {
          frame(e, LinkFrame.parseFrom(e.hex("frame")));
        }
      }
    }

    private static byte[] at(SortedMap<Long, byte[]> values, long n) {
      byte[] value = values.get(n);
      if (value == null) {
        throw new AssertionError("nothing known of number " + n);
      }
      return value;
    }

    private void frame(TranscriptFile.Event e, LinkFrame f) throws GeneralSecurityException {
      kinds.add(f.getFrameCase().name());
      assertArrayEquals(e.hex("frame"), f.toByteArray(), e.line());
      switch (f.getFrameCase()) {
        case BATCH -> batch(e, f.getBatch());
        case GAP -> gap(e, f.getGap());
        case WELCOME ->
            receipt(
                e,
                f.getWelcome().getNextSeq(),
                f.getWelcome().getChainHash(),
                f.getWelcome().getSignature());
        case ACK ->
            receipt(
                e, f.getAck().getNextSeq(), f.getAck().getChainHash(), f.getAck().getSignature());
        case HELLO -> {
          assertEquals("KOR", f.getHello().getOriginator());
          assertEquals("JPN", f.getHello().getRecipient());
          assertEquals(s[s.length - 1], f.getHello().getLane());
          assertArrayEquals(
              e.hex("agreement_digest"), f.getHello().getAgreementDigest().toByteArray());
        }
        case HEARTBEAT ->
            assertEquals(
                e.fields().get("high_water_mark"), "" + f.getHeartbeat().getHighWaterMark());
        case SET_ASIDE -> setAside(e, f.getSetAside());
        case SUSPENSION ->
            assertEquals(e.fields().get("suspended"), "" + f.getSuspension().getSuspended());
        case REFUSAL -> assertEquals(e.fields().get("detail"), f.getRefusal().getDetail());
        case FRAME_NOT_SET -> throw new AssertionError(e.line());
      }
    }

    private void batch(TranscriptFile.Event e, Batch b) throws GeneralSecurityException {
      TreeMap<Integer, byte[]> digests = new TreeMap<>();
      TreeMap<Long, Long> notWhole = new TreeMap<>();
      long first = b.getFirstSeq();
      for (Folded f : b.getFoldedList()) {
        digests.put(f.getIndex(), f.getRecordDigest().toByteArray());
        notWhole.put(first + f.getIndex(), f.getInto());
      }
      for (NewKey k : b.getNewKeysList()) {
        digests.put(k.getIndex(), sha256(domain("link-key"), k.getKey()));
        notWhole.put(first + k.getIndex(), 0L);
        keys.put(first + k.getIndex() + 1, k.getKey().toByteArray());
      }
      int place = 0;
      for (ByteString record : b.getRecordsList()) {
        while (digests.containsKey(place)) {
          place++;
        }
        digests.put(place, sha256(record));
      }
      byte[] hash = at(h, first - 1);
      for (int i = 0; i < digests.size(); i++) {
        byte[] digest = digests.get(i);
        assertEquals(
            Arrays.equals(digest, at(r, first + i)), !e.deed().startsWith("record altered"));
        hash = sha256(hash, first + i, digest == null ? new byte[0] : digest);
      }
      long last = first + digests.size() - 1;
      byte[] message = join(domain("link-batch"), s, first, last, b.getChainHash());
      for (var n : notWhole.entrySet()) {
        message = join(message, n.getKey(), n.getValue());
      }
      boolean chained = Arrays.equals(hash, b.getChainHash().toByteArray());
      boolean signed =
          verifies(keys.floorEntry(last).getValue(), message, b.getSignature().toByteArray());
      assertArrayEquals(e.hex("signature"), b.getSignature().toByteArray());
      if (e.deed().isEmpty()) {
        assertTrue(chained && signed, e.line());
        verified++;
      } else {
        assertNotEquals(chained, signed, "only one of them is wrong: " + e.line());
        refused++;
      }
    }

    private void gap(TranscriptFile.Event e, Gap g) throws GeneralSecurityException {
      assertArrayEquals(at(h, g.getTo()), g.getChainHash().toByteArray(), e.line());
      byte[] message =
          join(
              domain("link-gap"),
              s,
              g.getFrom(),
              g.getTo(),
              (long) g.getReason(),
              g.getChainHash());
      byte[] key = keys.floorEntry(g.getTo()).getValue();
      assertTrue(verifies(key, message, g.getSignature().toByteArray()), e.line());
      verified++;
    }

    private void setAside(TranscriptFile.Event e, SetAside a) throws GeneralSecurityException {
      byte[] message = join(domain("link-set-aside"), s, a.getTotal());
      for (SetAsideRecord i : a.getNewestList()) {
        byte[] reason = i.getReason().getBytes(StandardCharsets.US_ASCII);
        message = join(message, i.getSeq(), new byte[] {(byte) reason.length}, reason);
        assertEquals(e.fields().get(i.getSeq() + " not used"), i.getReason());
      }
      assertTrue(verifies(file.hex("JPN key"), message, a.getSignature().toByteArray()), e.line());
      verified++;
    }

    private void receipt(TranscriptFile.Event e, long next, ByteString hash, ByteString signature)
        throws GeneralSecurityException {
      assertArrayEquals(at(h, next - 1), hash.toByteArray(), e.line());
      assertArrayEquals(e.hex("signature"), signature.toByteArray());
      byte[] message = join(domain("link-receipt"), s, next, hash);
      boolean signed =
          verifies(file.hex("JPN key"), message, signature.toByteArray())
              || verifies(file.hex("JPN next key"), message, signature.toByteArray());
      if (e.deed().isEmpty()) {
        assertTrue(signed, e.line());
        verified++;
      } else {
        assertFalse(signed, e.line());
        refused++;
      }
    }
  }
}
