package parallax.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parallax.link.LinkHealth;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.Agreement;
import parallax.release.AgreementException;
import parallax.release.Labels;
import parallax.release.MalformedFileException;
import parallax.release.NationalPolicy;
import parallax.release.Releaser;
import parallax.release.SignedAgreement;

/**
 * What the node goes by: its configuration, the agreement and policy in force, the policies before,
 * and the keys of streams.
 */
final class CurrentTerms {
  private final Streams streams;
  private final StreamKeys keys;
  private final PolicyHistory policies;
  private @Nullable InForce inForce;
  private @Nullable Newest newestAgreement;
  private @Nullable NodeConfiguration configuration;
  private @Nullable String configuredPolicy;
  private String nothingInForce;

  /** The last label that was given, while the terms stay: many reports are made at one time. */
  private @Nullable Labelled labelled;

  private record Labelled(Nation of, UtcTime now, ConfidentialityLabel label) {}

  /** The newest agreement that was in force, as it was signed and as it reads. */
  private record Newest(SignedAgreement signed, Agreement agreement) {}

  /**
   * What another went by. Agreement and policy are read and verified again, as at the time when
   * they were put in force.
   *
   * @throws AgreementException when the agreement cannot be put in force
   * @throws MalformedFileException when the agreement or the policy cannot be read
   */
  CurrentTerms(TermsState state, Streams streams) {
    this.streams = streams;
    keys = new StreamKeys(state);
    policies = new PolicyHistory(state.policies());
    configuration = state.configuration().orElse(null);
    configuredPolicy = state.configuredPolicy().orElse(null);
    inForce =
        state
            .inForceSince()
            .map(since -> InForce.of(state.configuration().orElseThrow(), since))
            .orElse(null);
    newestAgreement = state.newestAgreement().map(this::newest).orElse(null);
    nothingInForce = state.nothingInForce();
  }

  /** What is in force need not be read twice. */
  private Newest newest(SignedAgreement signed) {
    byte[] bytes = signed.bytes();
    return inForce()
        .filter(t -> Arrays.equals(t.configuration().agreement().bytes(), bytes))
        .map(t -> new Newest(signed, t.agreement().agreement()))
        .orElseGet(() -> new Newest(signed, Agreement.parse(bytes, signed.sourceName())));
  }

  /** As it stands. */
  TermsState state() {
    return new TermsState(
        configuration(),
        configuredPolicy(),
        inForce().map(InForce::since),
        Optional.ofNullable(newestAgreement).map(Newest::signed),
        nothingInForce,
        policies.all(),
        keys.ownIfAny(),
        keys.ofPartners());
  }

  Optional<NodeConfiguration> configuration() {
    return Optional.ofNullable(configuration);
  }

  /** The policy that the newest configuration brought. */
  Optional<String> configuredPolicy() {
    return Optional.ofNullable(configuredPolicy);
  }

  Optional<InForce> inForce() {
    return Optional.ofNullable(inForce);
  }

  /** Why nothing is in force, so that nothing is shared; empty when something is. */
  Optional<String> sharesNothingBecause() {
    return inForce == null ? Optional.of(nothingInForce) : Optional.empty();
  }

  /** Nothing will be in force, for a reason. */
  void refused(String why) {
    nothingInForce = why;
  }

  Optional<Releaser> releaser() {
    return inForce().map(InForce::releaser);
  }

  StreamKeys keys() {
    return keys;
  }

  /** How long the newest agreement that was in force lets a receiver keep. */
  Optional<RetentionClause> retention() {
    return Optional.ofNullable(newestAgreement).map(n -> RetentionClause.of(n.agreement()));
  }

  /** Whether a configuration is of another node than the one whose journal this is. */
  boolean isOfAnotherNode(NodeConfiguration c) {
    return configuration()
        .filter(b -> !(b.nation().equals(c.nation()) && b.channel() == c.channel()))
        .isPresent();
  }

  /**
   * Checks what a configuration would put in force. Nothing is changed by it.
   *
   * @throws InvalidValueException with the precise reason when it cannot be put in force
   * @throws AgreementException likewise
   * @throws MalformedFileException likewise
   */
  InForce check(NodeConfiguration c, UtcTime now) {
    InForce terms = InForce.of(c, now);
    requireAmendment(terms.agreement().agreement());
    return terms;
  }

  /** What all have signed once stays signed: an older version must not come back in its place. */
  private void requireAmendment(Agreement next) {
    Agreement newest = newestAgreement == null ? null : newestAgreement.agreement();
    if (newest != null
        && newest.name().equals(next.name())
        && !newest.digest().equals(next.digest())
        && next.version() <= newest.version()) {
      throw new InvalidValueException(
          "agreement", next, "an amendment with a higher version than " + newest);
    }
  }

  /**
   * Goes by a configuration from here on. All streams are closed when it is called, and stay so
   * until {@link #openStreams}.
   *
   * @param terms what it puts in force; empty: it was refused, and nothing is in force
   */
  void take(NodeConfiguration c, Optional<InForce> terms) {
    configuration = c;
    configuredPolicy = c.policy();
    keys.configure(c);
    inForce = terms.orElse(null);
    labelled = null;
    terms.ifPresent(
        t -> {
          policies.took(c.policy());
          newestAgreement = new Newest(c.agreement(), t.agreement().agreement());
        });
  }

  /** Nothing is in force from here on. */
  void close() {
    inForce = null;
    labelled = null;
  }

  /** Opens the streams under what is in force. All are closed when it is called. */
  void openStreams() {
    InForce t = inForce;
    if (t != null) {
      streams.open(t.terms(keys));
    }
  }

  /** Puts a policy in force; says with which number of each stream it begins to hold. */
  String putPolicy(InForce terms, String yaml) {
    InForce other;
    try {
      other = terms.withPolicy(yaml);
      NationalPolicy.requireNewVersion(policies.all(), yaml, "policy");
    } catch (MalformedFileException | InvalidValueException e) {
      throw new RefusedOrderException(String.valueOf(e.getMessage()));
    }
    inForce = other;
    labelled = null;
    configuration = other.configuration();
    policies.took(yaml);
    List<String> from = new ArrayList<>();
    for (LinkHealth h : streams.health()) {
      if (h.stream().originator().equals(other.configuration().nation())) {
        from.add(h.stream() + " " + (h.highWaterMark() + 1));
      }
    }
    return "policy '"
        + other.policy().name()
        + "' version "
        + other.policy().version()
        + " is in force from "
        + String.join(", ", from)
        + " on";
  }

  /** Puts the policy in force again that was so before the present one. */
  String revertPolicy(InForce terms) {
    return putPolicy(terms, policies.before());
  }

  /**
   * The label that the agreement gives to an own track; for own use only while none is in force.
   */
  ConfidentialityLabel labelOf(TrackId own, UtcTime now) {
    Labelled last = labelled;
    if (last == null || !last.now().equals(now) || !last.of().equals(own.originator())) {
      ConfidentialityLabel label =
          inForce()
              .map(t -> Labels.forReport(t.agreement(), own.originator(), now))
              .orElseGet(() -> InForce.ownUseOnly(own.originator(), now));
      last = new Labelled(own.originator(), now, label);
      labelled = last;
    }
    return last.label();
  }

  /** The nation whose node this is. */
  Nation nation() {
    return configuration()
        .map(NodeConfiguration::nation)
        .orElseThrow(() -> new IllegalStateException("the node has no configuration"));
  }
}
