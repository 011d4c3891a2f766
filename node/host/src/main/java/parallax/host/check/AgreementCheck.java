package parallax.host.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import parallax.credentials.NationKeys;
import parallax.files.SmallFile;
import parallax.host.Expiry;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.model.Utf8Text;
import parallax.release.Agreement;
import parallax.release.AgreementSignature;
import parallax.release.NationalPolicy;
import parallax.signing.VerificationKey;

/** Looks at the agreement, who has signed it, and the policy that narrows it. */
final class AgreementCheck {
  private static final String ABOUT = "agreement";
  private static final String POLICY = "policy";

  private final NodeDirectory directory;
  private final NodeSettings settings;
  private final Findings f;
  private final UtcTime now;

  /** {@code now} is the node's time, which may be that of an exercise. */
  AgreementCheck(NodeDirectory directory, NodeSettings settings, Findings f, UtcTime now) {
    this.directory = directory;
    this.settings = settings;
    this.f = f;
    this.now = now;
  }

  void check() {
    Path file = directory.agreementText();
    Optional<byte[]> bytes = f.read(ABOUT, () -> SmallFile.bytes(file));
    Optional<Agreement> agreement =
        bytes.flatMap(b -> f.read(ABOUT, () -> Agreement.parse(b, file.toString())));
    if (agreement.isEmpty()) {
      return;
    }
    Agreement a = agreement.get();
    if (!a.channels().contains(settings.channel())) {
      f.error(ABOUT, a + " covers channels " + a.channels() + ", not " + settings.channel());
    }
    if (!a.parties().contains(settings.nation())) {
      f.error(ABOUT, settings.nation() + " is no party of " + a + ": " + a.parties());
    }
    for (Nation party : a.parties()) {
      party(a, bytes.get(), party);
    }
    validity(a);
    policy(a);
  }

  private void party(Agreement a, byte[] bytes, Nation party) {
    if (!party.equals(settings.nation()) && !Files.isDirectory(directory.partner(party))) {
      f.warning(
          ABOUT,
          party
              + " is a party, but this node knows no keys of it and tells it nothing: parallax"
              + " setup --partner "
              + party
              + "=FOLDER");
    }
    Path pub = directory.agreementKey(party);
    Optional<VerificationKey> key = f.read(ABOUT, () -> NationKeys.readAgreementKey(pub, party));
    Path sig = directory.signature(party);
    if (!Files.isRegularFile(sig)) {
      f.error(ABOUT, party + " has not signed " + a + ": there is no " + sig);
      return;
    }
    Optional<AgreementSignature> signature = f.read(ABOUT, () -> read(sig));
    if (key.isEmpty() || signature.isEmpty()) {
      return;
    }
    if (!signature.get().channels().contains(settings.channel())) {
      f.error(
          ABOUT,
          party
              + " has signed "
              + a
              + " for "
              + signature.get().channels()
              + ", not for "
              + settings.channel());
    } else if (!signature.get().isOf(bytes, key.get(), settings.channel())) {
      f.error(
          ABOUT,
          sig + " is no signature of " + party + "'s key " + pub + " under the text of " + a);
    } else {
      f.ok(ABOUT, party + " has signed " + a + " for " + settings.channel());
    }
  }

  private static AgreementSignature read(Path sig) throws IOException {
    return AgreementSignature.parse(SmallFile.text(sig), sig.toString());
  }

  private void validity(Agreement a) {
    long days = Validity.days(now, a.until());
    if (now.isBefore(a.from())) {
      f.error(ABOUT, a + " is not yet valid at " + now + ": from " + a.from());
    } else if (!now.isBefore(a.until())) {
      f.error(ABOUT, a + " expired at " + a.until() + "; it is " + now);
    } else if (days < Expiry.SOON_DAYS) {
      f.warning(
          ABOUT,
          a
              + " is valid until "
              + a.until()
              + ", only "
              + days
              + " days: amend it (parallax"
              + " agreement new --amends)");
    } else {
      f.ok(ABOUT, a + " is valid until " + a.until() + ", " + days + " days");
    }
  }

  private void policy(Agreement a) {
    f.read(POLICY, () -> parse(directory.policy(), a))
        .ifPresent(
            p -> {
              if (p.nation().equals(settings.nation())) {
                f.ok(POLICY, directory.policy() + ": " + words(p));
              } else {
                f.error(
                    POLICY,
                    directory.policy()
                        + " is that of "
                        + p.nation()
                        + "; expected that of "
                        + settings.nation());
              }
            });
    Path next = directory.nextPolicy();
    if (Files.exists(next)) {
      Findings tried = new Findings();
      tried
          .read(POLICY, () -> parse(next, a))
          .ifPresentOrElse(
              p -> f.ok(POLICY, next + " lies ready: " + words(p)),
              () -> tried.all().forEach(w -> f.warning(POLICY, w.text())));
    }
  }

  private static NationalPolicy parse(Path file, Agreement a) throws IOException {
    byte[] bytes = SmallFile.bytes(file);
    String unused = Utf8Text.decode(bytes, file.toString());
    return NationalPolicy.parse(bytes, file.toString(), a);
  }

  private static String words(NationalPolicy p) {
    return "'" + p.name() + "' version " + p.version() + ", rules: " + p.rules().size();
  }
}
