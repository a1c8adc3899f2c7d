package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A presigned URL that has expired, or is good for one thing, and whoever holds it wants it longer
 * or for more. Source: Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters".
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StretchedUrlTest {
  private static final String MISMATCH = "SignatureDoesNotMatch";
  private static final String PATH = "/loot/shared";

  private Victim victim;

  @BeforeAll
  void start() {
    victim = Victim.inMemory();
    victim.put("shared", "for an hour");
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  private RequestHead expired() {
    var then = Instant.now().minus(Duration.ofHours(2));
    return victim.presigned("GET", PATH, Duration.ofHours(1), then);
  }

  private RequestHead valid() {
    return victim.presigned("GET", PATH, Duration.ofHours(1), Instant.now());
  }

  private void refused(String code, RequestHead head) {
    var answer = victim.send(head, "");
    assertEquals(code, answer.code(), answer::toString);
    assertFalse(answer.text().contains("for an hour"));
  }

  private static RequestHead withQuery(RequestHead head, String query) {
    return new RequestHead(head.method(), head.path(), query, head.headers());
  }

  /** The controls. */
  @Test
  void aUrlIsGoodUntilItExpires() {
    assertEquals("for an hour", victim.send(valid(), "").text());
    refused("AccessDenied", expired());
  }

  @ParameterizedTest
  @ValueSource(strings = {"86400", "604800", "07201"})
  void aLongerValidityNeedsAnotherSignature(String seconds) {
    var url = expired();
    refused(MISMATCH, withQuery(url, url.query().replace("Expires=3600", "Expires=" + seconds)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"604801", "0", "-1", "9223372036854775808", "1e6", "", "%20604800"})
  void aValidityThatIsNoneIsRefused(String seconds) {
    var url = expired();
    refused(
        "AuthorizationQueryParametersError",
        withQuery(url, url.query().replace("Expires=3600", "Expires=" + seconds)));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Expires=604800&, ",
    ", &X-Amz-Expires=604800",
    "X%2DAmz-Expires=604800&, ",
    ", &X-Amz%2dExpires=604800",
  })
  void aSecondValidityIsRefused(String before, String after) {
    var url = expired();
    var query = (before == null ? "" : before) + url.query() + (after == null ? "" : after);
    refused("AuthorizationQueryParametersError", withQuery(url, query));
  }

  /** Names of parameters have case: that one is no validity, but it is not signed either. */
  @Test
  void aValidityInLowerCaseIsAnotherParameter() {
    var url = expired();
    refused("AccessDenied", withQuery(url, url.query() + "&x-amz-expires=604800"));
    var good = valid();
    refused(MISMATCH, withQuery(good, good.query() + "&x-amz-expires=604800"));
  }

  @Test
  void aLaterDateNeedsAnotherSignature() {
    var url = expired();
    var date = url.query().replaceAll(".*X-Amz-Date=(\\w+).*", "$1");
    var now = valid().query().replaceAll(".*X-Amz-Date=(\\w+).*", "$1");
    var renewed = url.query().replace(date, now).replace(date.substring(0, 8), now.substring(0, 8));
    refused(MISMATCH, withQuery(url, renewed));
    assertEquals(403, victim.send(with(url, "x-amz-date", now), "").status());
  }

  @Test
  void aUrlOfTheFutureIsNotGoodYet() {
    var later = Instant.now().plus(Duration.ofDays(1));
    refused("AccessDenied", victim.presigned("GET", PATH, Duration.ofHours(1), later));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void aUrlToReadIsNoneToWrite(String method) {
    var url = valid();
    var head = new RequestHead(method, url.path(), url.query(), url.headers());
    refused(MISMATCH, head);
    assertEquals("for an hour", victim.get("shared"));
  }

  @Test
  void aUrlIsForOneKey() {
    victim.put("secret", "x");
    var url = valid();
    refused(MISMATCH, new RequestHead("GET", "/loot/secret", url.query(), url.headers()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "response-content-type=text/html",
        "response-content-disposition=inline",
        "versionId=null",
        "acl",
        "%61cl",
        "partNumber=1"
      })
  void aUrlTakesNoMoreParameters(String parameter) {
    var url = valid();
    refused(MISMATCH, withQuery(url, url.query() + "&" + parameter));
    refused(MISMATCH, withQuery(url, parameter + "&" + url.query()));
  }

  private static RequestHead with(RequestHead head, String name, String value) {
    var headers = Headers.builder();
    head.headers().fields().forEach(field -> headers.add(field.name(), field.value()));
    headers.add(name, value);
    return new RequestHead(head.method(), head.path(), head.query(), headers.build());
  }

  /** Two ways to say who asks could be read by two programs in two ways. */
  @Test
  void aUrlGoesWithNoOtherAuthentication() {
    refused("InvalidArgument", with(valid(), "Authorization", "AWS4-HMAC-SHA256 x"));
  }

  @Test
  void aUrlThatStoresTakesNoHeaderThatItsSignerDidNotSee() {
    var url = victim.presigned("PUT", "/loot/dropped", Duration.ofHours(1), Instant.now());
    refused("AccessDenied", with(url, "x-amz-acl", "public-read"));
    refused("AccessDenied", with(url, "x-amz-copy-source", PATH));
    refused("AccessDenied", with(url, "x-amz-tagging", "a=b"));
    assertFalse(victim.has("dropped"));
  }
}
