package parallax.node.battery;

import parallax.warning.AreaCatalogue;
import parallax.warning.MapOutline;

/** x. */
public final class BatteryPage {
  private BatteryPage() {}

  /** x. */
  public static String html(BatteryResult r, MapOutline outline, AreaCatalogue areas) {
    return "";
  }
}
