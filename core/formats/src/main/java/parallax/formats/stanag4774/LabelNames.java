package parallax.formats.stanag4774;

/** Names of the elements, attributes and categories that a label is written with. */
final class LabelNames {
  static final String NAMESPACE = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0";
  static final String LABEL = "originatorConfidentialityLabel";
  static final String INFORMATION = "ConfidentialityInformation";
  static final String POLICY = "PolicyIdentifier";
  static final String CLASSIFICATION = "Classification";
  static final String CATEGORY = "Category";
  static final String TAG_NAME = "TagName";
  static final String TYPE = "Type";
  static final String VALUE = "GenericValue";
  static final String CREATED = "CreationDateTime";

  /** The categories of a label, in the order they are written, and their types. */
  enum Category {
    OWNER("Owner", "INFORMATIVE"),
    RELEASABLE_TO("Releasable To", "PERMISSIVE"),
    CAVEAT("Caveat", "RESTRICTIVE");

    final String tagName;
    final String type;

    Category(String tagName, String type) {
      this.tagName = tagName;
      this.type = type;
    }
  }

  private LabelNames() {}
}
