package io.coffer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3ErrorTest {
  @Test
  void noCodeIsThereTwice() {
    var seen = new HashMap<String, S3Error>();
    for (var error : S3Error.values()) {
      var before = seen.put(error.code(), error);
      assertEquals(null, before, error + " is " + before);
    }
  }

  @Test
  void anErrorHasACodeAStatusOfAnErrorAndASentence() {
    for (var error : S3Error.values()) {
      assertTrue(error.code().matches("[A-Z][A-Za-z0-9]+"), error.code());
      assertTrue(error.status() >= 301 && error.status() <= 507, error.code());
      assertTrue(error.message().length() > 5 && error.message().length() < 500, error.code());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NoSuchKey, 404",
    "NoSuchBucket, 404",
    "NoSuchUpload, 404",
    "BucketAlreadyExists, 409",
    "BucketAlreadyOwnedByYou, 409",
    "AccessDenied, 403",
    "InvalidRequest, 400",
    "PreconditionFailed, 412",
    "InvalidRange, 416",
    "MethodNotAllowed, 405",
    "SlowDown, 503",
    "NotImplemented, 501",
    "RequestTimeTooSkewed, 403",
    "MissingContentLength, 411",
    "InvalidObjectState, 403",
    "EntityTooSmall, 400"
  })
  void aCodeHasTheStatusThatAwsDocuments(String code, int status) {
    for (var error : S3Error.values()) {
      if (error.code().equals(code)) {
        assertEquals(status, error.status());
        return;
      }
    }
    throw new AssertionError("no error has the code " + code);
  }

  @Test
  void anExceptionGathersFieldsAndHeadersAndLeavesTheFirstAsItWas() {
    var plain = S3Error.NO_SUCH_KEY.exception();
    var telling = plain.with("Key", "a/b").withHeader("x-amz-delete-marker", "true");
    assertEquals(Map.of("Key", "a/b"), telling.fields());
    assertEquals("true", telling.headers().first("X-Amz-Delete-Marker"));
    assertEquals(S3Error.NO_SUCH_KEY.message(), telling.getMessage());
    assertEquals(Map.of(), plain.fields());
    assertEquals(0, telling.getStackTrace().length);
    assertEquals("mine", S3Error.NO_SUCH_KEY.exception("mine").with("Key", "k").getMessage());
  }
}
