package io.coffer.storage.contract;

import static io.coffer.storage.contract.Fixture.batch;
import static io.coffer.storage.contract.Fixture.everything;
import static io.coffer.storage.contract.Fixture.key;
import static io.coffer.storage.contract.Fixture.newBlobId;
import static io.coffer.storage.contract.Fixture.path;
import static io.coffer.storage.contract.Fixture.randomBytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Durability;
import io.coffer.storage.Order;
import io.coffer.storage.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever a batch's durability, it is a batch like all others. */
interface DurabilityContract extends Fixture {
  List<Durability> KINDS =
      List.of(
          Durability.SYNC,
          new Durability.Group(Duration.ofMillis(1)),
          new Durability.Group(Duration.ofSeconds(10)),
          Durability.RELAXED);

  List<Integer> LENGTHS = List.of(100, 100_000);

  @ParameterizedTest
  @FieldSource("KINDS")
  default void aBatchOfAnyDurabilityIsThereWhenItsCommitReturns(Durability durability) {
    commit(batch().put(path("a"), Bytes.utf8("1")).durability(durability));
    var a = row("a");
    commit(batch().expect(a).put(path("a"), Bytes.utf8("2")).durability(durability));
    assertRefused(batch().expect(a).put(path("a"), Bytes.utf8("3")).durability(durability));
    assertEquals("2", value("a").orElseThrow());

    commit(batch().delete(path("a")).durability(durability));
    assertTrue(storage().get(key("a")).isEmpty());
  }

  @Test
  default void blobsOfAnyDurabilityAreAdoptedByBatchesOfAnyOther() {
    var written = new HashMap<BlobId, Integer>();
    for (var hint : KINDS) {
      for (var durability : KINDS) {
        for (int length : LENGTHS) {
          var blob = sealed(length, hint);
          written.put(blob, length);
          commit(batch().adopt(blob).durability(durability));
          commit(batch().adopt(blob).durability(hint));
        }
      }
    }
    assertThere(written);
    reopened();
    assertThere(written);
  }

  private void assertThere(HashMap<BlobId, Integer> written) {
    assertEquals(written.keySet().stream().sorted().toList(), listed());
    written.forEach(
        (blob, length) -> assertArrayEquals(randomBytes(length), bytes(blob, 0, length)));
  }

  @Test
  default void blobsThatAreReplacedBeforeTheyAreDurableAreGone() {
    for (var durability : KINDS) {
      var before = sealed(LENGTHS.getFirst(), durability);
      commit(batch().adopt(before).durability(durability));
      for (int length : LENGTHS.stream().flatMap(n -> Stream.of(n, n)).toList()) {
        var blob = sealed(length, durability);
        var batch = batch().put(path("a"), Bytes.utf8(blob.toString())).adopt(blob);
        commit(batch.release(before).durability(durability));
        before = blob;
      }
      commit(batch().delete(path("a")).release(before).durability(durability));
      assertEquals(new Verdict.Missing(), storage().verify(before));
    }
    assertEquals(List.of(), listed());
    reopened();
    assertEquals(List.of(), listed());
    assertTrue(storage().scan(everything(), Order.ASCENDING, 1).rows().isEmpty());
  }

  private List<BlobId> listed() {
    try (var blobs = storage().blobs(null)) {
      return blobs.toList();
    }
  }

  private BlobId sealed(int length, Durability durability) {
    var blob = newBlobId();
    try (var writer = storage().write(blob, new BlobHint(length, durability))) {
      writer.write(ByteBuffer.wrap(randomBytes(length)));
      writer.seal();
    }
    return blob;
  }
}
