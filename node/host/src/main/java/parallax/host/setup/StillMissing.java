package parallax.host.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import parallax.credentials.NationKeys;
import parallax.host.NodeDirectory;
import parallax.host.NodeSettings;
import parallax.host.setup.SetupResult.Missing;
import parallax.model.Nation;

/** What a directory still lacks before its node can share something. */
final class StillMissing {
  private final NodeDirectory directory;
  private final NodeSettings settings;
  private final SetupRequest request;
  private final SetupTerms terms;
  private final List<Missing> missing = new ArrayList<>();

  StillMissing(
      NodeDirectory directory, NodeSettings settings, SetupRequest request, SetupTerms terms) {
    this.directory = directory;
    this.settings = settings;
    this.request = request;
    this.terms = terms;
  }

  List<Missing> all(List<Nation> partners) throws IOException {
    if (partners.isEmpty()) {
      add("with whom this node shares", "--party XXX", "or the options of that partner");
    }
    for (Nation n : partners) {
      keys(n);
    }
    SortedSet<Nation> parties = terms.parties();
    for (Nation n : parties) {
      signature(n);
    }
    for (Nation n : partners) {
      if (!parties.isEmpty() && !parties.contains(n)) {
        add(
            "an agreement that has " + n + " as a party; the one here is between " + parties,
            "",
            "parallax agreement new --amends (docs/policy.md)");
      }
    }
    if (!hasOwnSensors()) {
      add(
          "the nation's sensors",
          "--sensors FILE",
          "or write them into " + directory.sensors() + " (docs/node-directory.md)");
    }
    return missing;
  }

  private void add(String what, String options, String remark) {
    missing.add(new Missing(what, options, remark));
  }

  private void keys(Nation n) {
    boolean relayed = settings.relays().containsKey(n);
    boolean pinned = Files.exists(directory.partner(n).resolve(NationKeys.AUTHORITY)) || relayed;
    if (!pinned
        || !Files.exists(NationKeys.streamKey(directory.partner(n), settings.channel()))
        || !Files.exists(directory.agreementKey(n))) {
      add(
          "the authority and public keys of " + n,
          "--partner " + n + "=FOLDER",
          "with the folder that " + n + " sends you");
    }
    if (!settings.partners().containsKey(n) && !relayed) {
      add("the address of the node of " + n, "--address " + n + "=HOST:PORT", "");
    }
  }

  private void signature(Nation n) throws IOException {
    if (terms.isSigned(n)) {
      return;
    }
    String what = "the signature of " + n + " under the agreement, for " + settings.channel();
    if (n.equals(settings.nation())) {
      add(
          what,
          "--sign",
          "once you have read "
              + directory.agreementText()
              + "; needs "
              + NationKeys.agreementSeed(request.offline()));
    } else {
      add(what, "--partner " + n + "=FOLDER", "with the folder that " + n + " sends you");
    }
  }

  private boolean hasOwnSensors() throws IOException {
    return !directory.sensorTable().of(settings.nation()).isEmpty();
  }
}
