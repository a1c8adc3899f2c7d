package io.coffer.service;

import io.coffer.checksums.Algorithm;
import io.coffer.service.acl.Acl;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A multipart upload in progress: what the object will have, but for its bytes. Immutable.
 *
 * @param id its number; the upload id of the API is its text
 * @param initiated when
 * @param algorithm of the checksums, when the client chose one
 * @param composite whether the object's checksum is one of the parts' checksums; else of the full
 *     object
 * @param sealed whether it is being completed: a part that comes now must break the seal
 * @param initiator ARN of who began it; empty for nobody that is known
 * @param owner id of the account whose the object will be; empty for that of the bucket
 * @param acl of the object; null for the private one
 * @param row as read; null for one that is not yet written
 */
public record Upload(
    BlobId id,
    String key,
    Instant initiated,
    Metadata metadata,
    String storageClass,
    Map<String, String> tags,
    @Nullable Algorithm algorithm,
    boolean composite,
    boolean sealed,
    String initiator,
    String owner,
    @Nullable Acl acl,
    @Nullable Row row) {
  /** 2: with who began it, whose the object will be, and its ACL. */
  private static final int FORMAT = 2;

  Bytes encode() {
    var out =
        new RowWriter(FORMAT)
            .number(initiated.toEpochMilli())
            .text(storageClass)
            .map(tags)
            .textOrNull(algorithm == null ? null : algorithm.name())
            .flag(composite)
            .flag(sealed);
    metadata.encode(out);
    Acl.encode(acl, out.text(initiator).text(owner));
    return out.finish();
  }

  public static Upload decode(Row row) {
    var in = new RowReader(row.value(), FORMAT);
    var initiated = Instant.ofEpochMilli(in.number());
    var storageClass = in.text();
    var tags = in.map();
    var chosen = in.textOrNull();
    var algorithm = chosen == null ? null : Algorithm.valueOf(chosen);
    boolean composite = in.flag();
    boolean sealed = in.flag();
    var metadata = Metadata.decode(in);
    boolean isWithOwner = in.format() > 1;
    var initiator = isWithOwner ? in.text() : "";
    var owner = isWithOwner ? in.text() : "";
    var acl = isWithOwner ? Acl.decode(in) : null;
    var path = row.key().path();
    return new Upload(
        Paths.uploadOf(path),
        new String(Paths.endedKey(path), StandardCharsets.UTF_8),
        initiated,
        metadata,
        storageClass,
        tags,
        algorithm,
        composite,
        sealed,
        initiator,
        owner,
        acl,
        row);
  }

  Upload withSealed(boolean wanted) {
    return new Upload(
        id,
        key,
        initiated,
        metadata,
        storageClass,
        tags,
        algorithm,
        composite,
        wanted,
        initiator,
        owner,
        acl,
        row);
  }

  /** The row as it was read. */
  Row stored() {
    if (row == null) {
      throw new IllegalStateException("upload " + id + " was not read from storage");
    }
    return row;
  }

  /** The id of the account whose the object will be. */
  public String ownerIn(Bucket bucket) {
    return owner.isEmpty() || bucket.isOwnerEnforced() ? bucket.owner() : owner;
  }

  /** FULL_OBJECT or COMPOSITE, as the API says it. */
  public String checksumType() {
    return composite ? "COMPOSITE" : "FULL_OBJECT";
  }
}
