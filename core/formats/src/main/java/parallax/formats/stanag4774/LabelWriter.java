package parallax.formats.stanag4774;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import parallax.formats.stanag4774.LabelNames.Category;
import parallax.model.Caveat;
import parallax.model.ConfidentialityLabel;
import parallax.model.InvalidValueException;
import parallax.model.Nation;

/**
 * Writes a label as a STANAG 4774 originator confidentiality label.
 *
 * <table>
 *   <caption>How a label becomes STANAG 4774</caption>
 *   <tr><th>element</th><th>from</th></tr>
 *   <tr><td>PolicyIdentifier</td><td>policy</td></tr>
 *   <tr><td>Classification</td><td>classification</td></tr>
 *   <tr><td>Category Owner, informative</td><td>owners; left out when there are none</td></tr>
 *   <tr><td>Category Releasable To, permissive: any one of them suffices</td>
 *       <td>releasable-to</td></tr>
 *   <tr><td>Category Caveat, restrictive: each of them binds</td>
 *       <td>caveats; left out when there are none</td></tr>
 *   <tr><td>CreationDateTime</td><td>creation time, UTC, to the nanosecond</td></tr>
 * </table>
 */
public final class LabelWriter {
  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private LabelWriter() {}

  /** The document in UTF-8. */
  public static byte[] write(ConfidentialityLabel label) {
    return toXml(label).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The document as text.
   *
   * @throws InvalidValueException when the policy's name has a character that XML cannot hold
   */
  public static String toXml(ConfidentialityLabel label) {
    requireXmlCharacters(label.policy());
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter x = FACTORY.createXMLStreamWriter(out);
      document(x, label);
      x.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return out.toString();
  }

  private static void document(XMLStreamWriter x, ConfidentialityLabel label)
      throws XMLStreamException {
    x.writeStartDocument("UTF-8", "1.0");
    x.writeCharacters("\n");
    x.setDefaultNamespace(LabelNames.NAMESPACE);
    x.writeStartElement(LabelNames.NAMESPACE, LabelNames.LABEL);
    x.writeDefaultNamespace(LabelNames.NAMESPACE);
    x.writeCharacters("\n  ");
    x.writeStartElement(LabelNames.NAMESPACE, LabelNames.INFORMATION);
    text(x, 2, LabelNames.POLICY, label.policy());
    text(x, 2, LabelNames.CLASSIFICATION, label.classification().name());
    category(x, Category.OWNER, label.owners().stream().map(Nation::code).toList());
    category(x, Category.RELEASABLE_TO, label.releasableTo().stream().map(Nation::code).toList());
    category(x, Category.CAVEAT, label.caveats().stream().map(Caveat::name).toList());
    x.writeCharacters("\n  ");
    x.writeEndElement();
    text(x, 1, LabelNames.CREATED, label.createdAt().toString());
    x.writeCharacters("\n");
    x.writeEndElement();
    x.writeCharacters("\n");
    x.writeEndDocument();
  }

  private static void category(XMLStreamWriter x, Category category, List<String> values)
      throws XMLStreamException {
    if (values.isEmpty()) {
      return;
    }
    x.writeCharacters("\n    ");
    x.writeStartElement(LabelNames.NAMESPACE, LabelNames.CATEGORY);
    x.writeAttribute(LabelNames.TAG_NAME, category.tagName);
    x.writeAttribute(LabelNames.TYPE, category.type);
    for (String v : values) {
      text(x, 3, LabelNames.VALUE, v);
    }
    x.writeCharacters("\n    ");
    x.writeEndElement();
  }

  private static void text(XMLStreamWriter x, int depth, String name, String text)
      throws XMLStreamException {
    x.writeCharacters("\n" + "  ".repeat(depth));
    x.writeStartElement(LabelNames.NAMESPACE, name);
    x.writeCharacters(text);
    x.writeEndElement();
  }

  /** XML 1.0, production 2, without the control characters that no label has. */
  private static void requireXmlCharacters(String policy) {
    boolean legal =
        policy.codePoints().allMatch(c -> (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF);
    if (!legal) {
      throw new InvalidValueException(
          "label policy", "text with a character that XML cannot hold", "XML 1.0 characters");
    }
  }
}
