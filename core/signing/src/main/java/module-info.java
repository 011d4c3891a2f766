/** Ed25519 keys and signatures, one signature domain per channel and purpose. No I/O. */
module parallax.signing {
  requires static transitive org.jspecify;
  requires transitive parallax.model;
  requires org.bouncycastle.provider;

  exports parallax.signing;
}
