package io.coffer.conformance.world;

import io.coffer.conformance.world.Op.Query;
import io.coffer.model.Body;
import io.coffer.model.s3.Bucket;
import io.coffer.model.s3.CommonPrefix;
import io.coffer.model.s3.GetBucketVersioningOutput;
import io.coffer.model.s3.GetBucketVersioningRequest;
import io.coffer.model.s3.GetObjectOutput;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.GetObjectTaggingOutput;
import io.coffer.model.s3.GetObjectTaggingRequest;
import io.coffer.model.s3.HeadObjectOutput;
import io.coffer.model.s3.HeadObjectRequest;
import io.coffer.model.s3.ListBucketsOutput;
import io.coffer.model.s3.ListBucketsRequest;
import io.coffer.model.s3.ListPartsOutput;
import io.coffer.model.s3.ListPartsRequest;
import io.coffer.model.s3.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The steps of a workload that change nothing. One thread. */
final class ClientReads {
  private final Client client;
  private final Names names;
  private final ClientListings listings;

  ClientReads(Client client, Names names) {
    this.client = client;
    this.names = names;
    listings = new ClientListings(client, names);
  }

  String read(Op op) {
    return switch (op) {
      case Op.Get get -> get(get);
      case Op.Head head -> head(head);
      case Op.GetTags tags -> tags(tags);
      case Op.GetVersioning(String bucket) -> versioning(bucket);
      case Op.ListBuckets list -> buckets();
      case Op.ListObjects(String bucket, Query query) -> listings.objects(bucket, query);
      case Op.ListVersions(String bucket, Query query) -> listings.versions(bucket, query);
      case Op.ListUploads(String bucket, Query query) -> listings.uploads(bucket, query);
      case Op.ListParts list -> parts(list);
      default -> throw new IllegalArgumentException(op.toString());
    };
  }

  private String get(Op.Get get) {
    var range = get.range();
    var request =
        GetObjectRequest.builder()
            .bucket(get.at().bucket())
            .key(get.at().key())
            .versionId(names.id(get.version()))
            .range(range == null ? null : range.toString())
            .build();
    var output = client.call(Operation.GET_OBJECT, request, GetObjectOutput.class);
    var object =
        Answers.object(length(output.contentLength()), output.eTag(), output.lastModified());
    return "ok %s version=%s range=%s tags=%d by=%s %s"
        .formatted(
            object,
            names.of(output.versionId()),
            output.contentRange(),
            output.tagCount() == null ? 0 : output.tagCount(),
            by(output.metadata()),
            body(output.body()));
  }

  private static long length(@Nullable Long length) {
    return length == null ? -1 : length;
  }

  private static @Nullable String by(@Nullable Map<String, String> metadata) {
    return metadata == null ? null : metadata.get("made-by");
  }

  private static String body(@Nullable Body source) {
    var crc = new CRC32C();
    long length = 0;
    try (var body = source == null ? Body.empty() : source) {
      for (var next = body.next(); next != null; next = body.next()) {
        length += next.remaining();
        crc.update(next);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Answers.body(length, crc);
  }

  private String head(Op.Head head) {
    var request =
        HeadObjectRequest.builder()
            .bucket(head.at().bucket())
            .key(head.at().key())
            .versionId(names.id(head.version()))
            .build();
    var output = client.call(Operation.HEAD_OBJECT, request, HeadObjectOutput.class);
    return "ok %s version=%s by=%s"
        .formatted(
            Answers.object(length(output.contentLength()), output.eTag(), output.lastModified()),
            names.of(output.versionId()),
            by(output.metadata()));
  }

  private String tags(Op.GetTags tags) {
    var request =
        GetObjectTaggingRequest.builder()
            .bucket(tags.at().bucket())
            .key(tags.at().key())
            .versionId(names.id(tags.version()))
            .build();
    var output = client.call(Operation.GET_OBJECT_TAGGING, request, GetObjectTaggingOutput.class);
    var text = new StringBuilder("ok");
    for (var tag : or(output.tagSet())) {
      text.append(' ').append(tag.key()).append('=').append(tag.value());
    }
    return text.toString();
  }

  private String versioning(String bucket) {
    var request = GetBucketVersioningRequest.builder().bucket(bucket).build();
    var output =
        client.call(Operation.GET_BUCKET_VERSIONING, request, GetBucketVersioningOutput.class);
    return "ok " + (output.status() == null ? "never" : output.status().wire());
  }

  private String buckets() {
    var output =
        client.call(
            Operation.LIST_BUCKETS, ListBucketsRequest.builder().build(), ListBucketsOutput.class);
    return "ok " + or(output.buckets()).stream().map(Bucket::name).toList();
  }

  private String parts(Op.ListParts list) {
    var request =
        ListPartsRequest.builder()
            .bucket(list.at().bucket())
            .key(list.at().key())
            .uploadId(names.uploadId(list.upload()))
            .build();
    var output = client.call(Operation.LIST_PARTS, request, ListPartsOutput.class);
    var text = new StringBuilder("ok");
    for (var part : or(output.parts())) {
      var object = Answers.object(length(part.size()), part.eTag(), part.lastModified());
      text.append("\n    ").append(part.partNumber()).append(": ").append(object);
    }
    return text.toString();
  }

  static List<String> prefixes(@Nullable List<CommonPrefix> prefixes) {
    return or(prefixes).stream().map(p -> String.valueOf(p.prefix())).toList();
  }

  static <T> List<T> or(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
