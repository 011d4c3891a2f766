package parallax.host.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.credentials.NationKeys;
import parallax.files.SmallFile;
import parallax.files.WholeFile;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.Channel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.release.Agreement;
import parallax.release.AgreementSignature;
import parallax.release.AgreementSigning;
import parallax.release.NationalPolicy;
import parallax.signing.SigningKey;

/** The agreement, its signatures and the policy of a directory that is set up. */
final class SetupTerms {
  private final NodeDirectory directory;
  private final NodeSettings settings;
  private final SetupRequest request;
  private final Said said;
  private boolean unread;

  SetupTerms(NodeDirectory directory, NodeSettings settings, SetupRequest request, Said said) {
    this.directory = directory;
    this.settings = settings;
    this.request = request;
    this.said = said;
  }

  /** Refuses an agreement or a policy that is given and is none. */
  void requireGood(SortedSet<Nation> parties, List<PartnerImport> sent) throws IOException {
    Optional<Agreement> a = toBe(parties, sent);
    if (a.isPresent() && request.policy().isPresent()) {
      var unused = given(a.get());
    }
  }

  /** The agreement that will lie here. */
  private Optional<Agreement> toBe(SortedSet<Nation> parties, List<PartnerImport> sent)
      throws IOException {
    if (request.agreement().isPresent()) {
      Path file = request.agreement().get();
      return Optional.of(Agreement.parse(SmallFile.bytes(file), file.toString()));
    }
    Optional<Agreement> draft = draft();
    boolean follows = draft.isPresent() && parties.containsAll(draft.get().parties());
    if (Files.exists(directory.agreementText()) && !follows) {
      return Optional.of(read());
    }
    for (PartnerImport p : sent) {
      if (p.agreement().length > 0 && draft.isEmpty()) {
        return Optional.of(Agreement.parse(p.agreement(), "agreement of " + p.partner()));
      }
    }
    return parties.size() > 1
        ? Optional.of(Agreement.parse(DefaultTerms.agreement(parties), "the default agreement"))
        : Optional.empty();
  }

  /** The policy that is given, as bytes that are a policy of this nation under the agreement. */
  private byte[] given(Agreement a) throws IOException {
    Path file = request.policy().orElseThrow();
    byte[] given = SmallFile.bytes(file);
    NationalPolicy p = NationalPolicy.parse(given, file.toString(), a);
    if (!p.nation().equals(settings.nation())) {
      throw new InvalidValueException(
          file.toString(), "that of " + p.nation(), "that of " + settings.nation());
    }
    return given;
  }

  /** Puts an agreement in place, takes partners' signatures, signs where asked, adds a policy. */
  void make(SortedSet<Nation> parties, List<PartnerImport> sent) throws IOException {
    ownKey();
    agreement(parties, sent);
    if (!Files.exists(directory.agreementText())) {
      return;
    }
    Agreement a = read();
    for (PartnerImport p : sent) {
      if (p.agreement().length > 0 && !Arrays.equals(p.agreement(), bytes())) {
        said.notTaken(
            "the agreement that "
                + p.partner()
                + " sent: it has another text than "
                + directory.agreementText()
                + " (digest "
                + Agreement.parse(p.agreement(), "agreement of " + p.partner()).digest()
                + " instead of "
                + a.digest()
                + "). Settle between you which one holds");
      }
      for (AgreementSignature s : p.signatures()) {
        take(s);
      }
    }
    if (request.sign()) {
      sign(a);
    }
    policy(a);
  }

  private byte[] bytes() throws IOException {
    return SmallFile.bytes(directory.agreementText());
  }

  private Agreement read() throws IOException {
    return Agreement.parse(bytes(), directory.agreementText().toString());
  }

  private void ownKey() throws IOException {
    Path own = directory.agreementKey(settings.nation());
    Path made = NationKeys.agreementKey(request.offline());
    if (Files.exists(own)) {
      said.there(own.toString());
    } else if (Files.exists(made)) {
      var unused = NationKeys.readAgreementKey(made, settings.nation());
      Folders.put(own, Files.readAllBytes(made), "", said);
    }
  }

  private void agreement(SortedSet<Nation> parties, List<PartnerImport> sent) throws IOException {
    Path file = directory.agreementText();
    if (request.agreement().isPresent()) {
      byte[] given = SmallFile.bytes(request.agreement().get());
      Agreement a = Agreement.parse(given, request.agreement().get().toString());
      if (draft().isEmpty()) {
        Folders.requireSame(file, given, "the same; docs/policy.md says how to amend an agreement");
      }
      replace(given, a);
    } else if (Files.exists(file)) {
      Optional<Agreement> draft = draft();
      if (draft.isPresent()
          && parties.containsAll(draft.get().parties())
          && !parties.equals(draft.get().parties())) {
        replace(DefaultTerms.agreement(parties), draft.get());
      } else {
        said.there(file + ", " + read());
      }
    } else {
      Optional<PartnerImport> first =
          sent.stream().filter(p -> p.agreement().length > 0).findFirst();
      if (first.isPresent()) {
        byte[] theirs = first.get().agreement();
        Agreement a = Agreement.parse(theirs, "agreement of " + first.get().partner());
        unread = parties.size() < 2 || !Arrays.equals(theirs, DefaultTerms.agreement(parties));
        Folders.put(file, theirs, ", " + a + ", as " + first.get().partner() + " sent it", said);
      } else if (parties.size() > 1) {
        byte[] text = DefaultTerms.agreement(parties);
        Folders.put(file, text, ", the default between " + parties, said);
      }
    }
  }

  /** Exchanges a draft, and what followed from it: nobody else has signed it. */
  private void replace(byte[] text, Agreement before) throws IOException {
    Path file = directory.agreementText();
    if (!Files.exists(file)) {
      Folders.put(file, text, ", " + Agreement.parse(text, file.toString()), said);
      return;
    }
    if (Arrays.equals(bytes(), text)) {
      said.there(file + ", " + read());
      return;
    }
    byte[] policy = DefaultTerms.policy(settings.nation(), before.parties());
    Path policyFile = directory.policy();
    boolean policyFollows =
        Files.exists(policyFile) && Arrays.equals(Files.readAllBytes(policyFile), policy);
    Files.deleteIfExists(directory.signature(settings.nation()));
    WholeFile.write(file, text);
    said.changed(file + ", " + read() + ", between " + read().parties());
    if (policyFollows) {
      WholeFile.write(policyFile, DefaultTerms.policy(settings.nation(), read().parties()));
      said.changed(policyFile.toString());
    }
  }

  /**
   * The agreement that lies here, if it is the default one and only this nation may have signed.
   */
  private Optional<Agreement> draft() throws IOException {
    if (!Files.exists(directory.agreementText())) {
      return Optional.empty();
    }
    Agreement a = read();
    for (Nation n : a.parties()) {
      if (!n.equals(settings.nation()) && Files.exists(directory.signature(n))) {
        return Optional.empty();
      }
    }
    return Arrays.equals(DefaultTerms.agreement(a.parties()), bytes())
        ? Optional.of(a)
        : Optional.empty();
  }

  private void take(AgreementSignature s) throws IOException {
    Path file = directory.signature(s.nation());
    Path key = directory.agreementKey(s.nation());
    if (s.nation().equals(settings.nation())) {
      return; // the own one, sent back
    }
    if (!Files.exists(key)
        || !s.isOf(bytes(), NationKeys.readAgreementKey(key, s.nation()), settings.channel())) {
      said.notTaken(
          "a signature of "
              + s.nation()
              + ", which is none for "
              + settings.channel()
              + " under this text by the key "
              + key);
      return;
    }
    byte[] text = s.format().getBytes(StandardCharsets.US_ASCII);
    if (Files.exists(file) && !Arrays.equals(Files.readAllBytes(file), text)) {
      WholeFile.write(file, text);
      said.changed(file + ", signed for " + s.channels());
    } else {
      Folders.put(file, text, ", signed for " + s.channels(), said);
    }
  }

  private void sign(Agreement a) throws IOException {
    Path file = directory.signature(settings.nation());
    Path seed = NationKeys.agreementSeed(request.offline());
    if (isSigned(settings.nation())) {
      said.there(file.toString());
    } else if (unread) {
      said.notTaken(
          "--sign: nobody here can have read "
              + directory.agreementText()
              + " yet; read it, and then say --sign again");
    } else if (!Files.exists(seed)) {
      said.notTaken("--sign: there is no " + seed + "; name its folder with --offline");
    } else {
      SigningKey key = NationKeys.readAgreementSeed(seed, settings.nation());
      byte[] text = bytes();
      Set<Channel> channels = EnumSet.of(settings.channel());
      signed(settings.nation())
          .ifPresent(
              before ->
                  before.channels().stream()
                      .filter(c -> before.isOf(text, key.key(), c))
                      .forEach(channels::add));
      AgreementSignature s =
          AgreementSigning.sign(text, a.name(), settings.nation(), key, channels);
      WholeFile.write(file, s.format().getBytes(StandardCharsets.US_ASCII));
      said.made(file + ", " + settings.nation() + " signs " + a + " for " + s.channels());
    }
  }

  private Optional<AgreementSignature> signed(Nation party) throws IOException {
    Path file = directory.signature(party);
    return Files.exists(file)
        ? Optional.of(AgreementSignature.parse(SmallFile.text(file), file.toString()))
        : Optional.empty();
  }

  /** Whether a party has signed what lies here, for this node's channel. */
  boolean isSigned(Nation party) throws IOException {
    Path key = directory.agreementKey(party);
    Optional<AgreementSignature> s = signed(party);
    return s.isPresent()
        && Files.exists(key)
        && s.get().isOf(bytes(), NationKeys.readAgreementKey(key, party), settings.channel());
  }

  /** The parties of the agreement that lies here; empty when none does. */
  SortedSet<Nation> parties() throws IOException {
    return Files.exists(directory.agreementText()) ? read().parties() : new TreeSet<>();
  }

  private void policy(Agreement a) throws IOException {
    Path file = directory.policy();
    if (request.policy().isPresent()) {
      byte[] given = given(a);
      String name = NationalPolicy.parse(given, file.toString(), a).name();
      Folders.requireSame(file, given, "the same; 'parallax policy apply' changes a policy");
      Folders.put(file, given, ", " + name, said);
    } else if (Files.exists(file)) {
      said.there(file.toString());
    } else if (a.parties().contains(settings.nation())) {
      Folders.put(
          file,
          DefaultTerms.policy(settings.nation(), a.parties()),
          ", the default policy; docs/policy.md says how to change it",
          said);
    }
  }
}
