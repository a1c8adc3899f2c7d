package io.coffer.api;

import io.coffer.model.Body;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that began before its outcome was known: the XML declaration, a blank each
 * time that it is not known yet, and then the document, which may be an error. S3 does so for
 * CompleteMultipartUpload and copies (Amazon S3 API Reference, "CompleteMultipartUpload").
 */
final class PatientBody implements Body {
  private static final byte[] BLANK = {' '};

  private enum State {
    DECLARATION,
    WAITING,
    END
  }

  private final Future<?> outcome;
  private final Duration interval;
  private final Function<Object, byte[]> document;
  private final Function<Throwable, byte[]> error;
  private State state = State.DECLARATION;

  /**
   * @param document makes the XML, without declaration, of the outcome
   * @param error makes the XML, without declaration, of what was thrown instead
   */
  PatientBody(
      Future<?> outcome,
      Duration interval,
      Function<Object, byte[]> document,
      Function<Throwable, byte[]> error) {
    this.outcome = outcome;
    this.interval = interval;
    this.document = document;
    this.error = error;
  }

  @Override
  public long length() {
    return -1;
  }

  @Override
  public @Nullable ByteBuffer next() throws InterruptedIOException {
    return switch (state) {
      case DECLARATION -> {
        state = State.WAITING;
        yield bytes(XmlText.DECLARATION.getBytes(StandardCharsets.UTF_8));
      }
      case WAITING -> waited();
      case END -> null;
    };
  }

  private ByteBuffer waited() throws InterruptedIOException {
    try {
      var result = outcome.get(interval.toNanos(), TimeUnit.NANOSECONDS);
      state = State.END;
      return bytes(document.apply(result));
    } catch (TimeoutException e) {
      return bytes(BLANK);
    } catch (ExecutionException e) {
      state = State.END;
      return bytes(error.apply(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static ByteBuffer bytes(byte[] bytes) {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** What was begun is done to its end, whether or not somebody waits for the answer. */
  @Override
  public void close() {
    state = State.END;
  }
}
