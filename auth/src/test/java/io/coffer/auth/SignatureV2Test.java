package io.coffer.auth;

import static io.coffer.auth.Fixture.authenticator;
import static io.coffer.auth.Fixture.head;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The examples of AWS's page on Signature Version 2, and what must not pass. */
class SignatureV2Test {
  private static final Instant THEN = Instant.parse("2007-03-27T19:40:00Z");

  private static void accepts(Instant now, RequestHead head) {
    var hosted = head.path().startsWith("/johnsmith") ? null : "johnsmith";
    var caller = authenticator(now, SigningHosts.none()).authenticate(head, false, hosted).caller();
    assertEquals(new Caller.Root(Fixture.ACCOUNT, Fixture.KEY_ID), caller);
  }

  private static S3Error refusal(Instant now, RequestHead head) {
    var authenticator = authenticator(now, SigningHosts.none());
    return assertThrows(
            S3Exception.class, () -> authenticator.authenticate(head, false, "johnsmith"))
        .error();
  }

  private static RequestHead get(String path, String date, String signature) {
    return head(
        "GET " + path + " HTTP/1.1",
        "Host: johnsmith.s3.amazonaws.com",
        "Date: " + date,
        "Authorization: AWS " + Fixture.KEY_ID + ":" + signature);
  }

  @Test
  void documentedExamplesVerify() {
    var date = "Tue, 27 Mar 2007 19:36:42 +0000";
    accepts(THEN, get("/photos/puppy.jpg", date, "bWq2s1WEIj+Ydj0vQ697zp+IXMU="));
    accepts(THEN, get("/johnsmith/photos/puppy.jpg", date, "bWq2s1WEIj+Ydj0vQ697zp+IXMU="));
    accepts(
        THEN,
        get(
            "/?prefix=photos&max-keys=50&marker=puppy",
            "Tue, 27 Mar 2007 19:42:41 +0000",
            "htDYFYduRNen8P9ZfE/s9SuKy0U="));
    accepts(THEN, get("/?acl", "Tue, 27 Mar 2007 19:44:46 +0000", "c2WLPFtWHVgbEmeEG93a4cG37dM="));
  }

  @Test
  void whatWasSignedCannotBeChanged() {
    var date = "Tue, 27 Mar 2007 19:36:42 +0000";
    var signature = "bWq2s1WEIj+Ydj0vQ697zp+IXMU=";
    for (var path : new String[] {"/photos/puppy.jpg?acl", "/photos/kitten.jpg"}) {
      assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, refusal(THEN, get(path, date, signature)));
    }
    assertEquals(
        S3Error.REQUEST_TIME_TOO_SKEWED,
        refusal(THEN.plusSeconds(3_600), get("/photos/puppy.jpg", date, signature)));
    assertEquals(
        S3Error.INVALID_ARGUMENT,
        refusal(
            THEN,
            head("GET / HTTP/1.1", "Host: x", "Date: " + date, "Authorization: AWS nonsense")));
    assertEquals(
        S3Error.ACCESS_DENIED,
        refusal(THEN, head("GET / HTTP/1.1", "Host: x", "Authorization: AWS a:b")));
  }

  /**
   * What is not signed must not say what is done: that list has grown since the signature's day.
   */
  @Test
  void everySubResourceIsCovered() {
    var date = "Tue, 27 Mar 2007 19:36:42 +0000";
    var signature = "bWq2s1WEIj+Ydj0vQ697zp+IXMU=";
    for (var query :
        new String[] {"acl", "%61cl", "retention", "legal-hold", "encryption", "versionId=x"}) {
      var head = get("/photos/puppy.jpg?" + query, date, signature);
      assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, refusal(THEN, head), query);
    }
  }

  /** The host is not signed: the bucket is where the server takes it from, and nowhere else. */
  @Test
  void aBucketInThePathIsNotTakenFromTheHost() {
    var date = "Tue, 27 Mar 2007 19:36:42 +0000";
    var head = get("/photos/puppy.jpg", date, "bWq2s1WEIj+Ydj0vQ697zp+IXMU=");
    var authenticator = authenticator(THEN, SigningHosts.none());
    for (var bucket : new String[] {null, "other"}) {
      var thrown =
          assertThrows(S3Exception.class, () -> authenticator.authenticate(head, false, bucket));
      assertEquals(S3Error.SIGNATURE_DOES_NOT_MATCH, thrown.error());
    }
  }
}
