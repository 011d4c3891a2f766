package parallax.formats.stanag4774;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import parallax.formats.stanag4774.LabelNames.Category;
import parallax.model.Caveat;
import parallax.model.ConfidentialityLabel;
import parallax.model.ConfidentialityLabel.Classification;
import parallax.model.InvalidValueException;
import parallax.model.Nation;
import parallax.model.UtcTime;
import parallax.model.Utf8Text;

/**
 * Reads a STANAG 4774 originator confidentiality label that says no more than a {@link
 * ConfidentialityLabel} can hold, by the mapping of {@link LabelWriter}.
 *
 * <p>A label binds by everything it says, so nothing is passed over: an element, attribute or
 * category that has no place in the mapping is refused, and so is a label without a creation time,
 * which the standard requires and by which a newer label is told from an older one. There are no
 * document types, entities, processing instructions or other encodings than UTF-8.
 */
public final class LabelReader {
  /** A longer document is refused unread, bytes. */
  public static final int MAX_BYTES = 16 * 1024;

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader in;

  private LabelReader(XMLStreamReader in) {
    this.in = in;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory f = XMLInputFactory.newDefaultFactory();
    f.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    f.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    f.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    f.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("an external entity");
        });
    return f;
  }

  /**
   * Reads a document.
   *
   * @throws InvalidValueException when it is no such label: where, what was found, what was
   *     expected
   */
  public static ConfidentialityLabel read(byte[] xml) {
    if (xml.length > MAX_BYTES) {
      throw new InvalidValueException(
          "label", xml.length + " bytes", "at most " + MAX_BYTES + " bytes");
    }
    try {
      return new LabelReader(FACTORY.createXMLStreamReader(new StringReader(text(xml)))).label();
    } catch (XMLStreamException e) {
      String said = String.valueOf(e.getMessage()).replace('\n', ' ');
      String why =
          said.substring(said.indexOf("Message: ") < 0 ? 0 : said.indexOf("Message: ") + 9);
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
      throw new InvalidValueException(
          "label",
          "no XML: " + (line > 0 ? "line " + line + ": " : "") + why,
          "a well-formed document");
    }
  }

  private static String text(byte[] xml) {
    return Utf8Text.decode(xml, "label");
  }

  private ConfidentialityLabel label() throws XMLStreamException {
    String encoding = in.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      throw wrong("encoding", encoding, "UTF-8");
    }
    begin(LabelNames.LABEL);
    begin(LabelNames.INFORMATION);
    String policy = text(LabelNames.POLICY);
    Classification classification = classification(text(LabelNames.CLASSIFICATION));
    Map<Category, List<String>> categories = new EnumMap<>(Category.class);
    while (nextElement() == XMLStreamConstants.START_ELEMENT) {
      category(categories);
    }
    if (nextElement() != XMLStreamConstants.START_ELEMENT) {
      throw wrong("element", "missing", LabelNames.CREATED + ", which STANAG 4774 requires");
    }
    require(LabelNames.CREATED);
    UtcTime createdAt = time(content());
    end(LabelNames.CREATED + " is last");
    if (nextElement() != XMLStreamConstants.END_DOCUMENT) {
      throw wrong("document", "more than one element", "a label alone");
    }
    return new ConfidentialityLabel(
        policy,
        classification,
        nations(categories.getOrDefault(Category.OWNER, List.of())),
        nations(categories.getOrDefault(Category.RELEASABLE_TO, List.of())),
        categories.getOrDefault(Category.CAVEAT, List.of()).stream().map(Caveat::new).toList(),
        createdAt);
  }

  private void category(Map<Category, List<String>> categories) throws XMLStreamException {
    require(LabelNames.CATEGORY);
    Category category = null;
    String tagName = attribute(LabelNames.TAG_NAME);
    for (Category c : Category.values()) {
      category = c.tagName.equals(tagName) ? c : category;
    }
    if (category == null) {
      throw wrong("category", "'" + tagName + "'", "Owner, Releasable To or Caveat");
    }
    if (!category.type.equals(attribute(LabelNames.TYPE))) {
      throw wrong("type of " + tagName, attribute(LabelNames.TYPE), category.type);
    }
    List<String> values = new ArrayList<>();
    while (nextElement() == XMLStreamConstants.START_ELEMENT) {
      require(LabelNames.VALUE);
      String value = content();
      if (values.contains(value)) {
        throw wrong(tagName, value + " twice", "each once");
      }
      values.add(value);
    }
    if (values.isEmpty()) {
      throw wrong(tagName, "empty", "one value or more");
    }
    if (categories.put(category, values) != null) {
      throw wrong("category", "'" + tagName + "' twice", "each once");
    }
  }

  private Classification classification(String text) {
    for (Classification c : Classification.values()) {
      if (c.name().equals(text)) {
        return c;
      }
    }
    throw wrong("classification", "'" + text + "'", "one of " + List.of(Classification.values()));
  }

  private UtcTime time(String text) {
    String expected = "a date and time from 1678 to 2261 with its offset from UTC";
    if (!DATE_TIME.matcher(text).matches()) {
      throw wrong(LabelNames.CREATED, "'" + text + "'", expected);
    }
    try {
      return UtcTime.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(LabelNames.CREATED, "'" + text + "'", expected);
    }
  }

  private static SortedSet<Nation> nations(List<String> codes) {
    SortedSet<Nation> all = new TreeSet<>();
    codes.forEach(c -> all.add(new Nation(c)));
    return all;
  }

  /** Goes on to an element's beginning. */
  private void begin(String name) throws XMLStreamException {
    if (nextElement() != XMLStreamConstants.START_ELEMENT) {
      throw wrong("element", "missing", name);
    }
    require(name);
  }

  /** Requires that the element at hand has the name, and no attributes but a category's. */
  private void require(String name) {
    if (!in.getLocalName().equals(name) || !LabelNames.NAMESPACE.equals(in.getNamespaceURI())) {
      String of = in.getNamespaceURI() == null ? "no namespace" : "'" + in.getNamespaceURI() + "'";
      throw wrong(
          "element", in.getLocalName() + " of " + of, name + " of '" + LabelNames.NAMESPACE + "'");
    }
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String attribute = in.getAttributeLocalName(i);
      String namespace = in.getAttributeNamespace(i);
      boolean known =
          name.equals(LabelNames.CATEGORY)
              && (namespace == null || namespace.isEmpty())
              && (attribute.equals(LabelNames.TAG_NAME) || attribute.equals(LabelNames.TYPE));
      if (!known && !XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(namespace)) {
        throw wrong("attribute of " + name, attribute, "none that this reader does not know");
      }
    }
  }

  private String attribute(String name) {
    String value = in.getAttributeValue(null, name);
    if (value == null) {
      throw wrong("attribute " + name, "missing", "it");
    }
    return value;
  }

  private String text(String name) throws XMLStreamException {
    begin(name);
    return content();
  }

  /** The text of the element at hand, without the white space around it. */
  private String content() throws XMLStreamException {
    StringBuilder out = new StringBuilder();
    String name = in.getLocalName();
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      switch (in.getEventType()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE, XMLStreamConstants.CDATA ->
            out.append(in.getText());
        default -> throw wrong(name, "more than text", "text alone");
      }
    }
    return out.toString().strip();
  }

  private void end(String expected) throws XMLStreamException {
    if (nextElement() != XMLStreamConstants.END_ELEMENT) {
      throw wrong("element", in.getLocalName(), expected);
    }
  }

  /** Goes on to the next beginning or end, over white space and comments. */
  private int nextElement() throws XMLStreamException {
    while (in.hasNext()) {
      int event = in.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT,
            XMLStreamConstants.END_ELEMENT,
            XMLStreamConstants.END_DOCUMENT -> {
          return event;
        }
        case XMLStreamConstants.COMMENT, XMLStreamConstants.SPACE -> {}
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!in.isWhiteSpace()) {
            throw wrong("text", "'" + in.getText().strip() + "'", "elements");
          }
        }
        case XMLStreamConstants.DTD -> throw wrong("label", "a document type", "none");
        default -> throw wrong("label", "an entity or processing instruction", "none");
      }
    }
    return XMLStreamConstants.END_DOCUMENT;
  }

  private InvalidValueException wrong(String field, String found, String expected) {
    return new InvalidValueException(
        "label, line " + in.getLocation().getLineNumber() + ": " + field, found, expected);
  }
}
