package io.coffer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.fuzz.Refusals;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Heads with any authentication: {@code METHOD target}, then a line for each header. Nobody is let
 * in by a secret that he does not know, and what is signed is let in as it was signed only.
 */
public final class SignatureFuzz {
  private static final Credential UNKNOWN =
      new Credential(Fixture.KEY_ID, "a secret that nobody has", Fixture.ACCOUNT);

  private static final Signer SIGNER =
      new Signer(Fixture.KEY_ID, Fixture.SECRET, Fixture.REGION, SigningService.S3);

  private SignatureFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var head = head(input);
    refusedOrAnonymous(head, input.length);
    signedOnceOnly(head, input.length);
  }

  private static void refusedOrAnonymous(RequestHead head, int length) {
    var stranger =
        new Authenticator(
            id -> UNKNOWN, Fixture.REGION, () -> Fixture.NOW, new SigningHosts(List.of("a")));
    try {
      var authentication = stranger.authenticate(head, true, "bucket");
      assertInstanceOf(Caller.Anonymous.class, authentication.caller());
    } catch (S3Exception e) {
      Refusals.check(e, length);
    }
  }

  private static void signedOnceOnly(RequestHead head, int length) {
    var fields = Headers.builder();
    for (var field : head.headers().fields()) {
      var name = field.name().toLowerCase(Locale.ROOT);
      boolean ofSignature =
          name.equals("authorization")
              || name.equals("x-amz-date")
              || name.equals("x-amz-security-token")
              || name.equals("x-amz-content-sha256");
      if (!ofSignature && isToken(name)) {
        fields.add(field.name(), field.value());
      }
    }
    if (!head.headers().contains("Host")) {
      fields.add("Host", "localhost");
    }
    var plain = new RequestHead(head.method(), head.path(), head.query(), fields.build());
    var signed = SIGNER.sign(plain, Payload.UNSIGNED, Fixture.NOW);
    var authenticator = Fixture.authenticator();
    try {
      Fixture.assertRoot(authenticator.authenticate(signed));
    } catch (S3Exception e) {
      assertNotEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, e.error());
      Refusals.check(e, length + 1_000);
      return;
    }
    for (var changed :
        List.of(
            new RequestHead("X" + head.method(), head.path(), head.query(), signed.headers()),
            new RequestHead(head.method(), head.path() + "x", head.query(), signed.headers()),
            new RequestHead(head.method(), head.path(), head.query() + "&x", signed.headers()))) {
      var thrown = assertThrows(S3Exception.class, () -> authenticator.authenticate(changed));
      assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, thrown.error());
    }
  }

  private static boolean isToken(String name) {
    return name.matches("[!#$%&'*+.^_`|~0-9a-z-]+");
  }

  /** As the transport hands it on: bytes as characters, and no line end in a value. */
  private static RequestHead head(byte[] input) {
    var lines = new String(input, StandardCharsets.ISO_8859_1).split("\\r?\\n", -1);
    int blank = lines[0].indexOf(' ');
    var method = blank < 0 ? "GET" : lines[0].substring(0, blank);
    var target = lines[0].substring(blank + 1).replaceAll("[^!-~]", "");
    int mark = target.indexOf('?');
    var headers = Headers.builder();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        var name = lines[i].substring(0, colon);
        var value = lines[i].substring(colon + 1).strip();
        if (!name.equalsIgnoreCase("Host")) {
          headers.add(name, value);
        } else if (!headers.build().contains("Host")) {
          // the transport refuses a second one, and one with blanks
          headers.add(name, value.replaceAll("[^!-~]", ""));
        }
      }
    }
    return new RequestHead(
        method,
        "/" + (mark < 0 ? target : target.substring(0, mark)),
        mark < 0 ? "" : target.substring(mark + 1),
        headers.build());
  }
}
