package io.coffer.auth;

import static io.coffer.auth.Fixture.assertFails;
import static io.coffer.auth.Fixture.assertRoot;
import static io.coffer.auth.Fixture.authenticator;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.auth.TestSigner.Parameter;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random requests, signed by an independent signer and written as sloppily as clients do. */
class SignaturePropertiesTest {
  private static final String[] BITS = {
    "a", "Z", "0", "-", "_", ".", "~", "/", "//", "..", " ", "+", "%", "%2F", "&", "=", "?", "#",
    "!", "*", "'", "(", ")", "$", ":", "@", ",", ";", "\"", "\u0001", "ä", "日", "😀", "%zz"
  };

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @BeforeEach
  void printTheSeed() {
    System.out.println("SignaturePropertiesTest: seed " + seed);
  }

  /** A request: what it means, and one way to write it. */
  private record Case(RequestHead head, String path, List<Parameter> query) {}

  private Case next() {
    var path = "/bucket/" + text(12);
    var query = new ArrayList<Parameter>();
    for (int n = random.nextInt(5); n > 0; n--) {
      query.add(new Parameter(text(3) + "x", text(6)));
    }
    var headers = new LinkedHashMap<String, List<String>>();
    headers.put("Host", List.of("localhost:9000"));
    headers.put("x-amz-date", List.of(TestSigner.TIME));
    headers.put("X-Amz-Content-SHA256", List.of("UNSIGNED-PAYLOAD"));
    headers.put("x-amz-meta-a", List.of("  two   words ", "", "and\t\tmore"));
    headers.put("Content-Type", List.of("text/plain; charset=utf-8"));
    var authorization = TestSigner.authorization("PUT", path, query, headers, "UNSIGNED-PAYLOAD");
    var fields = Headers.builder();
    headers.forEach((name, values) -> values.forEach(value -> fields.add(name, value)));
    fields.add("Authorization", authorization).add("User-Agent", "test");
    var shuffled = new ArrayList<>(query);
    Collections.shuffle(shuffled, random);
    var raw = new StringBuilder();
    for (var parameter : shuffled) {
      raw.append(raw.isEmpty() ? "" : "&").append(write(parameter.name(), true));
      if (!parameter.value().isEmpty() || random.nextBoolean()) {
        raw.append('=').append(write(parameter.value(), true));
      }
    }
    var head = new RequestHead("PUT", write(path, false), raw.toString(), fields.build());
    return new Case(head, path, query);
  }

  private String text(int max) {
    var out = new StringBuilder();
    for (int n = random.nextInt(max + 1); n > 0; n--) {
      out.append(BITS[random.nextInt(BITS.length)]);
    }
    return out.toString();
  }

  /** Escapes what it must, and now and then what it need not, in either case of hex. */
  private String write(String text, boolean query) {
    var out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean must = c <= ' ' || c == '%' || c == '?' || c == '#' || c == '"' || c == 0x7F;
      must |= query && (c == '&' || c == '=' || c == '+');
      if (query && c == ' ' && random.nextBoolean()) {
        out.append('+');
      } else if (must || random.nextInt(4) == 0) {
        out.append((random.nextBoolean() ? "%%%02X" : "%%%02x").formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  @Test
  void howeverARequestIsWrittenItVerifies() {
    for (int i = 0; i < 1_000; i++) {
      var request = next();
      try {
        assertRoot(authenticator().authenticate(request.head));
      } catch (S3Exception e) {
        throw new AssertionError("seed " + seed + ": " + request.head + " " + e.fields(), e);
      }
    }
  }

  @Test
  void aClientThatSignsWhatItSendsVerifies() {
    for (int i = 0; i < 300; i++) {
      var raw = "/bucket/" + write(text(12), false);
      // The independent signer escapes what it is given, so give it what escapes to the raw path.
      var headers = headers();
      var signature = signAsSent(raw, headers);
      var fields = Headers.builder();
      headers.forEach((name, values) -> fields.add(name, values.getFirst()));
      fields.add(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential="
              + Fixture.KEY_ID
              + "/"
              + TestSigner.SCOPE
              + ", SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature="
              + signature);
      assertRoot(authenticator().authenticate(new RequestHead("GET", raw, "", fields.build())));
    }
  }

  private static Map<String, List<String>> headers() {
    var headers = new LinkedHashMap<String, List<String>>();
    headers.put("host", List.of("h"));
    headers.put("x-amz-content-sha256", List.of("UNSIGNED-PAYLOAD"));
    headers.put("x-amz-date", List.of(TestSigner.TIME));
    return headers;
  }

  private static String signAsSent(String rawPath, Map<String, List<String>> headers) {
    var canonical = new StringBuilder("GET\n" + rawPath + "\n\n");
    headers.forEach((name, values) -> canonical.append(name + ":" + values.getFirst() + "\n"));
    canonical.append("\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD");
    var hash = TestSigner.sha256(canonical.toString().getBytes(StandardCharsets.ISO_8859_1));
    return TestSigner.hmacHex(
        TestSigner.key(),
        "AWS4-HMAC-SHA256\n" + TestSigner.TIME + "\n" + TestSigner.SCOPE + "\n" + hash);
  }

  @Test
  void anyChangeOfMeaningIsRefused() {
    for (int i = 0; i < 300; i++) {
      var head = next().head;
      var query = head.query().isEmpty() ? "x=1" : head.query() + "&x=1";
      for (var changed :
          List.of(
              new RequestHead("GET", head.path(), head.query(), head.headers()),
              new RequestHead("PUT", head.path() + "x", head.query(), head.headers()),
              new RequestHead("PUT", head.path() + "/", head.query(), head.headers()),
              new RequestHead("PUT", "/other" + head.path(), head.query(), head.headers()),
              new RequestHead("PUT", head.path(), query, head.headers()))) {
        assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(changed));
      }
    }
  }

  @Test
  void anyChangedByteOfASignedHeaderIsRefused() {
    var head = next().head;
    for (var field : head.headers().fields()) {
      boolean signed = !field.name().equals("User-Agent");
      for (int i = 0; signed && i < field.value().length(); i++) {
        if (Character.isWhitespace(field.value().charAt(i))) {
          continue;
        }
        var value = new StringBuilder(field.value());
        value.setCharAt(i, value.charAt(i) == 'q' ? 'r' : 'q');
        var fields = Headers.builder();
        for (var other : head.headers().fields()) {
          fields.add(other.name(), other == field ? value.toString() : other.value());
        }
        var changed = new RequestHead("PUT", head.path(), head.query(), fields.build());
        assertThrows(
            S3Exception.class, () -> authenticator().authenticate(changed), value::toString);
      }
    }
  }

  @Test
  void metadataBeyondAsciiVerifiesAsBytesAndAsText() {
    for (var value : List.of("Grüße", "日本", "😀")) {
      var headers = headers();
      headers.put("x-amz-meta-a", List.of(value));
      var authorization =
          TestSigner.authorization("GET", "/", List.of(), headers, "UNSIGNED-PAYLOAD");
      var bytes = new String(TestSigner.utf8(value), StandardCharsets.ISO_8859_1);
      for (var received : List.of(value, bytes)) {
        var fields = Headers.builder().add("Authorization", authorization);
        headers.forEach(
            (name, values) ->
                fields.add(name, name.equals("x-amz-meta-a") ? received : values.getFirst()));
        assertRoot(authenticator().authenticate(new RequestHead("GET", "/", "", fields.build())));
      }
    }
  }

  @Test
  void noiseNeverFailsOtherwiseThanWithAnAnswer() {
    for (int i = 0; i < 3_000; i++) {
      var fields = Headers.builder().add("Host", text(3));
      fields.add("Authorization", (random.nextBoolean() ? "AWS4-HMAC-SHA256 " : "") + noise());
      fields.add("x-amz-date", random.nextBoolean() ? TestSigner.TIME : noise());
      fields.add("x-amz-content-sha256", noise());
      var head =
          random.nextBoolean()
              ? new RequestHead("GET", "/" + noise(), noise(), fields.build())
              : new RequestHead(
                  "GET", "/", "X-Amz-Signature=" + noise() + "&" + noise(), Headers.empty());
      try {
        var caller = authenticator().authenticate(head).caller();
        assertEquals(new Caller.Anonymous(), caller, () -> "seed " + seed + ": let in " + head);
      } catch (S3Exception e) {
        if (e.error().status() >= 500) {
          throw new AssertionError("seed " + seed + ": " + head, e);
        }
      }
    }
  }

  private String noise() {
    String[] words = {
      "Credential=",
      "SignedHeaders=",
      "Signature=",
      ",",
      "/",
      Fixture.KEY_ID,
      TestSigner.SCOPE,
      "host",
      ";",
      "X-Amz-Algorithm=AWS4-HMAC-SHA256",
      "&",
      "X-Amz-Expires=9",
      "\uD800",
      "\u0000"
    };
    var out = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      out.append(random.nextInt(3) == 0 ? text(3) : words[random.nextInt(words.length)]);
    }
    return out.toString();
  }
}
