package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields after the last chunk of an aws-chunked body. Lenient where clients differ: the
 * blank line at the end may be missing, a line may end with LF alone, and when the fields are
 * signed a blank line may come before the signature (minio-go, and AWS's own examples).
 */
final class Trailers {
  static final int MAX_FIELDS = 16;
  private static final int MAX_BYTES = 8 * 1024;
  private static final String SIGNATURE = "x-amz-trailer-signature";

  private final RawChunks chunks;
  private final ChunkedLayout layout;
  private final @Nullable ChunkSignatures signatures;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private @Nullable String signature;

  Trailers(RawChunks chunks, ChunkedLayout layout, @Nullable ChunkSignatures signatures) {
    this.chunks = chunks;
    this.layout = layout;
    this.signatures = signatures;
  }

  /**
   * The fields by lower-case name, verified.
   *
   * @throws S3Exception MalformedTrailerError, SignatureDoesNotMatch
   */
  Map<String, String> read() throws IOException {
    int left = MAX_BYTES;
    while (true) {
      var line = chunks.line(left, true, S3Error.MALFORMED_TRAILER::exception);
      if (line == null) {
        break;
      }
      left -= Math.min(left, line.length() + 2);
      if (line.isEmpty()) {
        if (signatures == null || signature != null) {
          break;
        }
      } else {
        add(line);
      }
    }
    if (signatures != null) {
      verify(signatures);
    }
    for (var name : layout.announced()) {
      if (!fields.containsKey(name) && !layout.inHead().contains(name)) {
        throw S3Error.MALFORMED_TRAILER.exception();
      }
    }
    return fields;
  }

  private void add(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0 || signature != null) {
      throw S3Error.MALFORMED_TRAILER.exception();
    }
    var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    var value = line.substring(colon + 1).strip();
    if (signatures != null && name.equals(SIGNATURE)) {
      signature = value;
    } else if (!layout.announced().contains(name) || fields.put(name, value) != null) {
      throw S3Error.MALFORMED_TRAILER.exception();
    }
  }

  /** Most SDKs sign the fields sorted by name, some in the order in which they are sent. */
  private void verify(ChunkSignatures chain) {
    if (signature == null) {
      throw S3Error.MALFORMED_TRAILER.exception();
    }
    var spellings = List.of(canonical(new TreeMap<>(fields)), canonical(fields));
    chain.verifyTrailers(spellings, signature);
  }

  private static String canonical(Map<String, String> fields) {
    var out = new StringBuilder();
    fields.forEach((name, value) -> out.append(name).append(':').append(value).append('\n'));
    return out.toString();
  }
}
