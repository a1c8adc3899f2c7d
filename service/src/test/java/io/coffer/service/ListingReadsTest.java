package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.s3.ListObjectsV2Output;
import io.coffer.model.s3.ListObjectsV2Request;
import io.coffer.model.s3.Operation;
import io.coffer.storage.Page;
import io.coffer.storage.Storage;
import io.coffer.storage.memory.MemoryStorage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much a listing reads. */
class ListingReadsTest {
  private final AtomicInteger rowsRead = new AtomicInteger();

  private Storage counted() {
    return Intercepted.over(
        MemoryStorage.create(),
        (method, arguments, call) -> {
          var result = call.proceed();
          if (result instanceof Page page) {
            rowsRead.addAndGet(page.rows().size());
          }
          return result;
        });
  }

  @Test
  void nothingIsReadBehindThePrefix() {
    try (var store = new Store(counted())) {
      store.createBucket("bucket");
      for (var key : List.of("a/1", "b/1", "b/2", "b0", "c/1", "c/2", "d/1")) {
        store.put("bucket", key, "content");
      }
      rowsRead.set(0);
      var request = ListObjectsV2Request.builder().bucket("bucket").prefix("b/").build();
      var output = store.call(Operation.LIST_OBJECTS_V2, request, ListObjectsV2Output.class);
      assertEquals(2, output.keyCount());
      assertEquals(2, rowsRead.get());
    }
  }
}
