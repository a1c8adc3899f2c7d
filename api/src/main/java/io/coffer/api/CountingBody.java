package io.coffer.api;

import io.coffer.api.limits.Meter;
import io.coffer.model.Body;
import io.coffer.model.FileSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another body, whose bytes are counted as they pass, and wait for bandwidth. */
final class CountingBody implements Body {
  private final Body body;
  private @Nullable Meter meter;

  /** What is left of the last span that was too long to be sent at once. */
  private @Nullable FileSpan rest;

  private long count;

  CountingBody(Body body) {
    this(body, null);
  }

  /**
   * @param meter null when there is no limit
   */
  CountingBody(Body body, @Nullable Meter meter) {
    this.body = body;
    this.meter = meter;
  }

  /** From now on the bytes wait for this one; those that have passed are charged to it. */
  void meterBy(Meter wanted) {
    wanted.charge(count);
    meter = wanted;
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
    if (bytes != null) {
      passed(bytes.remaining());
    }
    return bytes;
  }

  @Override
  public @Nullable FileSpan nextSpan() throws IOException {
    var span = rest == null ? body.nextSpan() : rest;
    rest = null;
    if (span == null) {
      return null;
    }
    var part = meter == null ? span : firstOf(span, meter.piece());
    passed(part.length());
    return part;
  }

  private FileSpan firstOf(FileSpan span, long most) {
    if (span.length() <= most) {
      return span;
    }
    rest = new FileSpan(span.file(), span.position() + most, span.length() - most);
    return new FileSpan(span.file(), span.position(), most);
  }

  private void passed(long bytes) throws IOException {
    if (meter != null) {
      meter.await(bytes);
    }
    count += bytes;
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
