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
  TRUST_THE_WALL_CLOCK("the wall clock is believed however it is set, and time never goes back"),
  /** The state of an engine is kept without {@code terms.configuration}. */
  FORGET_CONFIGURATION("a node forgets its configuration", "terms.configuration"),
  /** The state of an engine is kept without {@code terms.inForceSince}. */
  FORGET_WHAT_IS_IN_FORCE("a node forgets that an agreement is in force", "terms.inForceSince"),
  /** The state of an engine is kept without {@code terms.configuredPolicy}. */
  FORGET_CONFIGURED_POLICY(
      "a node forgets the policy that was configured", "terms.configuredPolicy"),
  /** The state of an engine is kept without {@code terms.newestAgreement}. */
  FORGET_NEWEST_AGREEMENT("a node forgets the newest agreement", "terms.newestAgreement"),
  /** The state of an engine is kept without {@code terms.nothingInForce}. */
  FORGET_WHY_NOTHING_IS_IN_FORCE("a node forgets why nothing is in force", "terms.nothingInForce"),
  /** The state of an engine is kept without {@code terms.policies}. */
  FORGET_POLICIES("a node forgets the policies before", "terms.policies"),
  /** The state of an engine is kept without {@code terms.ownKey}. */
  FORGET_OWN_KEY("a node forgets the key that streams are signed with", "terms.ownKey"),
  /** The state of an engine is kept without {@code terms.partnerKeys}. */
  FORGET_ORDERED_KEYS("a node forgets the keys of partners", "terms.partnerKeys"),
  /** The state of an engine is kept without {@code feeds}. */
  FORGET_FEEDS("a node forgets how far feeds were taken in", "feeds"),
  /** The state of an engine is kept without {@code faults}. */
  FORGET_FAULTS("a node forgets the faults that were told", "faults"),
  /** The state of an engine is kept without {@code own.tracks}. */
  FORGET_OWN_TRACKS("a node forgets the own tracks", "own.tracks"),
  /** The state of an engine is kept without {@code own.reports}. */
  FORGET_OWN_REPORTS("a node forgets what there is to tell of own tracks", "own.reports"),
  /** The state of an engine is kept without {@code own.relabelled}. */
  FORGET_OWN_LABELS("a node forgets the labels that were given anew", "own.relabelled"),
  /** The state of an engine is kept without {@code own.undrawn}. */
  FORGET_UNDRAWN("a node forgets what is not drawn yet", "own.undrawn"),
  /** The state of an engine is kept without {@code own.surveillance}. */
  FORGET_SURVEILLANCE("a node forgets what tracks by own sensors", "own.surveillance"),
  /** The state of an engine is kept without {@code own.surveillance.tracker.targets}. */
  FORGET_TRACKS_OF_SENSORS(
      "a node forgets the tracks of own sensors", "own.surveillance.tracker.targets"),
  /** The state of an engine is kept without {@code own.surveillance.named}. */
  FORGET_TRACK_NAMES("a node forgets the names of own tracks", "own.surveillance.named"),
  /** The state of an engine is kept without {@code own.surveillance.told}. */
  FORGET_OFFERED("a node forgets the launch and impact that were offered", "own.surveillance.told"),
  /** The state of an engine is kept without {@code own.surveillance.filed}. */
  FORGET_FILED("a node forgets the tracks that were filed", "own.surveillance.filed"),
  /** The state of an engine is kept without {@code knowledge.combined.tracks.known}. */
  FORGET_KNOWN("a node forgets what is known of tracks", "knowledge.combined.tracks.known"),
  /** The state of an engine is kept without {@code knowledge.combined.tracks.newest}. */
  FORGET_NEWEST_REPORTS(
      "a node forgets which reports are the newest", "knowledge.combined.tracks.newest"),
  /** The state of an engine is kept without {@code knowledge.combined.tracks.arrivals}. */
  FORGET_ARRIVALS(
      "a node forgets when that came what partners told", "knowledge.combined.tracks.arrivals"),
  /** The state of an engine is kept without {@code knowledge.combined.names.firstMade}. */
  FORGET_FIRST_REPORTS(
      "a node forgets when the first report of a track was made",
      "knowledge.combined.names.firstMade"),
  /** The state of an engine is kept without {@code knowledge.combined.names.kept}. */
  FORGET_KEPT_NAMES(
      "a node forgets the names that launches go on by", "knowledge.combined.names.kept"),
  /** The state of an engine is kept without {@code knowledge.combined.active}. */
  FORGET_ACTIVE("a node forgets the tracks that are looked at", "knowledge.combined.active"),
  /** The state of an engine is kept without {@code knowledge.combined.drawn}. */
  FORGET_DRAWN("a node forgets what was drawn", "knowledge.combined.drawn"),
  /** The state of an engine is kept without {@code knowledge.combined.ended}. */
  FORGET_LAUNCHES_AT_REST("a node forgets the launches at rest", "knowledge.combined.ended"),
  /** The state of an engine is kept without {@code knowledge.combined.stale}. */
  FORGET_STALE("a node forgets that something is to be drawn", "knowledge.combined.stale"),
  /** The state of an engine is kept without {@code knowledge.common}. */
  FORGET_COMMON("a node forgets what all nations know", "knowledge.common"),
  /** The state of an engine is kept without {@code releases.pending}. */
  FORGET_PENDING("a node forgets the reports that wait", "releases.pending"),
  /** The state of an engine is kept without {@code releases.lastId}. */
  FORGET_LAST_NUMBER_HELD(
      "a node forgets the number given last to a report that waits", "releases.lastId"),
  /** The state of an engine is kept without {@code releases.lastTold}. */
  FORGET_TURNS("a node forgets when each was told last", "releases.lastTold"),
  /** The state of an engine is kept without {@code releases.missed}. */
  FORGET_MISSED("a node forgets what suspended partners were not told", "releases.missed"),
  /** The state of an engine is kept without {@code releases.unconfirmed}. */
  FORGET_UNCONFIRMED("a node forgets the notices that are not confirmed", "releases.unconfirmed"),
  /** The state of an engine is kept without {@code releases.endedNotices}. */
  FORGET_ENDS_OF_NOTICES("a node forgets what partners made of notices", "releases.endedNotices"),
  /** The state of an engine is kept without {@code releases.takenBack.tracks}. */
  FORGET_RECALLED_TRACKS(
      "a node forgets the own tracks that were taken back", "releases.takenBack.tracks"),
  /** The state of an engine is kept without {@code releases.takenBack.classes}. */
  FORGET_RECALLED_CLASSES(
      "a node forgets the data classes that were taken back", "releases.takenBack.classes"),
  /** The state of an engine is kept without {@code releases.lastUrgent}. */
  FORGET_LAST_URGENT("a node forgets the last urgent predictions", "releases.lastUrgent"),
  /** The state of an engine is kept without {@code releases.told}. */
  FORGET_TOLD("a node forgets what partners were told", "releases.told"),
  /** The state of an engine is kept without {@code streams.pairs}. */
  FORGET_PAIRS("a node forgets the streams with partners", "streams.pairs"),
  /** The state of an engine is kept without {@code streams.pairs.out.urgent.outbox.held}. */
  FORGET_OUTBOX("a node forgets what is not acknowledged", "streams.pairs.out.urgent.outbox.held"),
  /** The state of an engine is kept without {@code streams.pairs.out.bulk.outbox.held}. */
  FORGET_BULK(
      "a node forgets what is not acknowledged on the bulk lane",
      "streams.pairs.out.bulk.outbox.held"),
  /** The state of an engine is kept without {@code streams.pairs.out.urgent.ownKey.next}. */
  FORGET_NEXT_KEY("a node forgets the key that follows", "streams.pairs.out.urgent.ownKey.next"),
  /** The state of an engine is kept without {@code streams.pairs.out.urgent.passing.paths}. */
  FORGET_PATHS_OUT(
      "a node forgets the connections to partners", "streams.pairs.out.urgent.passing.paths"),
  /** The state of an engine is kept without {@code streams.pairs.in.passing.paths}. */
  FORGET_PATHS_IN("a node forgets the connections from partners", "streams.pairs.in.passing.paths"),
  /** The state of an engine is kept without {@code streams.pairs.in.cursor}. */
  FORGET_CURSORS("a node forgets how far streams were taken in", "streams.pairs.in.cursor"),
  /** The state of an engine is kept without {@code streams.pairs.in.end.suspension}. */
  FORGET_SILENCING(
      "a node forgets that a partner is not listened to", "streams.pairs.in.end.suspension"),
  /** The state of an engine is kept without {@code streams.pairs.in.end.setAsides}. */
  FORGET_SET_ASIDE("a node forgets what was set aside", "streams.pairs.in.end.setAsides"),
  /** The state of an engine is kept without {@code streams.pairs.in.end.partnerKeys.trusted}. */
  FORGET_TRUSTED(
      "a node forgets the keys that are trusted", "streams.pairs.in.end.partnerKeys.trusted"),
  /** The state of an engine is kept without {@code streams.relays}. */
  FORGET_RELAYS("a node forgets the streams that are relayed", "streams.relays"),
  /** The state of an engine is kept without {@code streams.relays.passing}. */
  FORGET_RELAYED_PATHS(
      "a node forgets the connections of relayed streams", "streams.relays.passing"),
  /** The state of an engine is kept without {@code streams.open}. */
  FORGET_OPEN("a node forgets the partners there are", "streams.open"),
  /** The state of an engine is kept without {@code streams.openedWith}. */
  FORGET_OPENED_WITH("a node forgets the keys that streams were opened with", "streams.openedWith"),
  /** The state of an engine is kept without {@code streams.receiptKeys}. */
  FORGET_RECEIPT_KEYS("a node forgets the keys for receipts", "streams.receiptKeys"),
  /** The state of an engine is kept without {@code streams.learned.revoked}. */
  FORGET_REVOKED_KEYS("a node forgets the keys that were revoked", "streams.learned.revoked"),
  /** The state of an engine is kept without {@code streams.setAsides}. */
  FORGET_SET_ASIDE_TIMES(
      "a node forgets when the records came that are not used", "streams.setAsides"),
  /** The state of an engine is kept without {@code streams.opened}. */
  FORGET_OPENED("a node forgets under what the streams were opened", "streams.opened"),
  /** The state of an engine is kept without {@code doubted}. */
  FORGET_DOUBTS("a node forgets what is doubted", "doubted"),
  /** The state of an engine is kept without {@code alerts}. */
  FORGET_ALERTS("a node forgets all warnings", "alerts"),
  /** The state of an engine is kept without {@code alerts.warnings.histories}. */
  FORGET_AREAS_IN_VIEW("a node forgets the areas in view", "alerts.warnings.histories"),
  /** The state of an engine is kept without {@code alerts.warnings.references}. */
  FORGET_EARLIER_ALERTS(
      "a node forgets the earlier messages of a warning", "alerts.warnings.references"),
  /** The state of an engine is kept without {@code alerts.warnings.standing}. */
  FORGET_STANDING_ALERT("a node forgets the alert that stands", "alerts.warnings.standing"),
  /** The state of an engine is kept without {@code alerts.warnings.sentAt}. */
  FORGET_TIME_OF_ALERT("a node forgets when an alert was sent", "alerts.warnings.sentAt");

  private final String says;
  private final String forgets;

  InjectedBug(String says) {
    this(says, "");
  }

  InjectedBug(String says, String forgets) {
    this.says = says;
    this.forgets = forgets;
  }

  /** The part of an engine's state that is not kept; empty: it is another kind of bug. */
  Optional<String> forgets() {
    return forgets.isEmpty() ? Optional.empty() : Optional.of(forgets);
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
