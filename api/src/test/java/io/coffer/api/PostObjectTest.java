package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostObjectTest {
  private final TestApi api = new TestApi();
  private final Map<String, String> fields = new LinkedHashMap<>();

  @BeforeEach
  void createBucket() {
    api.signed("PUT", "/bucket", "");
    fields.put("key", "foo/${filename}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  /** Sends the form with a policy that allows all its fields, and files of 2 to 10 bytes. */
  private TestExchange post(String content) {
    var conditions =
        fields.keySet().stream()
            .map(name -> "[\"starts-with\", \"$" + name + "\", \"\"]")
            .collect(Collectors.joining(","));
    return post(
        content, "{\"bucket\": \"bucket\"},[\"content-length-range\", 2, 10]," + conditions);
  }

  private TestExchange post(String content, String conditions) {
    var expiration =
        api.environment.clock().instant().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    var policy = "{\"expiration\": \"" + expiration + "\", \"conditions\": [" + conditions + "]}";
    var encoded = Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8));
    var all = new LinkedHashMap<>(fields);
    all.put("pOLICY", encoded);
    all.put("AWSAccessKeyId", TestApi.CREDENTIAL.accessKeyId());
    all.put("signature", hmac(encoded));
    return send(all, content);
  }

  private TestExchange send(Map<String, String> all, String content) {
    var form = new StringBuilder();
    all.forEach(
        (name, value) ->
            form.append("--b\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    form.append("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a&b.txt\"\r\n")
        .append("Content-Type: image/png\r\n\r\n")
        .append(content)
        .append("\r\n--b--\r\n");
    return api.anonymous(
        "POST", "/bucket", form.toString(), "Content-Type", "multipart/form-data; boundary=b");
  }

  private static String hmac(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(
          new SecretKeySpec(
              TestApi.CREDENTIAL.secretAccessKey().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theFileBecomesAnObjectWithWhatTheFieldsSay() {
    fields.put("Content-Type", "text/plain");
    fields.put("x-amz-meta-Name", "Ä");
    fields.put("x-amz-storage-class", "STANDARD_IA");
    fields.put(
        "tagging",
        "<Tagging><TagSet><Tag><Key>a b</Key><Value>1+1</Value></Tag></TagSet></Tagging>");
    var answer = post("hello");
    assertEquals(204, answer.status(), answer::text);
    var get = api.signed("GET", "/bucket/foo/a%26b.txt", "");
    assertEquals("hello", get.text());
    assertEquals("text/plain", get.header("Content-Type"));
    assertEquals("=?UTF-8?B?w4Q=?=", get.header("x-amz-meta-name"));
    assertEquals("STANDARD_IA", get.header("x-amz-storage-class"));
    assertEquals(answer.header("ETag"), get.header("ETag"));
    assertTrue(
        api.signed("GET", "/bucket/foo/a%26b.txt?tagging", "")
            .text()
            .contains("<Key>a b</Key><Value>1+1</Value>"));
    assertEquals("PostObject", api.log.get(1).operation());
    assertEquals("foo/a&b.txt", api.log.get(1).key());
    assertEquals("111111111111", api.log.get(1).accountId());
  }

  @ParameterizedTest
  @CsvSource({"200, 200", "201, 201", "204, 204", "404, 204", "x, 204"})
  void theFormChoosesTheStatus(String wanted, int status) {
    fields.put("success_action_status", wanted);
    var answer = post("hello");
    assertEquals(status, answer.status());
    assertEquals("http://localhost:9000/bucket/foo/a%26b.txt", answer.header("Location"));
    if (status == 201) {
      assertTrue(
          answer
              .text()
              .contains(
                  "<PostResponse><Location>http://localhost:9000/bucket/foo/a%26b.txt</Location>"
                      + "<Bucket>bucket</Bucket><Key>foo/a&amp;b.txt</Key><ETag>&quot;"),
          answer::text);
    } else {
      assertEquals("", answer.text());
    }
  }

  @Test
  void theBrowserIsSentOn() {
    fields.put("success_action_redirect", "http://example.org/done?a=1");
    var answer = post("hello");
    assertEquals(303, answer.status());
    var eTag = answer.header("ETag").replace("\"", "%22");
    assertEquals(
        "http://example.org/done?a=1&bucket=bucket&key=foo%2Fa%26b.txt&etag=" + eTag,
        answer.header("Location"));
  }

  @ParameterizedTest
  @CsvSource({"javascript:alert(1)", "not a url", "/relative", "http:///"})
  void whatIsNoUrlIsNoRedirect(String url) {
    fields.put("success_action_redirect", url);
    assertEquals(204, post("hello").status());
  }

  @ParameterizedTest
  @CsvSource({"h, EntityTooSmall", "hello hello, EntityTooLarge"})
  void thePolicyBoundsTheFile(String content, String code) {
    var answer = post(content);
    assertEquals(400, answer.status());
    assertTrue(answer.text().contains("<Code>" + code + "</Code>"), answer::text);
    assertEquals(404, api.signed("HEAD", "/bucket/foo/a%26b.txt", "").status());
  }

  @Test
  void aPolicyThatDoesNotFitIsDenied() {
    assertEquals(403, post("hello", "{\"bucket\": \"other\"}").status());
    assertEquals(403, post("hello", "{\"key\": \"bar\"}").status());
  }

  @Test
  void checksumsOfTheFormAreVerified() {
    fields.put("x-amz-checksum-crc32", "NhCmhg==");
    assertEquals(204, post("hello").status());
    fields.put("x-amz-checksum-crc32", "AAAAAA==");
    assertEquals(400, post("hello").status());
    fields.put("x-amz-checksum-crc32", "sailor");
    assertEquals(400, post("hello").status());
  }

  @Test
  void anAnonymousFormIsDenied() {
    assertEquals(403, send(fields, "hello").status());
  }

  @Test
  void aSignatureIsNeededForAPolicyAndAKeyForAll() {
    var unsigned = new LinkedHashMap<>(fields);
    unsigned.put("policy", "e30=");
    assertEquals(400, send(unsigned, "hello").status());
    fields.remove("key");
    assertEquals(400, post("hello").status());
  }

  @Test
  void aHeaderInAFieldIsRefused() {
    fields.put("Cache-Control", "a\r\nSet-Cookie: x");
    assertEquals(400, post("hello").status());
  }
}
