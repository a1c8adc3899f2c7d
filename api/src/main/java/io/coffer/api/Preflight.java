package io.coffer.api;

import static io.coffer.model.S3Error.ACCESS_FORBIDDEN;
import static io.coffer.model.S3Error.BAD_REQUEST;

import io.coffer.model.Headers;
import io.coffer.model.S3Exception;
import io.coffer.model.Target;

/**
 * OPTIONS: a browser asks whether a page may send a request. No bucket has a CORS configuration, so
 * the answer is no, as S3 gives it then.
 */
final class Preflight {
  private Preflight() {}

  static S3Exception refusal(Headers headers, Target target) {
    if (headers.first("Origin") == null) {
      return BAD_REQUEST.exception("Insufficient information. Origin request header needed.");
    }
    var method = headers.first("Access-Control-Request-Method");
    if (method == null) {
      return BAD_REQUEST.exception("Invalid Access-Control-Request-Method: null");
    }
    return ACCESS_FORBIDDEN
        .exception("CORSResponse: CORS is not enabled for this bucket.")
        .with("Method", method)
        .with("ResourceType", target.name());
  }
}
