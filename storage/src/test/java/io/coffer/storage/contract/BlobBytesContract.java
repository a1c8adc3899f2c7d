package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.newBlobId;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writing the bytes of blobs, and reading all or some of them. */
interface BlobBytesContract extends Fixture {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 1, 2, 1_000, 4_095, 4_096, 4_097, 16_383, 16_384, 16_385, 32_768, 65_535, 65_536, 65_537,
        131_071, 131_072, 131_073, 1_048_575, 1_048_576, 1_048_577, 5_000_000
      })
  default void aBlobHasTheBytesThatWereWritten(int length) {
    var written = randomBytes(length);
    for (var hint : new BlobHint[] {new BlobHint(length), BlobHint.UNKNOWN}) {
      var blob = newBlobId();
      write(blob, hint, written, 8_192);

      assertArrayEquals(written, bytes(blob, 0, length));
      assertEquals(new Verdict.Sound(length), storage().verify(blob));
      for (int offset : new int[] {0, 1, length / 2, length - 1, length}) {
        if (offset >= 0 && offset <= length) {
          assertArrayEquals(
              Arrays.copyOfRange(written, offset, length), bytes(blob, offset, length - offset));
          assertArrayEquals(Arrays.copyOf(written, offset), bytes(blob, 0, offset));
          assertArrayEquals(new byte[0], bytes(blob, offset, 0));
        }
      }
      assertOutside(blob, length);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1_000, 65_536, 65_537, 700_000})
  default void theSizeOfThePiecesDoesNotMatter(int piece) {
    var written = randomBytes(piece < 1_000 ? 70_000 : 700_000);
    var blob = newBlobId();
    write(blob, BlobHint.UNKNOWN, written, piece);

    assertArrayEquals(written, bytes(blob, 0, written.length));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 1_000, 300_000, 1_000_000})
  default void theHintIsOnlyAHint(long hint) {
    var small = newBlobId();
    write(small, new BlobHint(hint), randomBytes(500), 100);
    assertArrayEquals(randomBytes(500), bytes(small, 0, 500));

    var large = newBlobId();
    write(large, new BlobHint(hint), randomBytes(200_000), 10_000);
    assertArrayEquals(randomBytes(200_000), bytes(large, 0, 200_000));
  }

  @Test
  default void everyRangeAroundAnEdgeOfABlockIsReadExactly() {
    var written = randomBytes(300_000);
    var blob = sealed(written);
    int[] edges = {0, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 300_000};
    for (int from : edges) {
      for (int to : edges) {
        for (int left = Math.max(0, from - 1); left <= from + 1; left++) {
          for (int right = to - 1; right <= Math.min(written.length, to + 1); right++) {
            if (left <= right) {
              assertArrayEquals(
                  Arrays.copyOfRange(written, left, right), bytes(blob, left, right - left));
            }
          }
        }
      }
    }
  }

  @Test
  default void anyRangeIsReadExactly() {
    var written = randomBytes(200_000);
    var blob = sealed(written);
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int offset = random.nextInt(written.length + 1);
      int length = random.nextInt(written.length - offset + 1);
      assertArrayEquals(
          Arrays.copyOfRange(written, offset, offset + length),
          bytes(blob, offset, length),
          () -> "seed " + seed);
    }
  }

  @Test
  default void allRemainingBytesOfAnyBufferAreTaken() {
    var written = randomBytes(30_000);
    var direct = ByteBuffer.allocateDirect(10_000);
    direct.put(written, 0, 10_000).flip();
    var inner = ByteBuffer.wrap(written, 10_000, 10_000);
    var reused = ByteBuffer.allocate(5_000);
    var blob = newBlobId();
    try (var writer = storage().write(blob, BlobHint.UNKNOWN)) {
      writer.write(direct);
      writer.write(ByteBuffer.allocate(0));
      writer.write(inner.slice().asReadOnlyBuffer());
      writer.write(reused.put(0, written, 20_000, 5_000));
      reused.clear();
      writer.write(reused.put(0, written, 25_000, 5_000));
      Arrays.fill(reused.array(), (byte) 0);
      writer.seal();
    }

    assertFalse(direct.hasRemaining());
    assertFalse(reused.hasRemaining());
    assertArrayEquals(written, bytes(blob, 0, written.length));
  }

  @Test
  default void aReaderThatReachedTheEndStaysThere() {
    var blob = sealed(randomBytes(10));
    try (var reader = storage().read(blob, 2, 5)) {
      assertArrayEquals(Arrays.copyOfRange(randomBytes(10), 2, 7), Fixture.rest(reader));
      assertNull(reader.next());
      assertNull(reader.next());
    }
  }

  @Test
  default void aReaderMayBeClosedEarlyAndTwice() {
    var blob = sealed(randomBytes(1_000_000));
    var reader = storage().read(blob, 0, 1_000_000);
    reader.next();
    reader.close();
    reader.close();

    assertArrayEquals(randomBytes(1_000_000), bytes(blob, 0, 1_000_000));
  }

  @Test
  default void manyMayReadABlobAtOnce() throws Exception {
    var written = randomBytes(500_000);
    var blob = sealed(written);
    Parallel.run(
        32,
        thread -> {
          int offset = thread * 10_000;
          assertArrayEquals(
              Arrays.copyOfRange(written, offset, written.length),
              bytes(blob, offset, written.length - offset));
          return thread;
        });
  }

  @Test
  default void aBlobThatIsNotThereCannotBeRead() {
    var blob = newBlobId();

    assertThrows(StorageException.NoSuchBlob.class, () -> storage().read(blob, 0, 0));
    assertEquals(new Verdict.Missing(), storage().verify(blob));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 65_536, 3_000_000})
  default void aCheckTellsOfEveryByteItReadInPieces(int length) {
    var blob = sealed(randomBytes(length));
    commit(batch().adopt(blob));
    var pieces = new ArrayList<Long>();

    assertEquals(new Verdict.Sound(length), storage().verify(blob, pieces::add));
    assertEquals(length, pieces.stream().mapToLong(piece -> piece).sum());
    assertTrue(pieces.stream().allMatch(piece -> piece <= 1 << 20), pieces.toString());
  }

  @Test
  default void aCheckEndsWithWhatIsThrownAtIt() {
    var blob = sealed(randomBytes(1_000_000));
    var enough = new ArithmeticException();
    LongConsumer impatient =
        bytes -> {
          throw enough;
        };

    assertSame(
        enough, assertThrows(ArithmeticException.class, () -> storage().verify(blob, impatient)));
    assertEquals(new Verdict.Sound(1_000_000), storage().verify(blob));
  }

  private void assertOutside(BlobId blob, long length) {
    long[][] outside = {
      {0, length + 1}, {length, 1}, {length + 1, 0}, {-1, 1}, {0, -1}, {1, Long.MAX_VALUE}
    };
    for (var range : outside) {
      assertThrows(
          IllegalArgumentException.class, () -> storage().read(blob, range[0], range[1]).close());
    }
  }

  private void write(BlobId blob, BlobHint hint, byte[] bytes, int piece) {
    try (var writer = storage().write(blob, hint)) {
      for (int i = 0; i < bytes.length; i += piece) {
        writer.write(ByteBuffer.wrap(bytes, i, Math.min(piece, bytes.length - i)));
      }
      writer.seal();
    }
  }
}
