package parallax.host;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.Fingerprints;
import parallax.credentials.NationKeys;
import parallax.credentials.Revocations;
import parallax.engine.NodeConfiguration;
import parallax.files.SmallFile;
import parallax.files.WholeFile;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Sensor;
import parallax.model.Utf8Text;
import parallax.release.AgreementSignature;
import parallax.release.SignedAgreement;
import parallax.signing.SigningKey;
import parallax.signing.VerificationKey;
import parallax.tables.SensorTable;

/**
 * A node's directory; docs/node-directory.md says of each file who writes and reads it:
 *
 * <pre>
 *   node.yaml                    settings
 *   keys/ca.pem node.pem .key        own authority's certificate, node's certificate and key
 *   keys/stream-EXERCISE.seed        seed of the key that signs this channel's streams
 *   keys/log-EXERCISE.seed           seed of the key that signs this channel's audit log; made when
 *                                    there is none
 *   keys/operator.pem sensor.pem .key  certificates of the nation's own clients; no node needs them
 *   keys/key.passphrase              what the keys beside it are encrypted with, if they are
 *   keys/revoked.txt                 own clients' certificates that are no longer believed
 *   partners/KOR/ca.pem              each partner's authority, pinned; two while one is exchanged
 *   partners/KOR/stream-EXERCISE.pub each partner's stream key on this channel
 *   partners/KOR/log-EXERCISE.pub    each partner's log key on this channel, if it handed it over
 *   partners/KOR/revoked.txt         each partner's certificates that are no longer believed
 *   agreement/agreement.yaml         the agreement
 *   agreement/agreement.yaml.JPN.sig each party's signature under it
 *   agreement/JPN.pub                each party's agreement key
 *   policy.yaml                      the nation's release policy
 *   policy.next.yaml                 the one that lies ready to be put in force
 *   sensors.csv                      the nation's sensors
 *   feeds.txt                        which gateway each sensor feed belongs to
 *   clock.properties                 the clock of an exercise that has one of its own
 *   journal/                         the node's memory
 *   log/                             the audit log (docs/audit.md)
 *   heads/                           the log of its checkpoints, which partners are shown
 *   held/KOR/                        what each partner has shown of its own
 *   alerts/                          alerts issued, CAP 1.2
 * </pre>
 *
 * Keys of streams are read for the node's own channel only; files of other channels are not opened.
 */
public final class NodeDirectory {
  /** The agreement's file name in {@code agreement/}. */
  public static final String AGREEMENT = "agreement.yaml";

  private final Path root;

  /** The directory {@code root}. */
  public NodeDirectory(Path root) {
    this.root = root;
  }

  /** The directory itself. */
  public Path root() {
    return root;
  }

  /** Own keys. */
  public Path keys() {
    return root.resolve("keys");
  }

  /** The journal's directory. */
  public Path journal() {
    return root.resolve("journal");
  }

  /** The audit log. */
  public Path log() {
    return root.resolve("log");
  }

  /** The log of the audit log's checkpoints. */
  public Path heads() {
    return root.resolve("heads");
  }

  /** The folder with what partners have shown of their head logs. */
  public Path held() {
    return root.resolve("held");
  }

  /** What a partner has shown of its head log. */
  public Path held(Nation partner) {
    return held().resolve(partner.code());
  }

  /** Where alerts are written. */
  public Path alerts() {
    return root.resolve("alerts");
  }

  /** What is known of a partner. */
  public Path partner(Nation nation) {
    return partners().resolve(nation.code());
  }

  /** The folder with what is known of each partner. */
  public Path partners() {
    return root.resolve("partners");
  }

  /** The agreement and what belongs to it. */
  public Path agreement() {
    return root.resolve("agreement");
  }

  /** The agreement's text. */
  public Path agreementText() {
    return agreement().resolve(AGREEMENT);
  }

  /** A party's signature under the agreement. */
  public Path signature(Nation party) {
    return agreement().resolve(AGREEMENT + "." + party + ".sig");
  }

  /** The key that verifies a party's signature. */
  public Path agreementKey(Nation party) {
    return agreement().resolve(party + ".pub");
  }

  /** The nation's release policy. */
  public Path policy() {
    return root.resolve("policy.yaml");
  }

  /** The release policy that lies ready to be put in force. */
  public Path nextPolicy() {
    return root.resolve("policy.next.yaml");
  }

  /**
   * Reads the policy that lies ready.
   *
   * @param sha256 the SHA-256 of its bytes, 64 hexadecimal digits
   * @throws InvalidValueException when another lies there, or none that can be read
   */
  public String nextPolicy(String sha256) {
    try {
      byte[] bytes = SmallFile.bytes(nextPolicy());
      String found = Fingerprints.sha256(bytes);
      if (!found.equals(sha256)) {
        throw new InvalidValueException(
            "SHA-256 of " + nextPolicy().getFileName(), found, "that of the policy ordered");
      }
      return SmallFile.text(nextPolicy());
    } catch (IOException e) {
      throw new InvalidValueException(
          String.valueOf(nextPolicy().getFileName()), "not readable", "the policy ordered");
    }
  }

  /** Puts another policy in the place of the one that the next start reads. */
  public void keepPolicy(String yaml) throws IOException {
    WholeFile.write(policy(), yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** The nation's sensors. */
  public Path sensors() {
    return root.resolve("sensors.csv");
  }

  /**
   * The key that signs this node's streams on its channel, first, and its successor if there is
   * one.
   *
   * @throws InvalidValueException when a file holds another nation's or channel's key
   */
  public List<SigningKey> streamKeys(NodeSettings settings) throws IOException {
    List<SigningKey> keys = new ArrayList<>();
    keys.add(
        NationKeys.readStreamSeed(
            NationKeys.streamSeed(keys(), settings.channel()),
            settings.nation(),
            settings.channel()));
    Path next = NationKeys.nextStreamSeed(keys(), settings.channel());
    if (Files.isRegularFile(next)) {
      keys.add(NationKeys.readStreamSeed(next, settings.nation(), settings.channel()));
    }
    return keys;
  }

  /**
   * Where it stands which certificates of an authority are no longer believed.
   *
   * @param own this node's nation
   * @param whose the authority's nation, the own one or a partner
   */
  public Path revoked(Nation own, Nation whose) {
    return (whose.equals(own) ? keys() : partner(whose)).resolve(Revocations.FILE);
  }

  /** Where it stands which gateway each sensor feed belongs to. */
  public Path feeds() {
    return root.resolve(FeedHolders.FILE);
  }

  /**
   * The pinned authorities of each partner that has one: several while one is being exchanged for
   * another.
   */
  public SortedMap<Nation, List<X509Certificate>> partnerAuthorities()
      throws IOException, GeneralSecurityException {
    SortedMap<Nation, List<X509Certificate>> out = new TreeMap<>();
    for (Nation n : partnerNations()) {
      Path pinned = partner(n).resolve(NationKeys.AUTHORITY);
      if (Files.isRegularFile(pinned)) { // a partner reached through a relay only has none
        out.put(n, CertificateAuthority.readCertificates(pinned));
      }
    }
    return out;
  }

  /** The nations that have a folder in {@link #partners}. */
  public List<Nation> partnerNations() throws IOException {
    List<Nation> out = new ArrayList<>();
    try (Stream<Path> list = Files.list(partners())) {
      for (Path p : list.sorted().toList()) {
        out.add(new Nation(String.valueOf(p.getFileName())));
      }
    }
    return out;
  }

  /** Reads everything the engine goes by. Throws with the file that is wrong. */
  public NodeConfiguration configuration(NodeSettings settings) throws IOException {
    SortedMap<Nation, VerificationKey> agreementKeys = new TreeMap<>();
    List<AgreementSignature> signatures = new ArrayList<>();
    try (Stream<Path> list = Files.list(agreement())) {
      for (Path p : list.sorted().toList()) {
        String name = String.valueOf(p.getFileName());
        if (name.endsWith(".pub")) {
          Nation party = new Nation(name.substring(0, name.length() - 4));
          agreementKeys.put(party, NationKeys.readAgreementKey(p, party));
        } else if (name.endsWith(".sig")) {
          signatures.add(AgreementSignature.parse(SmallFile.text(p), p.toString()));
        }
      }
    }
    SortedMap<Nation, VerificationKey> linkKeys = new TreeMap<>();
    for (Nation n : partnerNations()) {
      linkKeys.put(
          n,
          NationKeys.readStreamKey(
              NationKeys.streamKey(partner(n), settings.channel()), n, settings.channel()));
    }
    Path file = agreementText();
    return new NodeConfiguration(
        settings.nation(),
        settings.channel(),
        new SignedAgreement(SmallFile.bytes(file), file.toString(), signatures),
        agreementKeys,
        streamKeys(settings).getFirst().key(),
        linkKeys,
        SmallFile.text(policy()),
        nationalSensors(settings.nation()));
  }

  /** The sensor table with its good and its bad rows. */
  public SensorTable sensorTable() throws IOException {
    String text = Utf8Text.decode(SmallFile.whole(sensors()), sensors().toString());
    return SensorTable.parse(new StringReader(text), sensors().toString());
  }

  private List<Sensor> nationalSensors(Nation nation) throws IOException {
    SensorTable table = sensorTable();
    if (!table.errors().isEmpty()) {
      throw new InvalidValueException(
          sensors().toString(), table.errors().get(0).toString(), "sensors without errors");
    }
    List<Sensor> own = new ArrayList<>();
    for (Sensor s : table.sensors()) {
      if (s.id().owner().equals(nation)) {
        own.add(s);
      }
    }
    return own;
  }
}
