package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import java.time.Instant;
import java.util.HexFormat;

/**
 * A part of an upload, or of the object that the upload became.
 *
 * @param number 1 to 10,000
 * @param size bytes
 * @param md5 16 bytes
 * @param content empty or a single blob
 * @param checksum of the part, by the upload's algorithm
 * @param lastModified when it was uploaded
 */
public record Part(
    int number,
    long size,
    byte[] md5,
    Content content,
    StoredChecksum checksum,
    Instant lastModified) {
  /** AWS: part numbers are 1 to 10,000. */
  public static final int MAX_NUMBER = 10_000;

  private static final int FORMAT = 1;

  static Bytes encode(Contents.Received received, Instant lastModified) {
    var out =
        new RowWriter(FORMAT)
            .number(received.size())
            .bytes(received.md5())
            .number(lastModified.toEpochMilli());
    received.checksum().encode(out);
    out.flag(received.content() instanceof Content.Single);
    if (received.content() instanceof Content.Single single) {
      out.blob(single.blob());
    }
    return out.finish();
  }

  static Part decode(Row row) {
    var in = new RowReader(row.value(), FORMAT);
    long size = in.number();
    var md5 = in.bytes();
    var lastModified = Instant.ofEpochMilli(in.number());
    var checksum = StoredChecksum.decode(in);
    Content content = in.flag() ? new Content.Single(in.blob()) : new Content.Empty();
    int number = Paths.partNumber(row.key().path());
    return new Part(number, size, md5, content, checksum, lastModified);
  }

  /** Hexadecimal MD5. */
  public String eTag() {
    return HexFormat.of().formatHex(md5);
  }
}
