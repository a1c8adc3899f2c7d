package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.limits.Limit;
import io.coffer.api.limits.LimitSettings;
import io.coffer.auth.Signer;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.s3.Operation;
import io.coffer.service.Context;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits, as those meet them who ask. */
@Timeout(60)
class AdmissionTest {
  private static final LimitSettings ONE_REQUEST = new LimitSettings(1, 0, 0, 0, 0);
  private static final LimitSettings THREE_FAILURES = new LimitSettings(0, 0, 0, 0, 3);
  private static final String FORM = "application/x-www-form-urlencoded";

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  /** Listings of buckets wait until they are told to go on. */
  private Function<Operations, Operations> heldListings() {
    return operations ->
        new Operations() {
          @Override
          public boolean supports(Operation operation) {
            return operations.supports(operation);
          }

          @Override
          public Object call(Operation operation, Object request, Context context)
              throws java.io.IOException {
            if (operation == Operation.LIST_BUCKETS) {
              begun.countDown();
              try {
                mayEnd.await();
              } catch (InterruptedException e) {
                throw new java.io.InterruptedIOException();
              }
            }
            return operations.call(operation, request, context);
          }
        };
  }

  private interface Meanwhile {
    void run(TestApi api);
  }

  /** Does something while a request is in flight, which then ends well. */
  private void whileOneIsInFlight(LimitSettings limits, Meanwhile meanwhile) throws Exception {
    try (var api = new TestApi(heldListings(), limits)) {
      var held = api.request("GET", "/", "");
      var thread = Thread.ofVirtual().start(() -> api.handle(held));
      begun.await();
      meanwhile.run(api);
      mayEnd.countDown();
      thread.join();
      assertEquals(200, held.status(), held::text);
      assertEquals(200, api.signed("PUT", "/bucket", "").status());
    }
  }

  private static void assertSlowDown(TestExchange answer) {
    assertEquals(503, answer.status(), answer::text);
    assertTrue(answer.text().contains("<Code>SlowDown</Code>"), answer::text);
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
  }

  @Test
  void aRequestTooManyIsToldToSlowDown() throws Exception {
    whileOneIsInFlight(
        ONE_REQUEST,
        api -> {
          assertSlowDown(api.signed("PUT", "/bucket", ""));
          assertSlowDown(api.anonymous("GET", "/bucket", ""));
          assertEquals("SlowDown", api.log.getLast().errorCode());
          assertEquals(2, api.api.limits().refused(Limit.SERVER));
        });
  }

  @Test
  void healthIsAnsweredBeyondTheLimit() throws Exception {
    whileOneIsInFlight(
        ONE_REQUEST,
        api -> {
          assertEquals(200, api.anonymous("GET", "/-/health/live", "").status());
          assertEquals(200, api.anonymous("GET", "/-/metrics", "").status());
        });
  }

  @Test
  void formsAreThrottledInTheirOwnWords() throws Exception {
    whileOneIsInFlight(
        ONE_REQUEST,
        api -> {
          var answer =
              api.anonymous(
                  "POST", "/", "Action=GetCallerIdentity&Version=2011-06-15", "Content-Type", FORM);
          assertEquals(400, answer.status(), answer::text);
          assertTrue(answer.text().contains("<Code>Throttling</Code>"), answer::text);
          assertEquals("1", answer.header("Retry-After"));
        });
  }

  @Test
  void anAccountAndAKeyAreHeldToTheirOwnLimits() throws Exception {
    whileOneIsInFlight(
        new LimitSettings(0, 1, 0, 0, 0), api -> assertSlowDown(api.signed("PUT", "/bucket", "")));
  }

  @Test
  void aKeyIsHeldToItsLimitWhateverItsAccountMay() throws Exception {
    whileOneIsInFlight(
        new LimitSettings(0, 5, 1, 0, 0),
        api -> {
          assertSlowDown(api.signed("PUT", "/bucket", ""));
          assertEquals(404, api.anonymous("GET", "/bucket", "").status());
          assertEquals(1, api.api.limits().refused(Limit.KEY));
        });
  }

  private static TestExchange signedWith(TestApi api, String keyId, String secret) {
    var head =
        new RequestHead("GET", "/", "", Headers.builder().add("Host", "localhost:9000").build());
    var signer = new Signer(keyId, secret, TestApi.REGION);
    var now = api.environment.clock().instant();
    return api.send(signer.sign(head, Signer.UNSIGNED_PAYLOAD, now), "");
  }

  private static TestExchange wrong(TestApi api) {
    return signedWith(api, TestApi.CREDENTIAL.accessKeyId(), "another");
  }

  @Test
  void afterWrongSignaturesNoneIsLookedAtForAWhile() {
    try (var api = new TestApi(Function.identity(), THREE_FAILURES)) {
      assertEquals(403, wrong(api).status());
      assertEquals(403, signedWith(api, "AKIDUNKNOWN", "another").status());
      assertEquals(403, wrong(api).status());
      assertSlowDown(wrong(api));
      assertSlowDown(api.signed("GET", "/", ""));
      assertSlowDown(api.anonymous("GET", "/b?X-Amz-Signatur%65=00&X-Amz-Date=x", ""));
      assertEquals(3, api.api.limits().refused(Limit.LOGINS));
      assertEquals(403, api.anonymous("GET", "/", "").status());
      assertEquals(200, api.anonymous("GET", "/-/health/live", "").status());
    }
  }

  @Test
  void wrongFormsCountAsWell() {
    try (var api = new TestApi(Function.identity(), THREE_FAILURES)) {
      var head =
          new RequestHead(
              "POST",
              "/",
              "",
              Headers.builder().add("Host", "localhost:9000").add("Content-Type", FORM).build());
      var body = "Action=GetCallerIdentity&Version=2011-06-15";
      var signer = new Signer("AKIDUNKNOWN", "another", TestApi.REGION);
      for (int i = 0; i < 3; i++) {
        var signed = signer.presign(head, Duration.ofMinutes(1), api.environment.clock().instant());
        var sts = signed.query().replace("%2Fs3%2F", "%2Fsts%2F");
        var wrong = new RequestHead("POST", "/", sts, signed.headers());
        var answer = api.send(wrong, body);
        assertTrue(answer.text().contains("InvalidClientTokenId"), answer::text);
      }
      assertSlowDown(api.signed("GET", "/", ""));
    }
  }

  @Test
  void aGoodSignatureForgetsTheWrongOnes() {
    try (var api = new TestApi(Function.identity(), THREE_FAILURES)) {
      for (int i = 0; i < 4; i++) {
        assertEquals(403, wrong(api).status());
        assertEquals(403, wrong(api).status());
        assertEquals(200, api.signed("GET", "/", "").status());
      }
    }
  }

  @Test
  void whatIsDeniedIsNoWrongSignature() {
    try (var api = new TestApi(Function.identity(), THREE_FAILURES)) {
      for (int i = 0; i < 10; i++) {
        assertEquals(403, api.anonymous("GET", "/", "").status());
        assertEquals(400, api.anonymous("GET", "/", "", "Authorization", "nonsense").status());
        assertEquals(404, api.signed("GET", "/none", "").status());
      }
      assertEquals(200, api.signed("GET", "/", "").status());
    }
  }

  @Test
  void bodiesBeyondTheBandwidthAreRefusedAtTheNextRequest() {
    try (var api = new TestApi(Function.identity(), new LimitSettings(0, 0, 0, 50_000, 0))) {
      assertEquals(200, api.signed("PUT", "/bucket", "").status());
      long begin = System.nanoTime();
      assertEquals(200, api.signed("PUT", "/bucket/k", "x".repeat(70_000)).status());
      assertTrue(System.nanoTime() - begin >= 350_000_000, "20,000 bytes more than a second's");
      assertTrue(api.api.limits().waitedSeconds() > 0.3);
    }
  }
}
