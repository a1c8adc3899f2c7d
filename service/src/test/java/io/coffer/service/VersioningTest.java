package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.model.S3Error;
import io.coffer.model.s3.BucketVersioningStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of earlier versions. AWS: "How S3 Versioning works". */
class VersioningTest {
  private final Store store = new Store();

  @BeforeEach
  void bucket() {
    store.createBucket("bucket");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void withoutVersioningAPutReplacesAndADeleteForgets() {
    assertNull(store.put("bucket", "k", "one").versionId());
    store.put("bucket", "k", "two");
    assertEquals("two", store.read("bucket", "k"));
    assertEquals("two", store.read("bucket", "k", "null"));
    assertNull(store.delete("bucket", "k", null).deleteMarker());
    assertEquals(S3Error.NO_SUCH_KEY, Store.errorOf(() -> store.read("bucket", "k")));
  }

  @Test
  void enabledKeepsEveryVersionUnderItsId() {
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    var first = store.put("bucket", "k", "one").versionId();
    var second = store.put("bucket", "k", "two").versionId();
    assertNotNull(first);
    assertNotEquals(first, second);
    assertEquals("two", store.read("bucket", "k"));
    assertEquals("one", store.read("bucket", "k", first));
    assertEquals("two", store.read("bucket", "k", second));
  }

  @Test
  void aDeleteMarkerHidesTheObjectUntilItIsDeleted() {
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    var version = store.put("bucket", "k", "one").versionId();
    var deleted = store.delete("bucket", "k", null);
    assertEquals(true, deleted.deleteMarker());
    assertEquals(S3Error.NO_SUCH_KEY, Store.errorOf(() -> store.read("bucket", "k")));
    assertEquals("one", store.read("bucket", "k", version));
    var marker = deleted.versionId();
    assertEquals(
        S3Error.METHOD_NOT_ALLOWED, Store.errorOf(() -> store.read("bucket", "k", marker)));
    assertEquals(true, store.delete("bucket", "k", marker).deleteMarker());
    assertEquals("one", store.read("bucket", "k"));
  }

  @Test
  void deletingTheNewestVersionBringsTheOneBeforeBack() {
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    store.put("bucket", "k", "one");
    store.put("bucket", "k", "two");
    var third = store.put("bucket", "k", "three").versionId();
    store.delete("bucket", "k", third);
    assertEquals("two", store.read("bucket", "k"));
  }

  @Test
  void anObjectFromBeforeVersioningIsTheNullVersion() {
    store.put("bucket", "k", "before");
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    store.put("bucket", "k", "after");
    assertEquals("before", store.read("bucket", "k", "null"));
    store.delete("bucket", "k", "null");
    assertEquals(S3Error.NO_SUCH_VERSION, Store.errorOf(() -> store.read("bucket", "k", "null")));
    assertEquals("after", store.read("bucket", "k"));
  }

  @Test
  void suspendedReplacesTheNullVersionWhereverItIs() {
    store.put("bucket", "k", "null one");
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    var kept = store.put("bucket", "k", "kept").versionId();
    store.versioning("bucket", BucketVersioningStatus.SUSPENDED);
    assertNull(store.put("bucket", "k", "null two").versionId());
    assertEquals("null two", store.read("bucket", "k", "null"));
    assertEquals("kept", store.read("bucket", "k", kept));
    store.put("bucket", "k", "null three");
    assertEquals("null three", store.read("bucket", "k"));
    store.delete("bucket", "k", "null");
    assertEquals("kept", store.read("bucket", "k"));
  }

  @Test
  void aDeleteWhileSuspendedLeavesANullMarker() {
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    var kept = store.put("bucket", "k", "kept").versionId();
    store.versioning("bucket", BucketVersioningStatus.SUSPENDED);
    store.put("bucket", "k", "gone");
    assertEquals("null", store.delete("bucket", "k", null).versionId());
    assertEquals("kept", store.read("bucket", "k", kept));
    store.delete("bucket", "k", "null");
    assertEquals("kept", store.read("bucket", "k"));
  }

  @Test
  void unknownAndIllegalVersionIdsAreToldApart() {
    store.put("bucket", "k", "x");
    assertEquals(
        S3Error.NO_SUCH_VERSION,
        Store.errorOf(() -> store.read("bucket", "k", "0123456789abcdef0123456789abcdef")));
    assertEquals(
        S3Error.INVALID_ARGUMENT, Store.errorOf(() -> store.read("bucket", "k", "nonsense")));
  }
}
