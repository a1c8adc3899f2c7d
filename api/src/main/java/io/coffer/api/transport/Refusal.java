package io.coffer.api.transport;

/**
 * The answer to a request that never became an exchange: its head was not understood or not wanted.
 *
 * @param status the HTTP status, 400 to 505
 * @param code an S3 error code, such as {@code BadRequest}
 * @param message one sentence for a person
 */
public record Refusal(int status, String code, String message) {

  static Refusal badRequest(String message) {
    return new Refusal(400, "BadRequest", message);
  }

  static Refusal headTooLarge(int maxHeadBytes) {
    return new Refusal(
        400,
        "RequestHeaderSectionTooLarge",
        "The head of the request exceeds the maximum allowed size of " + maxHeadBytes + " bytes.");
  }

  static Refusal targetTooLong(int maxHeadBytes) {
    return new Refusal(
        414, "InvalidURI", "The request line is longer than " + maxHeadBytes + " bytes.");
  }

  static Refusal versionNotSupported(String version) {
    return new Refusal(
        505, "HTTPVersionNotSupported", "The HTTP version " + version + " is not supported.");
  }

  static Refusal plainHttp() {
    return badRequest("The request was sent over HTTP to an HTTPS port; use https:// instead.");
  }

  static Refusal headTimeout() {
    return new Refusal(
        400,
        "RequestTimeout",
        "Your socket connection to the server was not read from or written to within the timeout"
            + " period.");
  }

  static Refusal shuttingDown() {
    return new Refusal(503, "ServiceUnavailable", "The server is shutting down.");
  }
}
