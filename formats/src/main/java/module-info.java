/** Bytes to model and back: the wire, the journal's inputs, CAP. Generated classes stay inside. */
module parallax.formats {
  requires static transitive org.jspecify;
  requires transitive parallax.engine;
  requires com.google.protobuf;
  requires java.xml;

  exports parallax.formats;
  exports parallax.formats.cap;
  exports parallax.formats.stanag4774;
}
