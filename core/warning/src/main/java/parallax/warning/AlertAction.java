package parallax.warning;

import java.util.List;

/** What the alert life cycle asks its owner to send. */
public sealed interface AlertAction {
  /** The message to send. */
  Alert alert();

  /** The earlier messages it refers to, oldest first. */
  default List<AlertReference> references() {
    return alert().references();
  }

  /**
   * A first warning.
   *
   * @param alert the message
   */
  record Issue(Alert alert) implements AlertAction {}

  /**
   * A warning that replaces the earlier ones.
   *
   * @param alert the message
   */
  record Update(Alert alert) implements AlertAction {}

  /**
   * A withdrawal.
   *
   * @param alert the message
   */
  record Cancel(Alert alert) implements AlertAction {}

  /**
   * The end of a danger.
   *
   * @param alert the message
   */
  record AllClear(Alert alert) implements AlertAction {}
}
