package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.storage.Batch;
import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Inspection.Kind;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a check of a storage that nobody else uses finds, and what it does not. */
class VerificationTest {
  private final DamagedStorage storage = new DamagedStorage();
  private final Store store = new Store(storage);

  @BeforeEach
  void fill() {
    Given.allKinds(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private List<Finding> verify() {
    var findings = new ArrayList<Finding>();
    new Verification(storage, 0, findings::add).all();
    return findings;
  }

  private Finding only() {
    var findings = verify();
    assertEquals(1, findings.size(), lines(findings));
    return findings.getFirst();
  }

  private static String lines(List<Finding> findings) {
    return String.join("\n", findings.stream().map(Finding::line).toList());
  }

  private void assertOnly(String expected) {
    var line = only().line();
    assertTrue(line.contains(expected), line);
  }

  private void write(long group, Bytes path, Bytes value) {
    storage.commit(Batch.in(group, UUID.randomUUID()).put(path, value).build());
  }

  private void delete(long group, Bytes path) {
    storage.commit(Batch.in(group, UUID.randomUUID()).delete(path).build());
  }

  @Test
  void aSoundStorageOfAllKindsOfThingsHasNoFindings() throws Exception {
    assertEquals("", lines(verify()));
    Thread.sleep(2_500); // the collector is done
    assertEquals("", lines(verify()));
  }

  @Test
  void whatWasSeenIsCounted() {
    var verification = new Verification(storage, 0, finding -> {});
    verification.all();
    // plain: 6 objects, 3 uploads; versions: 3 + 2 + 2 + 1
    assertEquals(9 + 8, verification.tally().objects());
    assertTrue(verification.tally().bytes() > 6L * Given.LARGE.length());
  }

  @Test
  void damagedBlocksAreNamedByTheirBytes() {
    var blob = Given.blob(storage, "plain", "large\n\0\"");
    storage.damage(blob, 70_000);

    var finding = only();
    assertEquals(Kind.DAMAGE, finding.kind());
    assertEquals("plain", finding.target().bucket());
    assertEquals("large\n\0\"", finding.target().key());
    assertEquals("null", finding.target().versionId());
    assertEquals(new ByteRange(65_536, 65_536), finding.bytes());
    var line = finding.line();
    assertTrue(
        line.startsWith(
            "bucket=plain key=\"large\\u{a}\\u{0}\\\"\" version=null bytes=65536-131071: blob "),
        line);
  }

  @Test
  void neighbouringBlocksAreOneRangeAndOthersAreTheirOwn() {
    var blob = Given.blob(storage, "plain", "large\n\0\"");
    storage.damage(blob, 0);
    storage.damage(blob, 140_000);
    assertEquals(
        List.of(new ByteRange(0, 65_536), new ByteRange(131_072, 150_000 - 131_072)),
        verify().stream().map(Finding::bytes).toList());
    storage.damage(blob, 70_000);
    assertEquals(new ByteRange(0, 150_000), only().bytes());
  }

  @Test
  void aBlobThatIsMissingIsTheWholeObject() {
    var blob = Given.blob(storage, "plain", "small");
    storage.lose(blob);
    var finding = only();
    assertEquals(new ByteRange(0, 5), finding.bytes());
    assertTrue(finding.what().contains(blob + " is missing"), finding.what());
  }

  @Test
  void aDamagedPartIsNamedByItsPlaceInTheObject() {
    var upload = Given.uploadOf(storage, "plain", "parts");
    storage.damage(Given.partBlobs(storage, "plain", upload).get(1), 0);
    var finding = only();
    assertEquals(2, finding.target().part());
    assertEquals(new ByteRange(150_000, 7), finding.bytes());
    assertEquals("parts", finding.target().key());
  }

  @Test
  void aDamagedPartOfAnUploadInProgressIsNamedWithTheUpload() {
    var id = Given.upload(store, "plain", "more", "one", "two");
    storage.damage(Given.partBlobs(storage, "plain", BlobId.parse(id)).getFirst(), 0);
    var finding = only();
    assertEquals(id, finding.target().uploadId());
    assertEquals(1, finding.target().part());
    assertEquals("more", finding.target().key());
    assertTrue(finding.advice().contains("upload the part again"), finding.advice());
  }

  @Test
  void aMissingPartIsFound() {
    var upload = Given.uploadOf(storage, "plain", "parts");
    var group = Given.group(storage, "plain");
    var blob = Given.partBlobs(storage, "plain", upload).getFirst();
    storage.commit(
        Batch.in(group, UUID.randomUUID()).delete(Paths.part(upload, 1)).release(blob).build());
    var finding = only();
    assertEquals(new ByteRange(0, 150_000), finding.bytes());
    assertEquals("the part's row is missing", finding.what());
  }

  @Test
  void aBlobThatNoRowKnowsIsFound() {
    var blob = new BlobId(1, 2);
    try (var writer = storage.write(blob, BlobHint.UNKNOWN)) {
      writer.write(ByteBuffer.wrap(new byte[10]));
      writer.seal();
    }
    storage.commit(Batch.in(7, UUID.randomUUID()).adopt(blob).build());
    assertOnly("no row refers to blob " + blob);
  }

  @Test
  void twoVersionsWithOneBlobAreFound() {
    var row = Given.current(storage, "plain", "small");
    write(row.key().group(), Paths.current("twin"), row.value());
    assertOnly("2 rows refer to blob " + Given.blob(storage, "plain", "small"));
  }

  @Test
  void partsWithoutAnObjectAreStray() {
    var upload = Given.uploadOf(storage, "plain", "parts");
    delete(Given.group(storage, "plain"), Paths.current("parts"));
    var finding = only();
    assertEquals(Kind.STRAY, finding.kind());
    assertTrue(finding.what().contains(upload.toString()), finding.what());
    assertEquals("plain", finding.target().bucket());
  }

  @Test
  void aRowThatCannotBeDecodedIsFound() {
    long group = Given.group(storage, "plain");
    for (var garbage : new byte[][] {{}, {1}, {1, 5, 5}, {99}, {1, 1, 1, 1, 1, 127}}) {
      write(group, Paths.current("garbage"), Bytes.copyOf(garbage));
      assertOnly("key=\"garbage\": its row cannot be decoded");
    }
    delete(group, Paths.current("garbage"));
    write(group, Bytes.utf8("x what is this"), Bytes.utf8("?"));
    assertOnly("cannot be decoded");
  }

  @Test
  void aNameOfABucketThatLeadsNowhereIsFoundAndTheOthersAreChecked() {
    write(Paths.REGISTRY, Paths.bucketName("plain"), Bytes.copyOf(new byte[] {1}));
    storage.damage(Given.blob(storage, "versions", "parts"), 0);
    var found = lines(verify());
    assertTrue(found.contains("bucket=plain: the bucket's name leads nowhere"), found);
    assertTrue(found.contains("bucket=versions key=\"parts\""), found);
  }

  @Test
  void familiesThatDoNotAgreeAreFound() {
    long group = Given.group(storage, "versions");
    var older =
        Given.rows(storage, group).stream()
            .filter(row -> row.key().path().at(0) == 'o')
            .filter(row -> key(row).equals("parts"))
            .findFirst()
            .orElseThrow();
    assertFalse(key(older).isEmpty());
    var current = Given.current(storage, "versions", "parts");
    var blob = Given.blob(storage, "versions", "parts");
    storage.commit(
        Batch.in(group, UUID.randomUUID()).delete(current.key().path()).release(blob).build());
    assertOnly("the key has noncurrent versions and no current one");
  }

  private static String key(Row older) {
    return new String(Paths.endedKey(older.key().path()), StandardCharsets.UTF_8);
  }

  @Test
  void aNullVersionThatIsNotFoundByItsIdIsFound() {
    store.put("versions", "other", "null");
    store.versioning("versions", BucketVersioningStatus.ENABLED);
    store.put("versions", "other", "numbered");
    long group = Given.group(storage, "versions");
    var path = Paths.nullVersion("other");
    var row = storage.get(new RowKey(group, path)).orElseThrow();
    delete(group, path);
    assertOnly("the null version is not found by its id");
    write(group, path, new RowWriter(1).number(12_345).finish());
    assertEquals(2, verify().size());
    write(group, path, row.value());
    assertEquals("", lines(verify()));
  }

  @Test
  void aBucketWhoseRowsDoNotAgreeIsFound() {
    var name = Paths.bucketName("plain");
    var entry = storage.get(new RowKey(Paths.REGISTRY, name)).orElseThrow();
    delete(Paths.REGISTRY, Paths.owned(Store.OWNER.id(), "plain"));
    assertOnly("bucket=plain: the bucket is not among those of its owner");
    write(Paths.REGISTRY, Paths.owned(Store.OWNER.id(), "plain"), entry.value());
    write(Paths.REGISTRY, Paths.owned(Store.OWNER.id(), "phantom"), entry.value());
    assertOnly("bucket=phantom: its owner has a bucket that is not there");
    delete(Paths.REGISTRY, Paths.owned(Store.OWNER.id(), "phantom"));
    delete(Given.group(storage, "plain"), Paths.BUCKET);
    assertOnly("bucket=plain: the bucket's row is missing");
  }

  @Test
  void rowsThatCannotBeReadAreSteppedOver() {
    for (int i = 0; i < 400; i++) {
      store.put("plain", "key %04d".formatted(i), "content");
    }
    storage.makeUnreadable(
        DamagedStorage.startingWith("ckey 010").or(DamagedStorage.startingWith("ckey 011")));
    var blob = Given.blob(storage, "plain", "key 0300");
    storage.damage(blob, 0);
    var verification = new ArrayList<Finding>();
    var check = new Verification(storage, 0, verification::add);
    check.all();
    var lines = lines(verification);
    assertTrue(lines.contains("bucket=plain: rows cannot be read"), lines);
    assertTrue(lines.contains("key=\"key 0300\""), "went on behind the gap: " + lines);
    assertTrue(check.tally().objects() >= 17 + 380, check.tally().objects() + ": " + lines);
    assertTrue(lines.contains("to compare them with the blobs, cannot be read"), lines);
    assertEquals(3, verification.size() - 1, lines);
  }

  @Test
  void namesThatCannotBeReadAreSteppedOver() {
    storage.makeUnreadable(
        key -> key.group() == Paths.REGISTRY && key.path().equals(Paths.bucketName("plain")));
    var findings = new ArrayList<Finding>();
    var check = new Verification(storage, 0, findings::add);
    check.all();
    assertTrue(lines(findings).contains("some names of buckets cannot be read"), lines(findings));
    assertEquals(8, check.tally().objects(), "those of the other bucket");
  }

  @Test
  void oneBucketIsCheckedAlone() {
    storage.damage(Given.blob(storage, "plain", "small"), 0);
    var findings = new ArrayList<Finding>();
    assertTrue(new Verification(storage, 0, findings::add).bucket("versions"));
    assertEquals("", lines(findings));
    assertTrue(new Verification(storage, 0, findings::add).bucket("plain"));
    assertEquals(1, findings.size(), lines(findings));
    assertNotNull(findings.getFirst().bytes());
    assertFalse(new Verification(storage, 0, findings::add).bucket("plai"));
  }
}
