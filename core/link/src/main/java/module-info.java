/**
 * The session between two nodes, without sockets: order, numbers, resend, hash chain, signatures.
 */
module parallax.link {
  requires static transitive org.jspecify;
  requires transitive parallax.model;
  requires transitive parallax.signing;
  requires transitive parallax.release;

  exports parallax.link;
}
