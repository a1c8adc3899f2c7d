package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.files.disk.RealDisk;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BufferPoolTest {
  @Test
  void directBuffersAreReusedAndBounded() {
    var pool = new BufferPool(100, 2);
    var first = pool.take();
    var second = pool.take();
    var third = pool.take();
    assertTrue(first.isDirect() && second.isDirect());
    assertFalse(third.isDirect());

    pool.give(third);
    pool.give(first.position(50));
    var again = pool.take();
    assertSame(first, again);
    assertEquals(100, again.remaining());
    assertFalse(pool.take().isDirect());
  }

  @Test
  void readersAndWritersGiveTheirBuffersBack(@TempDir Path directory) throws Exception {
    var pool = new BufferPool(Footer.BLOCK_BYTES, 1);
    var files = new BlobFiles(new RealDisk(), directory);
    for (int i = 0; i < 3; i++) {
      var blob = Given.newBlobId();
      var writer = new BlobFileWriter(files, blob, pool);
      writer.write(ByteBuffer.wrap(Given.randomBytes(70_000)));
      writer.seal(true);
      assertTrue(isBack(pool), "after a writer");
      new BlobFileReader(files.open(blob), pool, blob, 70_000, 10, 20).close();
      assertTrue(isBack(pool), "after a reader");
      var abandoned = new BlobFileWriter(files, Given.newBlobId(), pool);
      abandoned.abandon();
      abandoned.abandon();
      assertTrue(isBack(pool), "after an abandoned writer");
    }
  }

  @Test
  void withoutDirectMemoryTheHeapServesUntilThereIsSomeAgain() {
    var noMemory = new AtomicBoolean(true);
    var pool =
        new BufferPool(
            100,
            1,
            bytes -> {
              if (noMemory.get()) {
                throw new OutOfMemoryError("for this test");
              }
              return ByteBuffer.allocateDirect(bytes);
            });
    assertFalse(pool.take().isDirect());
    noMemory.set(false);
    assertTrue(pool.take().isDirect());
  }

  private static boolean isBack(BufferPool pool) {
    var buffer = pool.take();
    pool.give(buffer);
    var other = pool.take();
    pool.give(other);
    return buffer.isDirect() && other.isDirect();
  }
}
