package io.coffer.api;

import static io.coffer.model.S3Error.METHOD_NOT_ALLOWED;
import static io.coffer.model.S3Error.NO_SUCH_KEY;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The paths under {@code /-/} that operators ask without authentication. No bucket can have that
 * name.
 */
final class HealthPaths {
  private static final String BUCKET = "-";

  private final HealthCheck check;

  HealthPaths(HealthCheck check) {
    this.check = check;
  }

  static boolean isOne(Address address) {
    return BUCKET.equals(address.bucket());
  }

  /**
   * @throws io.coffer.model.S3Exception NoSuchKey, MethodNotAllowed
   */
  Response answer(String method, Address address) {
    var path = address.key() == null ? "" : address.key();
    if (!path.equals("health/live") && !path.equals("health/ready")) {
      throw NO_SUCH_KEY.exception();
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw METHOD_NOT_ALLOWED.exception().withHeader("Allow", "GET, HEAD");
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
