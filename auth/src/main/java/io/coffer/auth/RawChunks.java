package io.coffer.auth;

import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a raw body by lines and by slices, without copying what is not a line. */
final class RawChunks {
  private final Body raw;
  private ByteBuffer current = ByteBuffer.allocate(0);

  RawChunks(Body raw) {
    this.raw = raw;
  }

  /** Whether a byte is left; fetches more when needed. */
  private boolean hasMore() throws IOException {
    while (!current.hasRemaining()) {
      var bytes = raw.next();
      if (bytes == null) {
        return false;
      }
      current = bytes;
    }
    return true;
  }

  /**
   * At least one byte and at most so many, as a view on the raw body's buffer.
   *
   * @throws S3Exception IncompleteBody at the end of the raw body
   */
  ByteBuffer slice(long max) throws IOException {
    if (!hasMore()) {
      throw S3Error.INCOMPLETE_BODY.exception();
    }
    int size = (int) Math.min(max, current.remaining());
    var slice = current.slice(current.position(), size);
    current.position(current.position() + size);
    return slice;
  }

  /**
   * A line without its end, each byte one character; null at the end of the raw body.
   *
   * @param max bytes with the line's end
   * @param tooLong made when there are more
   * @param bareFeed whether LF alone may end it, or only CR LF
   * @throws S3Exception IncompleteBody when the raw body ends within the line, InvalidRequest
   */
  @Nullable String line(int max, boolean bareFeed, Supplier<S3Exception> tooLong)
      throws IOException {
    if (!hasMore()) {
      return null;
    }
    var line = new StringBuilder(128);
    while (hasMore()) {
      if (line.length() == max) {
        throw tooLong.get();
      }
      char c = (char) (current.get() & 0xFF);
      if (c != '\n') {
        line.append(c);
        continue;
      }
      int end = line.length() - 1;
      if (end >= 0 && line.charAt(end) == '\r') {
        return line.substring(0, end);
      }
      if (!bareFeed) {
        throw AwsChunkedBody.malformed("a line must end with CR LF");
      }
      return line.toString();
    }
    throw S3Error.INCOMPLETE_BODY.exception();
  }

  /**
   * Reads to the end of the raw body, where nothing may be left but one or two line ends, which
   * some clients send too many.
   *
   * @throws S3Exception InvalidRequest
   */
  void end() throws IOException {
    for (int extra = 0; hasMore(); extra++) {
      byte b = current.get();
      if (extra >= 4 || (b != '\r' && b != '\n')) {
        throw AwsChunkedBody.malformed("there is more after its end");
      }
    }
  }
}
