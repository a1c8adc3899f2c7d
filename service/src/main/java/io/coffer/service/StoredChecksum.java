package io.coffer.service;

import io.coffer.checksums.Algorithm;
import java.util.Base64;

/**
 * The checksum that an object carries.
 *
 * @param algorithm which
 * @param value of the whole object; when {@code parts} is not 0, of the parts' checksums
 * @param parts the number of parts of a composite checksum; 0 for one of the full object
 */
public record StoredChecksum(Algorithm algorithm, byte[] value, int parts) {
  /** As S3 writes it: Base64, and {@code -N} for a composite of N parts. */
  public String text() {
    var base64 = Base64.getEncoder().encodeToString(value);
    return parts == 0 ? base64 : base64 + "-" + parts;
  }

  void encode(RowWriter out) {
    out.text(algorithm.name()).bytes(value).number(parts);
  }

  static StoredChecksum decode(RowReader in) {
    return new StoredChecksum(Algorithm.valueOf(in.text()), in.bytes(), (int) in.number());
  }
}
