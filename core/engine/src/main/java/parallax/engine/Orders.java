package parallax.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.Report;
import parallax.model.TrackId;
import parallax.model.UtcTime;
import parallax.release.Labels;
import parallax.signing.VerificationKey;

/** Carries out what the nation's operators order, and answers each order. */
final class Orders {
  private final CurrentTerms terms;
  private final OwnTracks own;
  private final Knowledge knowledge;
  private final Releases releases;
  private final Streams streams;
  private final Faults faults;

  Orders(
      CurrentTerms terms,
      OwnTracks own,
      Knowledge knowledge,
      Releases releases,
      Streams streams,
      Faults faults) {
    this.terms = terms;
    this.own = own;
    this.knowledge = knowledge;
    this.releases = releases;
    this.streams = streams;
    this.faults = faults;
  }

  /** Carries out an order. */
  void onOrder(Input.Ordered o, Input.Stamped stamped, List<Effect> out) {
    String detail;
    boolean done = false;
    try {
      detail = carryOut(o.order(), o.by(), stamped, out);
      done = true;
    } catch (RefusedOrderException | InvalidValueException e) {
      detail = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      // Whoever gave it must have an answer, and the node goes on.
      detail = "failed on a fault in this software; parts of it may have been carried out";
      faults.tell(
          "order of " + o.by(),
          "Parts of it may have been carried out; look at the partners' status and order again.",
          e,
          out);
    }
    out.add(new Effect.OrderAnswered(o.by(), o.order(), done, detail));
  }

  private String carryOut(Order order, String by, Input.Stamped stamped, List<Effect> out) {
    InForce inForce =
        terms
            .inForce()
            .orElseThrow(
                () ->
                    new RefusedOrderException(
                        "no agreement is in force: see why the configuration was refused"));
    UtcTime now = stamped.time();
    long wallNs = stamped.wallNs();
    return switch (order) {
      case Order.Suspend s -> {
        requirePartner(s.partner());
        releases.suspend(s, inForce.policy().announcesSuspension(), wallNs, out);
        yield s.partner()
            + " is suspended until it is resumed: "
            + what(s.direction())
            + "; reason: "
            + s.reason();
      }
      case Order.Resume r -> {
        requirePartner(r.partner());
        releases.resume(inForce.releaser(), r, now, wallNs, out);
        yield r.partner() + " is resumed";
      }
      case Order.Recall r ->
          notify(
              inForce,
              new Report.Recall(header(inForce, known(r.track()), now), r.of(), now, r.reason()),
              now,
              out);
      case Order.Correct c -> correct(inForce, c, now, out);
      case Order.Relabel r -> relabel(inForce, r, now, out);
      case Order.Decide d -> releases.answer(inForce.releaser(), d, by, now, out);
      case Order.DecideAll d -> releases.answer(inForce.releaser(), d, by, now, out);
      case Order.PutPolicy p -> terms.putPolicy(inForce, p.yaml());
      case Order.RevertPolicy r -> terms.revertPolicy(inForce);
      case Order.RotateKey r -> rotate(r.successor(), out);
      case Order.TrustKey t -> {
        requirePartner(t.partner());
        terms.keys().trust(t.partner(), t.key());
        streams.trust(t.partner(), t.key());
        yield "key " + t.key().fingerprint() + " of " + t.partner() + " is trusted";
      }
      case Order.StartOver s -> startOver(inForce, s, now, wallNs, out);
      case Order.RevokeKey r -> {
        terms.keys().revoke(r.partner(), r.key());
        out.addAll(streams.distrust(r.partner(), r.key()));
        yield "key " + r.key().fingerprint() + " of " + r.partner() + " is trusted no longer";
      }
    };
  }

  private String startOver(
      InForce inForce, Order.StartOver order, UtcTime now, long wallNs, List<Effect> out) {
    Nation partner = order.partner();
    requirePartner(partner);
    if (streams.hasKnown(partner, order.key())) {
      throw new RefusedOrderException(
          "key "
              + order.key().fingerprint()
              + " of "
              + partner
              + " is not new; expected one that it has never signed with here, or what it signed"
              + " before could be told again: it makes one with parallax keys replace-stream");
    }
    SortedSet<VerificationKey> before = streams.trusted(partner);
    terms.keys().trust(partner, order.key());
    streams.trust(partner, order.key());
    for (VerificationKey old : before) {
      terms.keys().revoke(partner, old);
      out.addAll(streams.distrust(partner, old));
    }
    out.addAll(streams.startOver(partner, wallNs));
    releases.startOver(partner);
    own.tellAllTo(partner, inForce, now, out);
    return "the streams with " + partner + " start over under its key " + order.key().fingerprint();
  }

  private static String what(Order.Direction d) {
    return switch (d) {
      case SEND -> "it is told nothing";
      case RECEIVE -> "nothing is taken in from it";
      case BOTH -> "it is told nothing, and nothing is taken in from it";
    };
  }

  private String correct(InForce inForce, Order.Correct c, UtcTime now, List<Effect> out) {
    Report.Header header = header(inForce, known(c.corrected().header().track()), now);
    Report.Header inner =
        new Report.Header(
            header.track(), header.channel(), header.createdAt(), own.label(header.track(), now));
    return notify(
        inForce, new Report.Correction(header, Reports.asSaid(c.corrected(), inner)), now, out);
  }

  private String relabel(InForce inForce, Order.Relabel r, UtcTime now, List<Effect> out) {
    Report.Relabel relabel =
        new Report.Relabel(
            header(inForce, known(r.track()), now), inForce.ordered(r.label(), now), now);
    own.relabel(r.track(), relabel.label());
    String done = notify(inForce, relabel, now, out);
    own.tellAgain(r.track(), inForce, now, out);
    return done;
  }

  private String notify(InForce inForce, Report.Notice notice, UtcTime now, List<Effect> out) {
    int told = releases.notify(inForce.releaser(), notice, now, out);
    own.onOwnNotice(notice);
    boolean toAll = told == streams.partners().size();
    knowledge.apply(notice, inForce, toAll, OptionalLong.empty());
    return notice.header().track() + ": " + told + " partners are told";
  }

  private void requirePartner(Nation partner) {
    if (!streams.isOpen(partner)) {
      throw new RefusedOrderException(
          partner
              + " is no partner under the agreement in force; partners are "
              + streams.partners());
    }
  }

  /** An own track that something is known of. */
  private TrackId known(TrackId track) {
    if (!track.originator().equals(terms.nation())) {
      throw new RefusedOrderException("track " + track + " is not this nation's own");
    }
    if (knowledge.combined().of(track).isEmpty() && !releases.wasTold(track)) {
      throw new RefusedOrderException(
          "track " + track + " is not known: nothing was told of it, or it was long ago");
    }
    return track;
  }

  private static Report.Header header(InForce inForce, TrackId track, UtcTime now) {
    NodeConfiguration c = inForce.configuration();
    return new Report.Header(
        track, c.channel(), now, Labels.forReport(inForce.agreement(), c.nation(), now));
  }

  private String rotate(VerificationKey successor, List<Effect> out) {
    if (successor.equals(terms.keys().own())) {
      throw new RefusedOrderException("key " + successor.fingerprint() + " is in use already");
    }
    Optional<Nation> behind = streams.behindWithKeys();
    if (behind.isPresent()) {
      throw new RefusedOrderException(
          behind.get() + " does not hold the last change of key yet; try again once it does");
    }
    terms.keys().own(successor);
    out.addAll(streams.rotate(successor));
    return "streams are signed with " + successor.fingerprint() + " from here on";
  }
}
