package io.coffer.api;

import static io.coffer.model.S3Error.METHOD_NOT_ALLOWED;
import static io.coffer.model.S3Error.NO_SUCH_KEY;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The paths under {@code /-/} that operators ask without authentication. No bucket can have that
 * name.
 */
final class HealthPaths {
  private static final String BUCKET = "-";

  private static final String METRICS = "metrics";

  private final HealthCheck check;
  private final @Nullable MetricsSource metrics;

  /**
   * @param metrics null when there is no such page
   */
  HealthPaths(HealthCheck check, @Nullable MetricsSource metrics) {
    this.check = check;
    this.metrics = metrics;
  }

  static boolean isOne(Address address) {
    return BUCKET.equals(address.bucket());
  }

  /**
   * @throws io.coffer.model.S3Exception NoSuchKey, MethodNotAllowed
   */
  Response answer(String method, Address address) {
    var path = address.key() == null ? "" : address.key();
    boolean isMetrics = path.equals(METRICS) && metrics != null;
    if (!isMetrics && !path.equals("health/live") && !path.equals("health/ready")) {
      throw NO_SUCH_KEY.exception();
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw METHOD_NOT_ALLOWED.exception().withHeader("Allow", "GET, HEAD");
    }
    if (isMetrics && metrics != null) {
      var headers = Headers.builder().add("Content-Type", metrics.contentType()).build();
      return new Response(200, headers, Body.of(metrics.page()));
    }
    var problem = path.equals("health/ready") ? check.problem() : Optional.<String>empty();
    return text(problem.isEmpty() ? 200 : 503, problem.orElse("ok"));
  }

  private static Response text(int status, String text) {
    var headers = Headers.builder().add("Content-Type", "text/plain; charset=utf-8");
    return new Response(
        status, headers.build(), Body.of((text + "\n").getBytes(StandardCharsets.UTF_8)));
  }
}
