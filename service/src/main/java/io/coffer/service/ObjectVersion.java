package io.coffer.service;

import io.coffer.service.acl.Acl;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of an object, or a delete marker: all that is known of it, in one row. Immutable.
 *
 * @param id names it among the versions of its key
 * @param lastModified when it was made, to the millisecond
 * @param owner the account's id
 * @param object null for a delete marker
 */
public record ObjectVersion(
    VersionId id, Instant lastModified, String owner, @Nullable Data object) {
  /** 2: with an ACL. */
  private static final int FORMAT = 2;

  /**
   * What an object has and a delete marker lacks.
   *
   * @param size bytes
   * @param eTag without quotes: hexadecimal MD5, with {@code -N} after an upload of N parts
   * @param storageClass S3's word, kept as the client gave it
   * @param checksum as given, or computed when the client gave none
   * @param tags by name
   * @param acl null for the private one
   */
  public record Data(
      long size,
      String eTag,
      Content content,
      Metadata metadata,
      String storageClass,
      @Nullable StoredChecksum checksum,
      Map<String, String> tags,
      @Nullable Acl acl) {

    Data withTags(Map<String, String> wanted) {
      return new Data(size, eTag, content, metadata, storageClass, checksum, wanted, acl);
    }

    Data withAcl(@Nullable Acl wanted) {
      return new Data(size, eTag, content, metadata, storageClass, checksum, tags, wanted);
    }
  }

  public boolean isDeleteMarker() {
    return object == null;
  }

  /** The object; to be called only where a delete marker was ruled out. */
  public Data data() {
    if (object == null) {
      throw new IllegalStateException("a delete marker has no data");
    }
    return object;
  }

  ObjectVersion withTags(Map<String, String> tags) {
    return new ObjectVersion(id, lastModified, owner, data().withTags(tags));
  }

  ObjectVersion withAcl(@Nullable Acl acl) {
    return new ObjectVersion(id, lastModified, owner, data().withAcl(acl));
  }

  Bytes encode() {
    var out =
        new RowWriter(FORMAT)
            .number(id.sequence())
            .number(id.random())
            .flag(id.isNull())
            .number(lastModified.toEpochMilli())
            .text(owner)
            .flag(object != null);
    if (object != null) {
      out.number(object.size).text(object.eTag).text(object.storageClass).map(object.tags);
      out.flag(object.checksum != null);
      if (object.checksum != null) {
        object.checksum.encode(out);
      }
      object.metadata.encode(out);
      encodeContent(out, object.content);
      Acl.encode(object.acl, out);
    }
    return out.finish();
  }

  public static ObjectVersion decode(Row row) {
    var in = new RowReader(row.value(), FORMAT);
    var id = new VersionId(in.number(), in.number(), in.flag());
    var lastModified = Instant.ofEpochMilli(in.number());
    var owner = in.text();
    if (!in.flag()) {
      return new ObjectVersion(id, lastModified, owner, null);
    }
    long size = in.number();
    var eTag = in.text();
    var storageClass = in.text();
    var tags = in.map();
    var checksum = in.flag() ? StoredChecksum.decode(in) : null;
    var metadata = Metadata.decode(in);
    var content = decodeContent(in);
    var acl = in.format() > 1 ? Acl.decode(in) : null;
    return new ObjectVersion(
        id,
        lastModified,
        owner,
        new Data(size, eTag, content, metadata, storageClass, checksum, tags, acl));
  }

  private static void encodeContent(RowWriter out, Content content) {
    switch (content) {
      case Content.Empty ignored -> out.number(0);
      case Content.Single single -> out.number(1).blob(single.blob());
      case Content.Parts parts -> {
        out.number(2).blob(parts.upload()).number(parts.runs().size());
        int expected = 1;
        for (var run : parts.runs()) {
          long gap = (long) run.first() - expected;
          out.number(gap << 1 | (run.count() > 1 ? 1 : 0));
          if (run.count() > 1) {
            out.number(run.count());
          }
          out.number(run.size());
          expected = run.first() + run.count();
        }
      }
    }
  }

  private static Content decodeContent(RowReader in) {
    int kind = (int) in.number();
    return switch (kind) {
      case 0 -> new Content.Empty();
      case 1 -> new Content.Single(in.blob());
      case 2 -> decodeParts(in.blob(), in);
      default -> throw new IllegalStateException("content of kind " + kind);
    };
  }

  private static Content decodeParts(BlobId upload, RowReader in) {
    int count = (int) in.number();
    var runs = new ArrayList<Content.Run>();
    int expected = 1;
    for (int i = 0; i < count; i++) {
      long gapAndRepeat = in.number();
      int first = expected + (int) (gapAndRepeat >>> 1);
      int repeats = (gapAndRepeat & 1) == 0 ? 1 : (int) in.number();
      var run = new Content.Run(first, repeats, in.number());
      runs.add(run);
      expected = first + run.count();
    }
    return new Content.Parts(upload, runs);
  }
}
