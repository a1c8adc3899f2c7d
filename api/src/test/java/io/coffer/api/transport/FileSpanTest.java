package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Body;
import io.coffer.model.FileSpan;
import io.coffer.model.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers whose bytes lie in a file. */
class FileSpanTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int SPAN_BYTES = 1_000_000;
  private static final int LENGTH = 20 * SPAN_BYTES;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    var bytes = new byte[LENGTH];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Given.Pattern.at(i);
    }
    file = Files.write(directory.resolve("bytes"), bytes);
  }

  /** A file's bytes: every third piece in memory, the others as spans. */
  private static final class InFile implements Body {
    private final FileChannel channel;
    private final long length;
    private final long announced;
    private long position;
    volatile boolean closed;

    InFile(Path file, long length, long announced) throws IOException {
      channel = FileChannel.open(file);
      this.length = length;
      this.announced = announced;
    }

    @Override
    public long length() {
      return announced;
    }

    @Override
    public @Nullable FileSpan nextSpan() {
      if (position == length || position / SPAN_BYTES % 3 == 1) {
        return null;
      }
      long from = position;
      position = Math.min(length, from + SPAN_BYTES);
      return new FileSpan(channel, from, position - from);
    }

    @Override
    public @Nullable ByteBuffer next() throws IOException {
      if (position == length) {
        return null;
      }
      var bytes = ByteBuffer.allocate((int) Math.min(SPAN_BYTES, length - position));
      channel.read(bytes, position);
      position += bytes.position();
      return bytes.flip();
    }

    @Override
    public void close() {
      closed = true;
      try {
        channel.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  static Set<Transport> transports() {
    return Set.of(Transport.available(), Transport.nio());
  }

  @ParameterizedTest
  @MethodSource("transports")
  void spansArriveWholeAndInOrder(Transport transport) throws Exception {
    var bodies = new ArrayBlockingQueue<InFile>(2);
    try (var given = Given.server(transport, exchange -> answer(exchange, bodies, LENGTH, LENGTH));
        var client = given.client()) {
      client.send(GET).send(GET);
      for (int i = 0; i < 2; i++) {
        var body = client.answer().body();
        assertEquals(LENGTH, body.length);
        for (int at = 0; at < LENGTH; at++) {
          if (body[at] != Given.Pattern.at(at)) {
            throw new AssertionError("byte " + at);
          }
        }
        var sent = bodies.take();
        Given.await(() -> sent.closed);
      }
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  @Test
  void aBodyLongerThanItSaidIsNotPassedOff() throws Exception {
    var bodies = new ArrayBlockingQueue<InFile>(1);
    try (var given =
            Given.server(exchange -> answer(exchange, bodies, LENGTH, LENGTH - SPAN_BYTES / 2));
        var client = given.client()) {
      client.send(GET);
      assertThrows(IOException.class, client::rest);
      assertTrue(bodies.take().closed);
    }
  }

  @Test
  void aFileThatIsShorterThanItsSpanBreaksTheConnectionOff() throws Exception {
    var bodies = new ArrayBlockingQueue<InFile>(1);
    try (var channel = FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
      channel.truncate(5 * SPAN_BYTES + 17);
    }
    try (var given = Given.server(exchange -> answer(exchange, bodies, LENGTH, LENGTH));
        var client = given.client()) {
      client.send(GET);
      assertTrue(client.rest().length < LENGTH);
      var body = bodies.take();
      Given.await(() -> body.closed);
    }
  }

  @Test
  void aClientThatStopsReadingIsDroppedAndTheFileClosed() throws Exception {
    var bodies = new ArrayBlockingQueue<InFile>(1);
    try (var given = Given.impatientServer(exchange -> answer(exchange, bodies, LENGTH, LENGTH));
        var client = new RawClient(given.server.address(), 4_096)) {
      client.send(GET);
      var body = bodies.take();
      Given.await(() -> body.closed);
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  private void answer(
      Exchange exchange, ArrayBlockingQueue<InFile> bodies, long length, long announced)
      throws IOException {
    var body = new InFile(file, length, announced);
    bodies.add(body);
    exchange.respond(200, Headers.empty(), body);
  }
}
