package io.coffer.api.transport;

import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a decoded head must be, beyond what Netty insists on (RFC 9112; whatever two parsers could
 * read differently is refused). Immutable.
 */
final class HeadChecks {
  private static final int MAX_FIELDS = 200;

  private final int maxHeadBytes;

  HeadChecks(int maxHeadBytes) {
    this.maxHeadBytes = maxHeadBytes;
  }

  AcceptedHead check(HttpRequest request) throws RefusedException {
    checkDecoded(request);
    boolean http11 = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!http11 && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      throw new RefusedException(Refusal.versionNotSupported(request.protocolVersion().text()));
    }
    var headers = HeaderText.read(request.headers());
    checkHost(headers, http11);
    var target = RequestTarget.parse(request.uri());
    long bodyLength = bodyLength(headers, http11);
    boolean expects = http11 && expectsContinue(headers) && bodyLength != 0;
    var connection = tokens(headers, "Connection");
    boolean keepAlive =
        !connection.contains("close") && (http11 || connection.contains("keep-alive"));
    var head =
        new RequestHead(
            request.method().name(), target.path(), target.query(), target.applyTo(headers));
    return new AcceptedHead(
        head, bodyLength, http11, keepAlive, expects, tokens(headers, "Trailer"));
  }

  private void checkDecoded(HttpRequest request) throws RefusedException {
    var result = request.decoderResult();
    if (result.isFailure()) {
      throw new RefusedException(
          switch (result.cause()) {
            case TooLongHttpLineException e -> Refusal.targetTooLong(maxHeadBytes);
            case TooLongHttpHeaderException e -> Refusal.headTooLarge(maxHeadBytes);
            default -> Refusal.badRequest("The head of the request is malformed.");
          });
    }
    boolean tooLarge =
        result instanceof HttpMessageDecoderResult sizes && sizes.totalSize() > maxHeadBytes;
    if (tooLarge || request.headers().size() > MAX_FIELDS) {
      throw new RefusedException(Refusal.headTooLarge(maxHeadBytes));
    }
  }

  /** RFC 9112 §3.2: exactly one, and valid; HTTP/1.0 may go without. */
  private static void checkHost(Headers headers, boolean http11) throws RefusedException {
    var hosts = headers.all("Host");
    if (hosts.isEmpty() && !http11) {
      return;
    }
    if (hosts.size() != 1) {
      throw bad("The request must have exactly one Host header.");
    }
    if (!RequestTarget.validAuthority(hosts.get(0))) {
      throw bad("The Host header is not valid.");
    }
  }

  /** RFC 9112 §6.3, with everything refused that it lets a server repair. */
  private static long bodyLength(Headers headers, boolean http11) throws RefusedException {
    var encodings = headers.all("Transfer-Encoding");
    var lengths = headers.all("Content-Length");
    if (!encodings.isEmpty()) {
      if (!http11 || !lengths.isEmpty()) {
        throw bad("Transfer-Encoding goes neither with HTTP/1.0 nor with Content-Length.");
      }
      if (encodings.size() != 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
        throw bad("The only Transfer-Encoding that can be received is chunked.");
      }
      return -1;
    }
    if (lengths.isEmpty()) {
      return 0;
    }
    if (lengths.size() != 1 || !isDecimal(lengths.get(0))) {
      throw bad("The Content-Length is not one decimal number.");
    }
    return Long.parseLong(lengths.get(0));
  }

  /** At most 18 digits: an exbibyte is enough, and it fits a long. */
  private static boolean isDecimal(String value) {
    return !value.isEmpty()
        && value.length() <= 18
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** RFC 9110 §10.1.1: other expectations may be refused or ignored, and clients send odd ones. */
  private static boolean expectsContinue(Headers headers) {
    return headers.all("Expect").stream().anyMatch(e -> e.equalsIgnoreCase("100-continue"));
  }

  private static List<String> tokens(Headers headers, String name) {
    var values = headers.all(name);
    if (values.isEmpty()) {
      return List.of();
    }
    var tokens = new ArrayList<String>();
    for (var value : values) {
      for (var token : value.split(",", -1)) {
        tokens.add(token.strip().toLowerCase(Locale.ROOT));
      }
    }
    return List.copyOf(tokens);
  }

  private static RefusedException bad(String message) {
    return new RefusedException(Refusal.badRequest(message));
  }
}
