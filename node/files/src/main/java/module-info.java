/** Small files read whole, files written whole. */
module parallax.files {
  requires static transitive org.jspecify;
  requires parallax.model;

  exports parallax.files;
}
