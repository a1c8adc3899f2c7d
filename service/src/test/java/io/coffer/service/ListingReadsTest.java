package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.s3.ListObjectsV2Output;
import io.coffer.model.s3.ListObjectsV2Request;
import io.coffer.model.s3.Operation;
import io.coffer.storage.Page;
import io.coffer.storage.Storage;
import io.coffer.storage.memory.MemoryStorage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How much a listing reads. */
class ListingReadsTest {
  private final AtomicInteger rowsRead = new AtomicInteger();

  private Storage counted() {
    var memory = MemoryStorage.create();
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                var result = method.invoke(memory, arguments);
                if (result instanceof Page page) {
                  rowsRead.addAndGet(page.rows().size());
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
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
