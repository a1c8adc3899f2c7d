package io.coffer.api;

import io.coffer.model.Body;
import io.coffer.model.FileSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another body, whose bytes are counted as they pass. */
final class CountingBody implements Body {
  private final Body body;
  private long count;

  CountingBody(Body body) {
    this.body = body;
  }

  /** Bytes so far. */
  long count() {
    return count;
  }

  @Override
  public long length() {
    return body.length();
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    var bytes = body.next();
    count += bytes == null ? 0 : bytes.remaining();
    return bytes;
  }

  @Override
  public @Nullable FileSpan nextSpan() throws IOException {
    var span = body.nextSpan();
    count += span == null ? 0 : span.length();
    return span;
  }

  @Override
  public List<String> announcedTrailers() {
    return body.announcedTrailers();
  }

  @Override
  public Map<String, String> trailers() {
    return body.trailers();
  }

  @Override
  public void close() {
    body.close();
  }
}
