package parallax.wire.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import parallax.engine.TermsState;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.release.AgreementSignature;
import parallax.release.SignedAgreement;
import parallax.signing.VerificationKey;
import parallax.wire.fields.ConfigurationFields;
import parallax.wire.fields.KeysIn;
import parallax.wire.fields.WireFields;
import parallax.wire.proto.KeptAgreement;
import parallax.wire.proto.KeptKeys;
import parallax.wire.proto.KeptTerms;

/** What a node goes by as {@code parallax.v1.KeptTerms} messages. */
final class TermsFields {
  private TermsFields() {}

  static KeptTerms toProto(TermsState s) {
    KeptTerms.Builder b =
        KeptTerms.newBuilder()
            .setNothingInForce(s.nothingInForce())
            .addAllPolicies(s.policies())
            .addAllPartnerKeys(keys(s.partnerKeys()));
    s.configuration().ifPresent(c -> b.setConfiguration(ConfigurationFields.toProto(c)));
    s.configuredPolicy().ifPresent(b::setConfiguredPolicy);
    s.inForceSince().ifPresent(t -> b.setInForceSinceNs(t.nanos()));
    s.newestAgreement().ifPresent(a -> b.setNewestAgreement(agreement(a)));
    s.ownKey().ifPresent(k -> b.setOwnKey(WireFields.bytes(k.bytes())));
    return b.build();
  }

  static TermsState fromProto(KeptTerms m, KeysIn keys) {
    return new TermsState(
        m.hasConfiguration()
            ? Optional.of(ConfigurationFields.fromProto(m.getConfiguration(), keys))
            : Optional.empty(),
        m.hasConfiguredPolicy() ? Optional.of(m.getConfiguredPolicy()) : Optional.empty(),
        m.hasInForceSinceNs() ? Optional.of(new UtcTime(m.getInForceSinceNs())) : Optional.empty(),
        m.hasNewestAgreement() ? Optional.of(agreement(m.getNewestAgreement())) : Optional.empty(),
        m.getNothingInForce(),
        m.getPoliciesList(),
        m.getOwnKey().isEmpty()
            ? Optional.empty()
            : Optional.of(keys.key("own key", m.getOwnKey())),
        keys(m.getPartnerKeysList(), keys));
  }

  private static KeptAgreement agreement(SignedAgreement a) {
    KeptAgreement.Builder b =
        KeptAgreement.newBuilder()
            .setAgreement(WireFields.bytes(a.bytes()))
            .setName(a.sourceName());
    a.signatures().values().forEach(s -> b.addSignatures(s.format()));
    return b.build();
  }

  private static SignedAgreement agreement(KeptAgreement a) {
    List<AgreementSignature> signatures = new ArrayList<>();
    a.getSignaturesList().forEach(s -> signatures.add(ConfigurationFields.signature(s)));
    return new SignedAgreement(a.getAgreement().toByteArray(), a.getName(), signatures);
  }

  /** Keys of nations, each nation's in their order. */
  static List<KeptKeys> keys(SortedMap<Nation, ? extends Collection<VerificationKey>> byNation) {
    List<KeptKeys> out = new ArrayList<>();
    byNation.forEach(
        (nation, keys) -> {
          KeptKeys.Builder b = KeptKeys.newBuilder().setNation(nation.code());
          keys.forEach(k -> b.addKeys(WireFields.bytes(k.bytes())));
          out.add(b.build());
        });
    return out;
  }

  static SortedMap<Nation, SortedSet<VerificationKey>> keys(List<KeptKeys> all, KeysIn in) {
    SortedMap<Nation, SortedSet<VerificationKey>> out = new TreeMap<>();
    keysInOrder(all, in).forEach((nation, keys) -> out.put(nation, new TreeSet<>(keys)));
    return out;
  }

  static SortedMap<Nation, List<VerificationKey>> keysInOrder(List<KeptKeys> all, KeysIn in) {
    SortedMap<Nation, List<VerificationKey>> out = new TreeMap<>();
    for (KeptKeys k : all) {
      List<VerificationKey> keys = new ArrayList<>();
      k.getKeysList().forEach(raw -> keys.add(in.key("key", raw)));
      out.put(new Nation(k.getNation()), List.copyOf(keys));
    }
    return out;
  }
}
