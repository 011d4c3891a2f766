package parallax.link;

import parallax.model.Report;

/** Turns a report into the bytes that are journalled, hashed, signed over and sent. */
@FunctionalInterface
public interface ReportEncoder {
  /** The bytes of a report; the same report always gives the same bytes. */
  byte[] encode(Report report);
}
