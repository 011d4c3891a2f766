/** Others' formats: CAP 1.2 and STANAG 4774. No I/O. */
module parallax.formats {
  requires static transitive org.jspecify;
  requires transitive parallax.model;
  requires transitive parallax.warning;
  requires java.xml;

  exports parallax.formats.cap;
  exports parallax.formats.stanag4774;
}
