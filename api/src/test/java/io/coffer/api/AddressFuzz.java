package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.fuzz.Refusals;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Method, host, path and query, a line each: addressing and routing. */
public final class AddressFuzz {
  private static final Addressing ADDRESSING =
      new Addressing(List.of("example.com", "s3.example.com", "localhost"));

  private static final Router ROUTER = Router.ofAllOperations();

  private AddressFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 4);
    if (lines.length < 4) {
      return;
    }
    var headers = Headers.builder().add("Host", lines[1]).build();
    var head = new RequestHead(lines[0], "/" + lines[2], lines[3], headers);
    try {
      var address = ADDRESSING.resolve(head);
      assertEquals(address, ADDRESSING.resolve(pathStyle(address)));
      var query = QueryString.parse(head.query());
      assertEquals(query.names(), QueryString.parse(encoded(query)).names());
      var operation = ROUTER.route(head.method(), address.target(), query, headers);
      assertEquals(address.target(), operation.target());
      assertEquals(head.method(), operation.method());
    } catch (S3Exception e) {
      Refusals.check(e, input.length);
    }
  }

  /** The same address, written in the plainest way. */
  private static RequestHead pathStyle(Address address) {
    var path = new StringBuilder("/");
    if (address.bucket() != null) {
      path.append(PercentEncoding.encode(address.bucket()));
    }
    if (address.key() != null) {
      path.append('/').append(PercentEncoding.encode(address.key()));
    }
    var headers = Headers.builder().add("Host", "192.0.2.1").build();
    return new RequestHead("GET", path.toString(), "", headers);
  }

  private static String encoded(QueryString query) {
    var text = new StringBuilder();
    for (var name : query.names()) {
      text.append(PercentEncoding.encode(name)).append('=');
      text.append(PercentEncoding.encode(Objects.requireNonNull(query.first(name)))).append('&');
    }
    return text.toString();
  }
}
