package parallax.link;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.signing.VerificationKey;

/**
 * The part of a stream's state that both of its ends keep alike. All of it is lasting: it follows
 * from what was taken in, ordered and configured, and from no connection.
 *
 * @param terms what both ends agreed on
 * @param partnerKeys the keys that the other end's signatures are accepted with
 * @param suspension whether this end has suspended the stream
 * @param setAsides the records that the recipient does not use
 */
public record StreamEndState(
    LinkTerms terms,
    PartnerKeyState partnerKeys,
    SuspensionState suspension,
    SetAsideState setAsides) {

  /**
   * The keys of the other end.
   *
   * @param trusted the keys that are trusted
   * @param replaced keys that were replaced and are good enough for what is held already
   * @param revoked keys that only an order of this nation brings back
   * @param learned keys that are known by announcement alone, oldest first
   * @param announced the key announced last, until something new is signed with it
   */
  public record PartnerKeyState(
      SortedSet<VerificationKey> trusted,
      SortedSet<VerificationKey> replaced,
      SortedSet<VerificationKey> revoked,
      List<VerificationKey> learned,
      Optional<VerificationKey> announced) {
    /** Copies the sets and the list. */
    public PartnerKeyState {
      trusted = Collections.unmodifiableSortedSet(new TreeSet<>(trusted));
      replaced = Collections.unmodifiableSortedSet(new TreeSet<>(replaced));
      revoked = Collections.unmodifiableSortedSet(new TreeSet<>(revoked));
      learned = List.copyOf(learned);
    }
  }

  /**
   * This end's suspension.
   *
   * @param suspended whether there is one
   * @param announced whether the other end was told of it, or of the one before
   * @param reason what the other end is told
   */
  public record SuspensionState(boolean suspended, boolean announced, String reason) {}

  /**
   * The records that the recipient took in but does not use.
   *
   * @param total how many since the stream began
   * @param newest the newest of them, by rising number; at most {@link Frame.SetAside#MOST}
   */
  public record SetAsideState(long total, List<Frame.SetAside.Item> newest) {
    /** Validates the numbers and copies the list. */
    public SetAsideState {
      newest = List.copyOf(newest);
      if (total < 0 || newest.size() > Frame.SetAside.MOST) {
        throw new InvalidValueException(
            "records set aside",
            newest.size() + " of " + total,
            "at most " + Frame.SetAside.MOST + " of 0 or more");
      }
      for (int i = 1; i < newest.size(); i++) {
        if (newest.get(i).seq() <= newest.get(i - 1).seq()) {
          throw new InvalidValueException(
              "number set aside", newest.get(i).seq(), "more than the one before it");
        }
      }
    }
  }

  /**
   * What both ends keep of a path. All of it is passing.
   *
   * @param peer the neighbour
   * @param state where the path stands
   * @param version the version of the protocol that both ends go by, once greeted
   * @param suspendedByPartner whether the other end has said on this connection that it has
   *     suspended the stream
   * @param silentSinceNs since when nothing was heard, this node's link time, ns since 1970
   * @param lastHeardNs when the last frame came, likewise; empty: never
   */
  public record PathState(
      Nation peer,
      LinkState state,
      int version,
      boolean suspendedByPartner,
      long silentSinceNs,
      OptionalLong lastHeardNs) {}
}
