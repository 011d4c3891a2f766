package parallax.formats.cap;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import parallax.model.InvalidValueException;

/** Writes elements, one to a line; escaping is the stream writer's. */
final class CapElements {
  private final XMLStreamWriter out;
  private int depth;

  CapElements(XMLStreamWriter out) throws XMLStreamException {
    this.out = out;
    out.writeStartDocument("UTF-8", "1.0");
  }

  void begin(String name, String namespace) throws XMLStreamException {
    line();
    out.setDefaultNamespace(namespace);
    out.writeStartElement(namespace, name);
    out.writeDefaultNamespace(namespace);
    depth++;
  }

  void begin(String name) throws XMLStreamException {
    line();
    out.writeStartElement(CapWriter.NAMESPACE, name);
    depth++;
  }

  void end() throws XMLStreamException {
    depth--;
    line();
    out.writeEndElement();
  }

  void text(String name, String text) throws XMLStreamException {
    line();
    out.writeStartElement(CapWriter.NAMESPACE, name);
    out.writeCharacters(legal(name, text));
    out.writeEndElement();
  }

  /** An element that holds a {@code valueName} and a {@code value}. */
  void named(String name, String valueName, String value) throws XMLStreamException {
    begin(name);
    text("valueName", valueName);
    text("value", value);
    end();
  }

  void close() throws XMLStreamException {
    out.writeCharacters("\n");
    out.writeEndDocument();
    out.close();
  }

  private void line() throws XMLStreamException {
    if (depth > 0) {
      out.writeCharacters("\n" + "  ".repeat(depth));
    }
  }

  /** XML 1.0 has no way to write some characters at all: refuse them. */
  private static String legal(String element, String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean ok =
          c == '\t'
              || c == '\n'
              || (c >= 0x20 && c <= 0xD7FF)
              || (c >= 0xE000 && c <= 0xFFFD)
              || c >= 0x10000;
      if (!ok) {
        throw new InvalidValueException(
            element, "text with U+" + Integer.toHexString(c) + " at " + i, "characters of XML 1.0");
      }
      i += Character.charCount(c);
    }
    return text;
  }
}
