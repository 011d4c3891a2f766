package parallax.release;

/** Whether what a partner told may be used. */
public sealed interface InboundDecision {
  /** In place of a clause: the check itself failed. */
  String EVALUATION = "evaluation";

  /** The agreement clause that decided, as the path of its key. */
  String clause();

  /**
   * It may be used.
   *
   * @param clause the clause that permits it
   */
  record Accept(String clause) implements InboundDecision {}

  /**
   * It must be set aside and shown to nobody.
   *
   * @param clause the clause it breaks
   * @param reason why
   */
  record Quarantine(String clause, String reason) implements InboundDecision {}
}
