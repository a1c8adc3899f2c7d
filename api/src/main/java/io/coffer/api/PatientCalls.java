package io.coffer.api;

import io.coffer.model.Headers;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Operation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs operations that may take longer than clients and proxies wait for a first byte: what ends
 * soon is answered as it ended; else the answer begins with status 200. Thread-safe.
 */
final class PatientCalls {
  private final Duration patience;

  PatientCalls(Duration patience) {
    this.patience = patience;
  }

  /** Those of which AWS documents that a 200 may hold an error. */
  static boolean isFor(Operation operation) {
    return switch (operation) {
      case COMPLETE_MULTIPART_UPLOAD, COPY_OBJECT, UPLOAD_PART_COPY -> true;
      default -> false;
    };
  }

  /**
   * @param work does not touch the exchange, since it may outlive it
   * @throws IOException what the work threw, or the server is going down
   */
  Response run(Call call, Operation operation, Callable<Object> work) throws IOException {
    var task = new FutureTask<>(work);
    Thread.ofVirtual().name("patient-" + call.id().id()).start(task);
    try {
      return Answers.of(operation, task.get(patience.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return begun(call, operation, task);
    } catch (ExecutionException e) {
      throw thrown(Objects.requireNonNull(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private Response begun(Call call, Operation operation, Future<Object> outcome) {
    var body =
        new PatientBody(
            outcome,
            patience,
            output -> Answers.document(XmlText.fragment(), operation, output).bytes(),
            thrown -> error(call, thrown));
    var headers = Headers.builder().add("Content-Type", Response.XML).build();
    return new Response(200, headers, body);
  }

  private static byte[] error(Call call, Throwable thrown) {
    var refusal = thrown instanceof S3Exception e ? e : S3Api.faulty(call, thrown);
    call.failed(refusal.error().code());
    return ErrorResponse.fragment(refusal, call.resource(), call.id());
  }

  private static IOException thrown(Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(cause);
    };
  }
}
