package parallax.host;

import parallax.credentials.NativeSignatures;
import parallax.signing.SignaturesBy;

/**
 * Lets a faster library sign and verify once the node runs, so that no start waits for it, and says
 * what signs: at first, and when the library has failed.
 */
final class FasterSignatures {
  private final NodeLog log;
  private String said = "";

  FasterSignatures(NodeLog log) {
    this.log = log;
  }

  /** To be called every few seconds, by one thread. */
  void look() {
    if (said.isEmpty()) {
      String because = NativeSignatures.use().map(why -> ": " + why).orElse("");
      said = SignaturesBy.name();
      log.change("SIGNATURES", "signed and verified by " + said + because);
    } else if (!said.equals(SignaturesBy.name())) {
      log.change(
          "SIGNATURES_SLOWER",
          said + " failed, and " + SignaturesBy.name() + " signs and verifies in its place");
      said = SignaturesBy.name();
    }
  }
}
