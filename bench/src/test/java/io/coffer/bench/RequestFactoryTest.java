package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Account;
import io.coffer.auth.Authenticator;
import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.auth.Signer;
import io.coffer.auth.SigningHosts;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RequestFactoryTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
  private static final Endpoint ENDPOINT = Endpoint.parse("a=http://127.0.0.1:9000,KEY,SECRET");

  private final RequestFactory requests = new RequestFactory(ENDPOINT, "us-east-1", CLOCK);
  private final Authenticator authenticator =
      new Authenticator(
          key ->
              key.equals("KEY")
                  ? new Credential(key, "SECRET", new Account("123456789012", "a", "a", "", "c"))
                  : null,
          "us-east-1",
          CLOCK,
          SigningHosts.none());

  /** The head as a server would read it off the wire. */
  private static RequestHead read(Request request) {
    String[] lines = new String(request.head(), StandardCharsets.ISO_8859_1).split("\r\n");
    String[] words = lines[0].split(" ");
    assertEquals("HTTP/1.1", words[2]);
    String[] target = words[1].split("\\?", 2);
    var headers = Headers.builder();
    for (int i = 1; i < lines.length; i++) {
      String[] field = lines[i].split(": ", 2);
      headers.add(field[0], field[1]);
    }
    return new RequestHead(
        words[0], target[0], target.length == 2 ? target[1] : "", headers.build());
  }

  @Test
  void theServerAcceptsTheSignatureOfEveryKindOfRequest() {
    for (Request request :
        new Request[] {
          requests.bare("GET", "/bucket/a/b", ""),
          requests.bare("GET", "/bucket", "list-type=2&max-keys=1000&prefix=list%2F"),
          requests.withBody("PUT", "/bucket/a", "", Signer.UNSIGNED_PAYLOAD, 0, 4096),
          requests.withBody("PUT", "/bucket/a", "", new Content(1).sha256(4096), 0, 4096),
        }) {
      var authentication = authenticator.authenticate(read(request));
      assertInstanceOf(Caller.Root.class, authentication.caller());
    }
  }

  @Test
  void aChangedPathIsNotAccepted() {
    RequestHead head = read(requests.bare("GET", "/bucket/a", ""));
    var changed = new RequestHead(head.method(), "/bucket/b", head.query(), head.headers());
    assertThrows(S3Exception.class, () -> authenticator.authenticate(changed));
  }

  @Test
  void bodiesAnnounceTheirLength() {
    var put = requests.withBody("PUT", "/bucket/a", "", Signer.UNSIGNED_PAYLOAD, 0, 4096);
    assertEquals("4096", read(put).headers().first("Content-Length"));
    String text =
        new String(
            requests.withText("POST", "/bucket/a", "uploadId=1", "<é/>").head(),
            StandardCharsets.UTF_8);
    assertTrue(text.contains("Content-Length: 5\r\n") && text.endsWith("\r\n\r\n<é/>"), text);
  }
}
