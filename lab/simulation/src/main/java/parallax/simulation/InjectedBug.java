package parallax.simulation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A mistake on purpose, in every simulated node: a simulation that finds none of them proves
 * nothing.
 */
public enum InjectedBug {
  /** The national policy is not asked: whatever the agreement permits is released. */
  SKIP_RELEASE_CHECK("the national policy is not asked"),
  /** What was sent before a break is not sent again. */
  DROP_RESEND("what was sent before a break is not sent again"),
  /** Batches leave before they are in the journal. */
  SEND_BEFORE_APPEND("batches leave before they are in the journal"),
  /** Receipts leave before what they are for is in the journal. */
  ACK_BEFORE_DURABLE("receipts leave before what they are for is in the journal"),
  /** A restart forgets the last numbers it had given. */
  REUSE_NUMBER_AFTER_RESTART("a restart forgets the last numbers it had given"),
  /** Batches signed with the key of another channel are taken. */
  ACCEPT_WRONG_CHANNEL_KEY("batches signed with the key of another channel are taken"),
  /** A restart ends every suspension. */
  FORGET_SUSPENSION_ON_RESTART("a restart ends every suspension"),
  /** What was made before a recall and comes after it is taken. */
  LATE_DATA_AFTER_RECALL("what comes after the recall it is covered by is taken"),
  /** The heartbeat's mark counts what was withheld. */
  LEAK_WITHHELD_NUMBER("the heartbeat's mark counts what was withheld"),
  /** Records are delivered twice. */
  DELIVER_TWICE("records are delivered twice"),
  /** What retention drops is passed over by the recipient without a word. */
  SILENT_RETENTION_DROP("what retention drops is passed over without a word"),
  /** Nothing is sent on a relayed connection but heartbeats. */
  RELAY_HOLDS_BACK("a relay passes everything on but batches"),
  /** A revoked key goes on being trusted. */
  FORGET_REVOCATION("a revoked key goes on being trusted"),
  /** Where a partner's launch came from is not looked at. */
  SKIP_INBOUND_CHECK("what a partner tells out of the agreed regions is shown"),
  /** Ticks that have no effect are not journalled, whatever they change. */
  LEAVE_OUT_TICKS("ticks without an effect are not journalled"),
  /** Receipts that have no effect are not journalled, whatever they acknowledge. */
  LEAVE_OUT_RECEIPTS("receipts without an effect are not journalled"),
  /** Nothing stands in the journal in the place of what was left out of it. */
  FORGET_QUIET_TIME("the journal does not say what passed while nothing was journalled"),
  /** Times of receipt follow the wall clock, however it is set, and never go back. */
  TRUST_THE_WALL_CLOCK("the wall clock is believed however it is set, and time never goes back");

  private final String says;

  InjectedBug(String says) {
    this.says = says;
  }

  /** What the buggy node does, for people. */
  public String says() {
    return says;
  }

  /** The name on the command line: lower case with hyphens. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The bug of a {@link #label}. */
  public static Optional<InjectedBug> of(String label) {
    return Arrays.stream(values()).filter(b -> b.label().equals(label)).findFirst();
  }
}
