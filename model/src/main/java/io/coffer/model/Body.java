package io.coffer.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request or a response as they flow. Read once, by one thread at a time; blocking
 * (on a virtual thread). Memory is bounded: the next bytes are fetched when they are asked for.
 */
public interface Body extends AutoCloseable {
  /** The number of bytes that {@link #next} will give in all, or -1 when nobody knows. */
  long length();

  /**
   * The next bytes, at least one, or null at the end.
   *
   * @return a view that is valid until the next call of any method of this body
   * @throws IOException if the peer went away or stopped sending
   * @throws S3Exception if the content is not what its sender announced (framing, signature,
   *     checksum); what was read until then must be forgotten
   */
  @Nullable ByteBuffer next() throws IOException;

  /**
   * The next bytes as a span of a file; null when they are in none or at the end: then {@link
   * #next} tells. For whoever can send a file without copying it.
   *
   * @return a span that is valid until the next call of any method of this body
   * @throws IOException as {@link #next}
   */
  default @Nullable FileSpan nextSpan() throws IOException {
    return null;
  }

  /** Lower-case names of the trailing fields that the sender announced before the first byte. */
  default List<String> announcedTrailers() {
    return List.of();
  }

  /** Trailing fields by lower-case name; empty before the end was read. */
  default Map<String, String> trailers() {
    return Map.of();
  }

  /** Lets go of what the body holds; idempotent. Unread bytes are forgotten. */
  @Override
  void close();

  /** A body of these bytes; {@code bytes} must not change afterwards. */
  static Body of(byte[] bytes) {
    return of(List.of(ByteBuffer.wrap(bytes)));
  }

  /** A body of these bytes, one part after the other; none of them may change afterwards. */
  static Body of(List<ByteBuffer> parts) {
    return new BytesBody(parts);
  }

  /** A body of no bytes. */
  static Body empty() {
    return of(new byte[0]);
  }
}
