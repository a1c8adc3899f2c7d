package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Range header (RFC 9110 §14.2), as S3 takes it: one range of bytes, or it is ignored. */
public final class Ranges {
  private static final Pattern RANGE = Pattern.compile("bytes\\s*=\\s*(\\d*)\\s*-\\s*(\\d*)");

  private Ranges() {}

  /**
   * The range that a header means.
   *
   * @param header null for none
   * @return empty for the whole object: no header, several ranges, or one that cannot be parsed
   * @throws S3Exception InvalidRange: it starts behind the end
   */
  public static Optional<ByteRange> resolve(@Nullable String header, long size) {
    if (header == null) {
      return Optional.empty();
    }
    var match = RANGE.matcher(header.trim());
    if (!match.matches() || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (match.group(1).isEmpty()) {
      long suffix = parse(match.group(2));
      if (suffix == 0 || size == 0) {
        throw unsatisfiable(header, size);
      }
      long length = Math.min(suffix, size);
      return Optional.of(new ByteRange(size - length, length));
    }
    long first = parse(match.group(1));
    long last = match.group(2).isEmpty() ? Long.MAX_VALUE : parse(match.group(2));
    if (last < first) {
      return Optional.empty();
    }
    if (first >= size) {
      throw unsatisfiable(header, size);
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1) - first + 1));
  }

  private static long parse(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static S3Exception unsatisfiable(String header, long size) {
    return S3Error.INVALID_RANGE
        .exception()
        .with("RangeRequested", header)
        .with("ActualObjectSize", Long.toString(size))
        .withHeader("Content-Range", "bytes */" + size);
  }
}
