package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.S3Error;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"abc", "a.b", "a-b", "1bucket", "192.168.1.x", "my--bucket"})
  void legalNamesAreTaken(String name) {
    assertEquals(name, new BucketName(name).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab", "Upper", "under_score", "dot..dot", "dash-.dot", "dot.-dash", "-ab", "ab-", ".ab",
        "192.168.1.1", "xn--abc", "sthree-abc", "abc-s3alias", "abc--ol-s3", "a b", "a/b", "..", ""
      })
  void illegalNamesAreRefused(String name) {
    assertEquals(S3Error.INVALID_BUCKET_NAME, Store.errorOf(() -> new BucketName(name)));
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64})
  void sixtyThreeCharactersAreTheMost(int length) {
    var error = Store.errorOf(() -> new BucketName("a".repeat(length)));
    assertEquals(length == 63 ? null : S3Error.INVALID_BUCKET_NAME, error);
  }
}
