package io.coffer.api;

import static io.coffer.model.S3Error.MALFORMED_POST_REQUEST;
import static io.coffer.model.S3Error.MAX_POST_PRE_DATA_LENGTH_EXCEEDED;

import io.coffer.model.Body;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body of multipart/form-data part by part (RFC 7578, RFC 2046 §5.1) with one buffer of
 * fixed size. A part's content ends at CRLF, two hyphens and the boundary, wherever buffers are
 * split. Not thread-safe.
 *
 * <p>All but the file counts towards a budget of bytes.
 */
final class MultipartReader {
  private static final int BUFFER_BYTES = 64 << 10;

  private final Body body;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int end;
  private @Nullable ByteBuffer rest;
  private int budget;

  /**
   * @param boundary 1 to 70 characters
   * @param budget bytes of everything but the file
   */
  MultipartReader(Body body, String boundary, int budget) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    this.budget = budget;
    // the first boundary may be the first line, so pretend that a line ended before it
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
  }

  /**
   * Goes to the first part.
   *
   * @return false when there is none
   */
  boolean first() throws IOException {
    content();
    return hasPart();
  }

  /** The lines before a part's content, without their ends, as ISO 8859-1. */
  List<String> headers() throws IOException {
    var lines = new ArrayList<String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      lines.add(line);
    }
    return lines;
  }

  /** The whole content of a part, and goes past the delimiter that ends it. */
  byte[] content() throws IOException {
    var content = new ByteArrayOutputStream();
    for (var piece = next(); piece != null; piece = next()) {
      spend(piece.remaining());
      content.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
    }
    return content.toByteArray();
  }

  /**
   * After a delimiter: whether a part follows. Two hyphens close the form; else the line ends here.
   */
  boolean hasPart() throws IOException {
    var line = line();
    if (line.startsWith("--")) {
      return false;
    }
    if (!line.isBlank()) {
      throw MALFORMED_POST_REQUEST.exception();
    }
    return true;
  }

  /**
   * The next bytes of a part's content; null at its end, when the delimiter has been passed.
   *
   * @throws io.coffer.model.S3Exception MalformedPOSTRequest when the body ends before the part
   */
  @Nullable ByteBuffer next() throws IOException {
    while (true) {
      int found = find();
      if (found == position) {
        position += delimiter.length;
        return null;
      }
      // a delimiter that has begun at the end of the buffer may go on in the next bytes
      int safe = found >= 0 ? found : Math.max(position, end - delimiter.length + 1);
      if (safe > position) {
        var piece = ByteBuffer.wrap(buffer, position, safe - position);
        position = safe;
        return piece;
      }
      if (!fill()) {
        throw MALFORMED_POST_REQUEST.exception();
      }
    }
  }

  private int find() {
    for (int i = position; i + delimiter.length <= end; i++) {
      if (buffer[i] == '\r' && isDelimiter(i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isDelimiter(int at) {
    for (int i = 1; i < delimiter.length; i++) {
      if (buffer[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  /** A line of a part's head, or what follows a delimiter. The body may end in place of CRLF. */
  private String line() throws IOException {
    var line = new StringBuilder();
    while (true) {
      if (position == end && !fill()) {
        if (line.toString().startsWith("--")) {
          return line.toString();
        }
        throw MALFORMED_POST_REQUEST.exception();
      }
      char c = (char) (buffer[position++] & 0xFF);
      spend(1);
      if (c == '\n') {
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
          throw MALFORMED_POST_REQUEST.exception();
        }
        line.setLength(line.length() - 1);
        return line.toString();
      }
      line.append(c);
    }
  }

  private void spend(int bytes) {
    budget -= bytes;
    if (budget < 0) {
      throw MAX_POST_PRE_DATA_LENGTH_EXCEEDED.exception();
    }
  }

  /** Moves what is left to the front and adds to it; false at the end of the body. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, end - position);
    end -= position;
    position = 0;
    var source = rest;
    if (source == null || !source.hasRemaining()) {
      source = body.next();
      rest = source;
      if (source == null) {
        return false;
      }
    }
    int count = Math.min(source.remaining(), buffer.length - end);
    source.get(buffer, end, count);
    end += count;
    return true;
  }
}
