/** Keys, certificates, trust and revocation of a nation. */
module parallax.credentials {
  requires static transitive org.jspecify;
  requires parallax.files;
  requires transitive parallax.model;
  requires transitive parallax.signing;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.pkix;
  requires java.naming;

  // The faster signatures, where they are installed.
  uses java.security.Provider;

  exports parallax.credentials;
}
