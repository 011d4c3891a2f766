package parallax.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the pages have in common: style, legends, the mark of an exercise. */
public final class PageParts {
  private PageParts() {}

  /**
   * Everything up to the body's first words: declaration, title, style, the exercise mark.
   *
   * @param style what the page needs beside the common style; may be empty
   */
  public static Markup opening(String title, String style) {
    Markup m = new Markup();
    m.add("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\"");
    m.add(" xml:lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    m.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    m.add("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    m.add("<title>{}</title>\n", title);
    m.add("<style>\n")
        .raw(text(PageParts.class, "report.css"))
        .raw(style)
        .add("</style>\n</head>\n<body>\n");
    m.add("<p class=\"exercise\" role=\"note\"><strong>EXERCISE EXERCISE EXERCISE</strong> ");
    return m.add(
        "A computed flight seen by notional sensors. No real warning, no real sensor.</p>\n");
  }

  /** A text that lies beside a class. */
  public static String text(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            name + " is missing from the class path: build the node module again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The signs of the maps. */
  public static Markup mapLegend() {
    Markup m = new Markup();
    m.add("<ul class=\"legend\">");
    key(m, "<path class=\"flown\" d=\"M2 7H32\"/>", "true ground track");
    key(m, "<path class=\"trk t-held\" d=\"M2 7H32\"/>", "believed, held");
    key(m, "<path class=\"trk t-coast\" d=\"M2 7H32\"/>", "coasted");
    key(m, "<path class=\"trk t-lost\" d=\"M2 7H32\"/>", "called lost");
    key(
        m,
        "<ellipse class=\"e95 first\" cx=\"17\" cy=\"7\" rx=\"14\" ry=\"5.5\"/>",
        "first prediction fit to tell areas");
    key(
        m,
        "<ellipse class=\"e95 last\" cx=\"17\" cy=\"7\" rx=\"14\" ry=\"5.5\"/>",
        "last prediction");
    key(
        m,
        "<rect class=\"risk rightly\" x=\"4\" y=\"1\" width=\"26\" height=\"12\"/>",
        "at risk, rightly");
    key(
        m,
        "<rect class=\"risk wrongly\" x=\"4\" y=\"1\" width=\"26\" height=\"12\"/>",
        "at risk, wrongly");
    key(
        m,
        "<rect class=\"required\" x=\"4\" y=\"1.5\" width=\"26\" height=\"11\"/>",
        "truly overflown or struck");
    return m.add("</ul>\n");
  }

  /** One entry of a legend. */
  public static void key(Markup m, String sign, String words) {
    m.add("<li><svg viewBox=\"0 0 34 14\" width=\"34\" height=\"14\" aria-hidden=\"true\"");
    m.add(" xmlns=\"http://www.w3.org/2000/svg\">").raw(sign).add("</svg>{}</li>", words);
  }

  /** The signs of the chart of who saw what when. */
  public static Markup sightingLegend() {
    Markup m = new Markup();
    m.add("<ul class=\"legend\">");
    key(
        m,
        "<rect class=\"bar infrared\" x=\"3\" y=\"1\" width=\"28\" height=\"12\"/>",
        "infrared satellite");
    key(m, "<rect class=\"bar radar\" x=\"3\" y=\"1\" width=\"28\" height=\"12\"/>", "radar");
    key(
        m,
        "<rect class=\"s-held shared\" x=\"3\" y=\"3\" width=\"28\" height=\"8\"/>",
        "track held");
    key(m, "<rect class=\"s-coast shared\" x=\"3\" y=\"3\" width=\"28\" height=\"8\"/>", "coasted");
    key(m, "<rect class=\"s-lost shared\" x=\"3\" y=\"3\" width=\"28\" height=\"8\"/>", "lost");
    key(m, "<path class=\"mark know shared\" d=\"M17 1l6 6l-6 6l-6 -6z\"/>", "first knowledge");
    key(m, "<path class=\"mark right shared\" d=\"M11 7l4 5l7 -10\"/>", "areas right from here on");
    key(m, "<path class=\"alert on\" d=\"M17 2l5.5 10h-11z\"/>", "alert");
    key(m, "<path class=\"alert over\" d=\"M17 2l5.5 10h-11z\"/>", "cancel or all clear");
    return m.add("</ul>\n");
  }
}
