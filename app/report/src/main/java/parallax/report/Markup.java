package parallax.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * XML text under construction. Whatever fills a template's {@code {}} is escaped, unless it is
 * markup itself, so that no value can break out of its place.
 */
public final class Markup {
  /** An empty piece of markup. */
  public Markup() {}

  private final StringBuilder out = new StringBuilder();

  /**
   * Adds a template whose every {@code {}} stands for the next value: text is escaped, numbers are
   * written with at most two decimals, markup is taken as it is.
   */
  public Markup add(String template, Object... values) {
    int from = 0;
    for (Object v : values) {
      int hole = template.indexOf("{}", from);
      if (hole < 0) {
        throw new IllegalArgumentException(values.length + " values do not fit: " + template);
      }
      out.append(template, from, hole);
      value(v);
      from = hole + 2;
    }
    if (template.indexOf("{}", from) >= 0) {
      throw new IllegalArgumentException("only " + values.length + " values for: " + template);
    }
    out.append(template, from, template.length());
    return this;
  }

  /** Adds text that is markup already, unchanged. */
  public Markup raw(CharSequence markup) {
    out.append(markup);
    return this;
  }

  private void value(Object v) {
    switch (v) {
      case Markup m -> out.append(m.out);
      case Double d -> out.append(number(d));
      case Integer i -> out.append(i.intValue());
      case Long l -> out.append(l.longValue());
      default -> escape(v.toString());
    }
  }

  /** A number with at most two decimals and no trailing zeros; never in exponent form. */
  public static String number(double v) {
    return BigDecimal.valueOf(v)
        .setScale(2, RoundingMode.HALF_EVEN)
        .stripTrailingZeros()
        .toPlainString();
  }

  /**
   * Escapes for element content and for quoted attributes; what XML cannot carry becomes U+FFFD.
   */
  private void escape(String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(carried(c) ? c : 0xFFFD);
              }
            });
  }

  private static boolean carried(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c < 0x7F)
        || (c >= 0xA0 && c < 0xD800)
        || (c > 0xDFFF && c < 0xFFFE)
        || c > 0xFFFF;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
