package parallax.host.check;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import parallax.credentials.CertificateAuthority;
import parallax.credentials.Fingerprints;
import parallax.credentials.NationKeys;
import parallax.credentials.Revocations;
import parallax.host.NodeCertificate;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/** Looks at what the node knows of each partner: authority, keys, address. */
final class PartnersCheck {
  private static final String ABOUT = "partners";

  private final NodeDirectory directory;
  private final NodeSettings settings;
  private final Findings f;
  private final Instant now;

  PartnersCheck(NodeDirectory directory, NodeSettings settings, Findings f, Instant now) {
    this.directory = directory;
    this.settings = settings;
    this.f = f;
    this.now = now;
  }

  void check() {
    SortedSet<Nation> known = folders();
    SortedSet<Nation> all = new TreeSet<>(known);
    all.addAll(settings.partners().keySet());
    all.addAll(settings.relays().keySet());
    all.remove(settings.nation());
    if (all.isEmpty()) {
      f.warning(ABOUT, "there are none: this node tracks and warns for itself alone");
    }
    for (Nation n : all) {
      if (known.contains(n)) {
        one(n);
      } else {
        f.error(
            ABOUT,
            "node.yaml names "
                + n
                + ", but there is no "
                + directory.partner(n)
                + ": take what "
                + n
                + " sent by 'parallax setup --partner "
                + n
                + "=FOLDER'");
      }
    }
  }

  private SortedSet<Nation> folders() {
    SortedSet<Nation> out = new TreeSet<>();
    List<Path> found =
        f.read(
                ABOUT,
                () -> {
                  try (Stream<Path> list = Files.list(directory.partners())) {
                    return list.sorted().toList();
                  }
                })
            .orElse(List.of());
    for (Path p : found) {
      try {
        Nation n = new Nation(String.valueOf(p.getFileName()));
        if (n.equals(settings.nation())) {
          f.error(ABOUT, p + " is of this node's own nation; expected partners only");
        }
        out.add(n);
      } catch (InvalidValueException e) {
        f.error(ABOUT, p + " is no partner; expected folders such as KOR only");
      }
    }
    return out;
  }

  private void one(Nation n) {
    boolean direct = settings.partners().containsKey(n);
    Path ca = directory.partner(n).resolve(NationKeys.AUTHORITY);
    if (Files.isRegularFile(ca)) {
      authority(n, ca);
    } else if (direct) {
      f.error(ABOUT, n + ": there is no " + ca + ", by which its node is known");
    } else {
      f.ok(ABOUT, n + ": no authority is pinned; only a relay reaches it");
    }
    f.read(
            ABOUT,
            () ->
                NationKeys.readStreamKey(
                    NationKeys.streamKey(directory.partner(n), settings.channel()),
                    n,
                    settings.channel()))
        .ifPresent(
            k ->
                f.ok(
                    ABOUT,
                    n
                        + ": stream key of channel "
                        + settings.channel()
                        + ", SHA-256 "
                        + Fingerprints.of(k)));
    logKey(n);
    revoked(n);
    address(n, direct);
  }

  private void authority(Nation n, Path ca) {
    Optional<List<X509Certificate>> read =
        f.read(ABOUT, () -> CertificateAuthority.readCertificates(ca));
    if (read.isPresent()
        && f.holds(ABOUT, () -> NodeCertificate.requireNation(ca, read.get(), n))) {
      for (X509Certificate c : read.get()) {
        Validity.sayEnd(f, ABOUT, n + ": authority, SHA-256 " + Fingerprints.of(c), c, now);
      }
    }
  }

  private void logKey(Nation n) {
    Path key = NationKeys.logKey(directory.partner(n), settings.channel());
    if (!Files.isRegularFile(key)) {
      f.warning(
          ABOUT,
          n
              + ": there is no "
              + key
              + ", so nobody checks whether "
              + n
              + " changes its log afterwards; ask it for this file");
    } else {
      f.holds(ABOUT, () -> readLogKey(key, n));
    }
  }

  private void readLogKey(Path key, Nation n) throws IOException {
    var unused = NationKeys.readLogKey(key, n, settings.channel());
  }

  private void revoked(Nation n) {
    Path file = directory.revoked(settings.nation(), n);
    f.read(ABOUT, () -> Revocations.read(file))
        .ifPresent(r -> r.faults().forEach(w -> f.error(ABOUT, file + ", " + w)));
  }

  private void address(Nation n, boolean direct) {
    if (!direct) {
      if (!settings.relays().containsKey(n)) {
        f.warning(
            ABOUT,
            n
                + ": node.yaml has no address of it and no relay to it, so this node does not call"
                + " it, and tells it nothing");
      }
      return;
    }
    InetSocketAddress a = settings.partners().get(n);
    if (a != null && a.isUnresolved()) {
      f.warning(
          ABOUT,
          n + ": no address is known for the name " + a.getHostString() + " on this machine");
    } else if (a != null && a.getPort() == 0) {
      f.error(ABOUT, n + ": its address has port 0; expected the port that " + n + " told");
    }
  }
}
