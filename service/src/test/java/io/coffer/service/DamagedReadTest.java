package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.CopyObjectRequest;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.HeadObjectOutput;
import io.coffer.model.s3.HeadObjectRequest;
import io.coffer.model.s3.Operation;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers of a damaged object are told. */
class DamagedReadTest {
  private final DamagedStorage storage = new DamagedStorage();
  private final Store store = new Store(storage);

  @BeforeEach
  void fill() {
    store.createBucket("bucket");
    store.put("bucket", "key", Given.LARGE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static GetObjectRequest.Builder get(String key) {
    return GetObjectRequest.builder().bucket("bucket").key(key);
  }

  private void assertNames(S3Exception error, String key) {
    assertEquals(S3Error.INTERNAL_ERROR, error.error());
    var message = String.valueOf(error.getMessage());
    assertTrue(message.contains("bucket=bucket key=\"" + key + "\" version=null"), message);
    assertEquals("bucket", error.fields().get("BucketName"));
    assertEquals(key, error.fields().get("Key"));
    assertEquals("null", error.fields().get("VersionId"));
  }

  private S3Exception reading(GetObjectRequest.Builder request) {
    return assertThrows(S3Exception.class, () -> Store.text(store.get(request.build())));
  }

  @Test
  void anObjectWhoseFirstBlockIsDamagedGivesNoByteAndAnErrorThatNamesIt() {
    storage.damage(Given.blob(storage, "bucket", "key"), 0);
    var body = store.get(get("key").build()).body();
    assertNotNull(body);
    assertNames(assertThrows(S3Exception.class, body::next), "key");
    body.close();
    assertEquals(1, store.service.figures().damagedReads());
  }

  @Test
  void theBlocksBeforeTheDamageAreGiven() throws IOException {
    storage.damage(Given.blob(storage, "bucket", "key"), 140_000);
    try (var body = store.get(get("key").build()).body()) {
      assertNotNull(body);
      long given = 0;
      while (given < 131_072) {
        var bytes = body.next();
        assertNotNull(bytes);
        given += bytes.remaining();
      }
      assertEquals(131_072, given);
      var error = assertThrows(S3Exception.class, body::next);
      assertNames(error, "key");
      var message = String.valueOf(error.getMessage());
      assertTrue(message.contains("bytes=131072-149999"), message);
    }
  }

  @Test
  void aRangeThatIsSoundIsRead() {
    storage.damage(Given.blob(storage, "bucket", "key"), 140_000);
    assertEquals(100, Store.text(store.get(get("key").range("bytes=0-99").build())).length());
    var error = reading(get("key").range("bytes=140000-140009"));
    assertTrue(String.valueOf(error.getMessage()).contains("bytes=140000-140009"));
  }

  @Test
  void aMissingBlobAndAMissingPartAreDamageToo() {
    storage.lose(Given.blob(storage, "bucket", "key"));
    assertNames(reading(get("key")), "key");

    Given.multipart(store, "bucket", "parts", 2, Given.LARGE, "the end");
    var upload = Given.uploadOf(storage, "bucket", "parts");
    storage.lose(Given.partBlobs(storage, "bucket", upload).get(1));
    var error = reading(get("parts"));
    assertNames(error, "parts");
    assertTrue(String.valueOf(error.getMessage()).contains("bytes=150000-150006"));
    assertEquals(2, store.service.figures().damagedReads());
  }

  @Test
  void aCopyNamesItsSource() {
    storage.damage(Given.blob(storage, "bucket", "key"), 140_000);
    var request =
        CopyObjectRequest.builder().bucket("bucket").key("copy").copySource("bucket/key").build();
    assertNames(
        assertThrows(
            S3Exception.class, () -> store.call(Operation.COPY_OBJECT, request, Object.class)),
        "key");
    assertEquals(S3Error.NO_SUCH_KEY, Store.errorOf(() -> store.read("bucket", "copy")));
  }

  @Test
  void whatIsKnownOfADamagedObjectIsStillTold() {
    storage.lose(Given.blob(storage, "bucket", "key"));
    var head =
        store.call(
            Operation.HEAD_OBJECT,
            HeadObjectRequest.builder().bucket("bucket").key("key").build(),
            HeadObjectOutput.class);
    assertEquals(150_000L, head.contentLength());
    store.put("bucket", "key", "new");
    assertEquals("new", store.read("bucket", "key"));
  }
}
