package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.newBlobId;
import static io.coffer.storage.contract.Fixture.path;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a blob's first byte to its release. Lengths on both sides of any threshold. */
interface BlobLifeContract extends Fixture {
  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300_000})
  default void aBlobIsUnreadableUntilItIsSealed(int length) {
    var blob = newBlobId();
    try (var writer = storage().write(blob, new BlobHint(length))) {
      writer.write(ByteBuffer.wrap(randomBytes(length)));
      assertGone(blob);
      writer.seal();
      assertArrayEquals(randomBytes(length), bytes(blob, 0, length));
    }
    assertArrayEquals(randomBytes(length), bytes(blob, 0, length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300_000})
  default void aBlobThatIsClosedUnsealedIsForgotten(int length) {
    var blob = newBlobId();
    var writer = storage().write(blob, new BlobHint(length));
    writer.write(ByteBuffer.wrap(randomBytes(length)));
    writer.close();
    writer.close();

    assertGone(blob);
    storage().discard(blob);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300_000})
  default void aSealedBlobIsReadableAndListedBeforeItIsAdopted(int length) {
    var blob = sealed(randomBytes(length));

    assertArrayEquals(randomBytes(length), bytes(blob, 0, length));
    assertEquals(List.of(blob), blobs(null));
    assertEquals(new Verdict.Sound(length), storage().verify(blob));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300_000})
  default void anAdoptedBlobStaysUntilItIsReleased(int length) {
    var blob = sealed(randomBytes(length));
    commit(batch().put(path("a"), Bytes.utf8(blob.toString())).adopt(blob));
    assertArrayEquals(randomBytes(length), bytes(blob, 0, length));
    assertEquals(List.of(blob), blobs(null));
    commit(batch().adopt(blob));
    assertArrayEquals(randomBytes(length), bytes(blob, 0, length));

    commit(batch().delete(path("a")).release(blob));
    assertGone(blob);
    commit(batch().release(blob));
    storage().discard(blob);
    storage().discard(blob);
    assertGone(blob);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300_000})
  default void aBlobThatNobodyAdoptedMayBeDiscarded(int length) {
    var blob = sealed(randomBytes(length));
    var other = sealed(randomBytes(5));
    storage().discard(blob);
    assertGone(blob);

    storage().discard(blob);
    storage().discard(newBlobId());
    assertEquals(List.of(other), blobs(null));
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 5_000_000})
  default void aReaderReadsToItsEndWhenTheBlobIsReleasedMeanwhile(int length) {
    var written = randomBytes(length);
    var blob = sealed(written);
    commit(batch().adopt(blob));
    try (var reader = storage().read(blob, 0, length);
        var half = storage().read(blob, length / 2, length / 2)) {
      var first = half.next();
      var begun = new byte[first == null ? 0 : first.remaining()];
      if (first != null) {
        first.get(begun);
      }
      commit(batch().release(blob));
      storage().discard(blob);
      assertGone(blob);

      assertArrayEquals(written, Fixture.rest(reader));
      var rest = Fixture.rest(half);
      var together = ByteBuffer.allocate(length / 2).put(begun).put(rest).array();
      assertArrayEquals(Arrays.copyOfRange(written, length / 2, length), together);
    }
  }

  @Test
  default void aBlobThatIsNotSealedCannotBeAdopted() {
    put("a", "1");
    var a = row("a");
    var other = sealed(randomBytes(20));
    commit(batch().adopt(other));
    var unsealed = newBlobId();
    try (var writer = storage().write(unsealed, BlobHint.UNKNOWN)) {
      writer.write(ByteBuffer.wrap(randomBytes(300_000)));
      assertNotAdopted(unsealed);
    }
    assertNotAdopted(unsealed);
    assertNotAdopted(newBlobId());
    var released = sealed(randomBytes(10));
    commit(batch().adopt(released));
    commit(batch().release(released));
    assertNotAdopted(released);

    assertEquals(a, row("a"));
    assertEquals(Optional.empty(), value("b"));
    assertEquals(List.of(), announcements(null, 10));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 300_000})
  default void theIdOfABlobCannotBeUsedAgain(int length) {
    var blob = sealed(randomBytes(length));
    assertIdIsTaken(blob);
    commit(batch().adopt(blob));
    assertIdIsTaken(blob);

    assertArrayEquals(randomBytes(length), bytes(blob, 0, length));
    assertEquals(List.of(blob), blobs(null));
  }

  @Test
  default void blobsAreListedInOrderAfterAnId() {
    var ids = new ArrayList<BlobId>();
    for (long time : new long[] {0, 1, 255, 256, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
      ids.add(new BlobId(time, -1));
      ids.add(new BlobId(time, 0));
      ids.add(new BlobId(time, Long.MIN_VALUE));
    }
    Collections.shuffle(ids, new Random(3));
    for (int i = 0; i < ids.size(); i++) {
      seal(ids.get(i), randomBytes(i % 2 == 0 ? 10 : 100_000));
    }
    Collections.sort(ids);

    assertEquals(ids, blobs(null));
    for (int i = 0; i < ids.size(); i++) {
      assertEquals(ids.subList(i + 1, ids.size()), blobs(ids.get(i)));
    }
    assertEquals(ids.subList(3, ids.size()), blobs(new BlobId(0, -1)));
    assertEquals(ids.subList(6, ids.size()), blobs(new BlobId(5, 5)));
  }

  @Test
  default void aListOfBlobsMayBeLeftEarly() {
    for (int i = 0; i < 20; i++) {
      var ignored = sealed(randomBytes(i * 4_000));
    }
    try (var blobs = storage().blobs(null)) {
      assertEquals(3, blobs.limit(3).count());
    }
    assertEquals(20, blobs(null).size());
  }

  @Test
  default void blobsMayBeDiscardedWhileTheyAreListed() {
    for (int i = 0; i < 20; i++) {
      var ignored = sealed(randomBytes(i * 4_000));
    }
    try (var blobs = storage().blobs(null)) {
      blobs.forEach(storage()::discard);
    }
    assertEquals(List.of(), blobs(null));
  }

  private List<BlobId> blobs(@Nullable BlobId after) {
    try (var blobs = storage().blobs(after)) {
      return blobs.toList();
    }
  }

  private void assertGone(BlobId blob) {
    assertThrows(StorageException.NoSuchBlob.class, () -> storage().read(blob, 0, 0).close());
    assertEquals(new Verdict.Missing(), storage().verify(blob));
    assertEquals(false, blobs(null).contains(blob));
  }

  private void assertNotAdopted(BlobId blob) {
    Batch batch =
        batch()
            .put(path("a"), Bytes.utf8("2"))
            .put(path("b"), Bytes.utf8("2"))
            .adopt(blob)
            .announce(Bytes.utf8("nothing"))
            .build();
    assertThrows(StorageException.Failure.class, () -> commit(batch));
  }

  private void assertIdIsTaken(BlobId blob) {
    assertThrows(
        StorageException.Failure.class, () -> storage().write(blob, new BlobHint(10)).close());
  }
}
