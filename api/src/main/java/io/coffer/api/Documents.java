package io.coffer.api;

import static io.coffer.model.S3Error.INCOMPLETE_BODY;
import static io.coffer.model.S3Error.MAX_MESSAGE_LENGTH_EXCEEDED;

import io.coffer.model.Body;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bodies that are documents: read whole, so of bounded length. */
final class Documents {
  private static final int MAX_BYTES = 1 << 20;

  /** 10,000 parts, or 1,000 keys of 1,024 characters that all need escapes. */
  private static final int MAX_BYTES_OF_LISTS = 4 << 20;

  private Documents() {}

  /** The largest document that an operation takes, in bytes. */
  static int limit(Operation operation) {
    return switch (operation) {
      case COMPLETE_MULTIPART_UPLOAD, DELETE_OBJECTS -> MAX_BYTES_OF_LISTS;
      default -> MAX_BYTES;
    };
  }

  /**
   * Reads to the end, where the body has verified itself.
   *
   * @throws S3Exception MaxMessageLengthExceeded, before more than the limit is in memory
   * @throws IOException the client went away
   */
  static byte[] read(Body body, int limit) throws IOException {
    if (body.length() > limit) {
      throw tooLong(limit);
    }
    var bytes = new ByteArrayOutputStream((int) Math.max(body.length(), 512));
    for (ByteBuffer next = body.next(); next != null; next = body.next()) {
      if (bytes.size() + next.remaining() > limit) {
        throw tooLong(limit);
      }
      var chunk = new byte[next.remaining()];
      next.get(chunk);
      bytes.writeBytes(chunk);
    }
    if (body.length() >= 0 && bytes.size() != body.length()) {
      throw INCOMPLETE_BODY.exception();
    }
    return bytes.toByteArray();
  }

  private static S3Exception tooLong(int limit) {
    return MAX_MESSAGE_LENGTH_EXCEEDED
        .exception()
        .with("MaxMessageLengthBytes", Integer.toString(limit));
  }
}
