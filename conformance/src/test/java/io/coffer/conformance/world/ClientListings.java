package io.coffer.conformance.world;

import static io.coffer.conformance.world.ClientReads.or;
import static io.coffer.conformance.world.ClientReads.prefixes;

import io.coffer.conformance.world.Op.Query;
import io.coffer.model.s3.ListMultipartUploadsOutput;
import io.coffer.model.s3.ListMultipartUploadsRequest;
import io.coffer.model.s3.ListObjectVersionsOutput;
import io.coffer.model.s3.ListObjectVersionsRequest;
import io.coffer.model.s3.ListObjectsOutput;
import io.coffer.model.s3.ListObjectsRequest;
import io.coffer.model.s3.ListObjectsV2Output;
import io.coffer.model.s3.ListObjectsV2Request;
import io.coffer.model.s3.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Listings from their first page to their last. One thread. */
final class ClientListings {
  /** A listing that has more has no end. */
  private static final int PAGES_AT_MOST = 300;

  private final Client client;
  private final Names names;

  ClientListings(Client client, Names names) {
    this.client = client;
    this.names = names;
  }

  /** Both versions of the operation, which have to agree. */
  String objects(String bucket, Query query) {
    var text = second(bucket, query);
    var first = first(bucket, query);
    return text.equals(first) ? text : text + "\n  but ListObjects:\n" + first;
  }

  private String first(String bucket, Query query) {
    var text = new StringBuilder("ok");
    var marker = query.after();
    for (int page = 0; page < PAGES_AT_MOST; page++) {
      var request =
          ListObjectsRequest.builder()
              .bucket(bucket)
              .prefix(query.prefix())
              .delimiter(query.delimiter())
              .maxKeys(query.max())
              .marker(marker.isEmpty() ? null : marker)
              .build();
      var output = client.call(Operation.LIST_OBJECTS, request, ListObjectsOutput.class);
      boolean more = Boolean.TRUE.equals(output.isTruncated());
      var contents = or(output.contents());
      text.append(Answers.page(objects(contents), prefixes(output.commonPrefixes()), more));
      if (!more) {
        return text.toString();
      }
      // AWS: without a delimiter there is no NextMarker; the last key is the marker then.
      var next = output.nextMarker();
      marker = next == null ? String.valueOf(contents.getLast().key()) : next;
    }
    return text + "\n  without end";
  }

  private static List<String> objects(List<io.coffer.model.s3.Object> contents) {
    var rows = new ArrayList<String>();
    for (var object : contents) {
      long size = object.size() == null ? -1 : object.size();
      rows.add(
          Script.quoted(String.valueOf(object.key()))
              + " "
              + Answers.object(size, object.eTag(), object.lastModified()));
    }
    return rows;
  }

  private String second(String bucket, Query query) {
    var text = new StringBuilder("ok");
    @Nullable String token = null;
    for (int page = 0; page < PAGES_AT_MOST; page++) {
      var request =
          ListObjectsV2Request.builder()
              .bucket(bucket)
              .prefix(query.prefix())
              .delimiter(query.delimiter())
              .maxKeys(query.max())
              .startAfter(query.after().isEmpty() ? null : query.after())
              .continuationToken(token)
              .build();
      var output = client.call(Operation.LIST_OBJECTS_V2, request, ListObjectsV2Output.class);
      boolean more = Boolean.TRUE.equals(output.isTruncated());
      var rows = objects(or(output.contents()));
      text.append(Answers.page(rows, prefixes(output.commonPrefixes()), more));
      if (!more) {
        return text.toString();
      }
      token = output.nextContinuationToken();
    }
    return text + "\n  without end";
  }

  String versions(String bucket, Query query) {
    var text = new StringBuilder("ok");
    @Nullable String key = query.after().isEmpty() ? null : query.after();
    @Nullable String version = null;
    for (int page = 0; page < PAGES_AT_MOST; page++) {
      var request =
          ListObjectVersionsRequest.builder()
              .bucket(bucket)
              .prefix(query.prefix())
              .delimiter(query.delimiter())
              .maxKeys(query.max())
              .keyMarker(key)
              .versionIdMarker(version)
              .build();
      var output =
          client.call(Operation.LIST_OBJECT_VERSIONS, request, ListObjectVersionsOutput.class);
      boolean more = Boolean.TRUE.equals(output.isTruncated());
      text.append(Answers.page(rows(output), prefixes(output.commonPrefixes()), more));
      if (!more) {
        return text.toString();
      }
      key = output.nextKeyMarker();
      version = output.nextVersionIdMarker();
    }
    return text + "\n  without end";
  }

  /** Versions in their order, then markers in theirs. */
  private ArrayList<String> rows(ListObjectVersionsOutput output) {
    var rows = new ArrayList<String>();
    for (var version : or(output.versions())) {
      long size = version.size() == null ? -1 : version.size();
      rows.add(
          "%s %s latest=%s %s"
              .formatted(
                  Script.quoted(String.valueOf(version.key())),
                  names.of(version.versionId()),
                  version.isLatest(),
                  Answers.object(size, version.eTag(), version.lastModified())));
    }
    for (var marker : or(output.deleteMarkers())) {
      rows.add(
          "%s %s latest=%s marker"
              .formatted(
                  Script.quoted(String.valueOf(marker.key())),
                  names.of(marker.versionId()),
                  marker.isLatest()));
    }
    return rows;
  }

  /** All pages as one: the order of a key's uploads is that of their times, which may jump. */
  String uploads(String bucket, Query query) {
    var rows = new TreeSet<String>();
    var common = new ArrayList<String>();
    @Nullable String key = query.after().isEmpty() ? null : query.after();
    @Nullable String id = null;
    boolean more = true;
    for (int page = 0; more && page < PAGES_AT_MOST; page++) {
      var request =
          ListMultipartUploadsRequest.builder()
              .bucket(bucket)
              .prefix(query.prefix())
              .delimiter(query.delimiter())
              .maxUploads(query.max())
              .keyMarker(key)
              .uploadIdMarker(id)
              .build();
      var output =
          client.call(Operation.LIST_MULTIPART_UPLOADS, request, ListMultipartUploadsOutput.class);
      for (var upload : or(output.uploads())) {
        var name = names.of(upload.uploadId());
        if (!rows.add(Script.quoted(String.valueOf(upload.key())) + " " + name)) {
          return "ok, but " + name + " twice";
        }
      }
      common.addAll(prefixes(output.commonPrefixes()));
      more = Boolean.TRUE.equals(output.isTruncated());
      key = output.nextKeyMarker();
      id = output.nextUploadIdMarker();
    }
    return "ok" + Answers.page(new ArrayList<>(rows), common, more);
  }
}
