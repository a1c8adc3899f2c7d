package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.memory.MemoryStorage;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A storage that has no room. */
class FullStorageTest {
  private final AtomicBoolean full = new AtomicBoolean();

  @ParameterizedTest
  @ValueSource(longs = {-1, 3})
  void aPutIsRefusedBeforeItsBodyIsReadSoThatNobodySendsItInVain(long length) {
    try (var store = new Store(storage())) {
      store.createBucket("bucket");
      full.set(true);
      var read = new AtomicBoolean();
      var request =
          PutObjectRequest.builder().bucket("bucket").key("k").body(body(length, read)).build();

      assertEquals(S3Error.INSUFFICIENT_STORAGE, Store.errorOf(() -> store.put(request)));
      assertFalse(read.get());
    }
  }

  @Test
  void whatIsKnownOfAccountsIsNotWrittenAtAStart() {
    var storage = storage();
    try (var before = new Store(storage)) {
      before.createBucket("bucket");
      before.put("bucket", "k", "content");
      full.set(true);
      var started = new Store(storage);
      assertEquals("content", started.read("bucket", "k"));
    }
  }

  @Test
  void whatCouldNotBeCollectedIsCollectedWhenThereIsRoomAgain() {
    var environment = new Environment(InstantSource.system(), new Random(1), false);
    try (var store = new Store(storage(), environment)) {
      store.createBucket("bucket");
      Given.abort(store, "bucket", "k", Given.upload(store, "bucket", "k", "part one", "part two"));
      full.set(true);
      store.service.settle();
      store.service.settle();
      assertTrue(store.service.figures().collectorBacklog() > 0);
      full.set(false);
      store.service.settle();
      assertEquals(2, store.service.figures().collectorBlobs());
      assertEquals(0, store.service.figures().collectorBacklog());
    }
  }

  /** In memory; while it is full it takes neither batches nor blobs. */
  private Storage storage() {
    return Intercepted.over(
        MemoryStorage.create(),
        (method, arguments, call) -> {
          if (full.get() && (method.equals("write") || method.equals("commit"))) {
            throw new StorageException.Full("no room");
          }
          return call.proceed();
        });
  }

  private static Body body(long length, AtomicBoolean read) {
    return new Body() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public ByteBuffer next() {
        read.set(true);
        return ByteBuffer.wrap(new byte[3]);
      }

      @Override
      public void close() {}
    };
  }
}
