package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.limits.LimitSettings;
import io.coffer.api.limits.Limits;
import io.coffer.api.limits.Meter;
import io.coffer.model.Body;
import io.coffer.model.FileSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountingBodyTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir Path dir;

  private static Meter meter(long bytesPerSecond) {
    var limits = new Limits(new LimitSettings(0, 0, 0, bytesPerSecond, 0));
    return Objects.requireNonNull(limits.request().enter("A", "K"));
  }

  /** One span, and after it some bytes. */
  private static final class SpanAndBytes implements Body {
    private @Nullable FileSpan span;
    private @Nullable ByteBuffer bytes = ByteBuffer.allocate(10);

    SpanAndBytes(FileSpan span) {
      this.span = span;
    }

    @Override
    public long length() {
      return -1;
    }

    @Override
    public @Nullable FileSpan nextSpan() {
      var now = span;
      span = null;
      return now;
    }

    @Override
    public @Nullable ByteBuffer next() {
      var now = bytes;
      bytes = null;
      return now;
    }

    @Override
    public void close() {}
  }

  @Test
  void aSpanThatIsLimitedComesInBoundedPartsThatAreTheWhole() throws IOException {
    var file = Files.createFile(dir.resolve("file"));
    try (var channel = FileChannel.open(file);
        var body =
            new CountingBody(
                new SpanAndBytes(new FileSpan(channel, 100, 3 * MEBIBYTE / 4 + 1)),
                meter(MEBIBYTE))) {
      long position = 100;
      var part = body.nextSpan();
      int parts = 0;
      while (part != null) {
        assertEquals(position, part.position());
        assertTrue(part.length() > 0 && part.length() <= MEBIBYTE / 4, part::toString);
        position += part.length();
        assertEquals(position - 100, body.count());
        parts++;
        part = body.nextSpan();
      }
      assertEquals(4, parts);
      assertEquals(100 + 3 * MEBIBYTE / 4 + 1, position);
      assertEquals(10, Objects.requireNonNull(body.next()).remaining());
      assertNull(body.next());
      assertEquals(3 * MEBIBYTE / 4 + 11, body.count());
    }
  }

  @Test
  void withoutLimitASpanIsWhole() throws IOException {
    var file = Files.createFile(dir.resolve("file"));
    try (var channel = FileChannel.open(file);
        var body = new CountingBody(new SpanAndBytes(new FileSpan(channel, 0, 1L << 40)))) {
      assertEquals(1L << 40, Objects.requireNonNull(body.nextSpan()).length());
      assertNull(body.nextSpan());
    }
  }

  @Test
  void whatPassedBeforeTheAccountWasKnownIsChargedToIt() throws IOException {
    var bytes = new byte[30_000];
    Arrays.fill(bytes, (byte) 1);
    try (var body = new CountingBody(Body.of(bytes))) {
      assertNotNull(body.next());
      var meter = meter(100_000);
      meter.charge(90_000);
      body.meterBy(meter);
      long begin = System.nanoTime();
      meter.await(1);
      assertTrue(System.nanoTime() - begin >= 190_000_000, "20,000 bytes more than a second's");
    }
  }
}
