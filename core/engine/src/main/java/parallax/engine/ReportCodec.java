package parallax.engine;

import parallax.link.ReportEncoder;
import parallax.model.Report;

/**
 * Records of a partner stream as bytes; the engine is given one, so that it knows no wire format.
 */
public interface ReportCodec extends ReportEncoder {
  /**
   * Decodes one record.
   *
   * @throws parallax.model.InvalidValueException when the bytes are not a valid report; the message
   *     says which field, what was found and what was expected
   */
  Report decode(byte[] record);
}
