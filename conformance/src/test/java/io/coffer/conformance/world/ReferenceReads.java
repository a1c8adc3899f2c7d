package io.coffer.conformance.world;

import io.coffer.conformance.world.Model.Version;
import io.coffer.conformance.world.Model.Versioning;
import io.coffer.conformance.world.Op.Query;
import io.coffer.conformance.world.Reference.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What the documentation says that reads answer. One thread. */
final class ReferenceReads {
  /** A row of a listing and its key. */
  private record Row(String key, boolean isMarker, String text) {}

  private final Reference reference;

  ReferenceReads(Reference reference) {
    this.reference = reference;
  }

  String read(Op op) {
    return switch (op) {
      case Op.Get get -> get(get);
      case Op.Head head -> head(head);
      case Op.GetTags(Op.Where at, Op.Version version) ->
          ("ok " + reference.find(at, version).tags()).strip();
      case Op.GetVersioning(String bucket) ->
          switch (reference.bucket(bucket).versioning) {
            case NEVER -> "ok never";
            case ENABLED -> "ok Enabled";
            case SUSPENDED -> "ok Suspended";
          };
      case Op.ListBuckets list -> "ok " + reference.model().buckets.keySet();
      case Op.ListObjects(String bucket, Query query) -> pages(objects(bucket), query);
      case Op.ListVersions(String bucket, Query query) -> pages(versions(bucket), query);
      case Op.ListUploads(String bucket, Query query) -> uploads(bucket, query);
      case Op.ListParts list -> parts(list);
      default -> throw new IllegalArgumentException(op.toString());
    };
  }

  private String get(Op.Get get) {
    var version = reference.find(get.at(), get.version());
    var body = version.bytes();
    int from = 0;
    int to = body.length;
    @Nullable String shown = null;
    var range = get.range();
    if (range != null) {
      if (range.first() >= body.length) {
        throw new Refusal(416, "InvalidRange");
      }
      from = (int) range.first();
      to = (int) Math.min(body.length, range.last() + 1);
      shown = "bytes %d-%d/%d".formatted(from, to - 1, body.length);
    }
    var crc = new CRC32C();
    crc.update(body, from, to - from);
    return "ok %s version=%s range=%s tags=%d by=%s %s"
        .formatted(
            object(version, to - from),
            shownId(get.at(), version),
            shown,
            version.tags().isEmpty() ? 0 : 1,
            version.by(),
            Answers.body(to - from, crc));
  }

  private String head(Op.Head head) {
    var version = reference.find(head.at(), head.version());
    return "ok %s version=%s by=%s"
        .formatted(
            object(version, version.bytes().length), shownId(head.at(), version), version.by());
  }

  private String shownId(Op.Where at, Version version) {
    return reference.bucket(at.bucket()).versioning == Versioning.NEVER ? "-" : version.id();
  }

  private static String object(Version version, long size) {
    return Answers.object(size, version.eTag(), Instant.ofEpochMilli(version.modified()));
  }

  private String parts(Op.ListParts list) {
    var text = new StringBuilder("ok");
    reference
        .upload(list.at(), list.upload())
        .parts()
        .forEach(
            (number, part) -> {
              var modified = Instant.ofEpochMilli(part.modified());
              var object = Answers.object(part.body().length, part.eTag(), modified);
              text.append("\n    ").append(number).append(": ").append(object);
            });
    return text.toString();
  }

  private List<Row> objects(String bucket) {
    var rows = new ArrayList<Row>();
    for (var entry : reference.bucket(bucket).versions.entrySet()) {
      var top = entry.getValue().getFirst();
      if (!top.isMarker()) {
        var text = Script.quoted(entry.getKey()) + " " + object(top, top.bytes().length);
        rows.add(new Row(entry.getKey(), false, text));
      }
    }
    return rows;
  }

  private List<Row> versions(String bucket) {
    var rows = new ArrayList<Row>();
    for (var entry : reference.bucket(bucket).versions.entrySet()) {
      for (var version : entry.getValue()) {
        boolean latest = version.id().equals(entry.getValue().getFirst().id());
        var state = version.isMarker() ? "marker" : object(version, version.bytes().length);
        var text =
            "%s %s latest=%s %s"
                .formatted(Script.quoted(entry.getKey()), version.id(), latest, state);
        rows.add(new Row(entry.getKey(), version.isMarker(), text));
      }
    }
    return rows;
  }

  private String uploads(String bucket, Query query) {
    var uploads = reference.bucket(bucket).uploads.values();
    var rows = new TreeSet<String>();
    var prefixes = new TreeSet<String>(Model.BY_UTF8);
    for (var upload : uploads) {
      var key = upload.key();
      var common = key.startsWith(query.prefix()) ? common(key, query) : null;
      boolean counts =
          key.startsWith(query.prefix()) && isAfter(common == null ? key : common, query);
      if (counts && query.max() > 0) {
        if (common == null) {
          rows.add(Script.quoted(key) + " u" + upload.step());
        } else {
          prefixes.add(common);
        }
      }
    }
    return "ok" + Answers.page(new ArrayList<>(rows), new ArrayList<>(prefixes), false);
  }

  /** AWS: a key with the delimiter behind the prefix counts as its common prefix, once. */
  private static @Nullable String common(String key, Query query) {
    int at =
        query.delimiter().isEmpty() ? -1 : key.indexOf(query.delimiter(), query.prefix().length());
    return at < 0 ? null : key.substring(0, at + query.delimiter().length());
  }

  /** AWS: what is listed begins behind the key; a common prefix stands where it sorts itself. */
  private static boolean isAfter(String shown, Query query) {
    return query.after().isEmpty() || Model.BY_UTF8.compare(shown, query.after()) > 0;
  }

  private static String pages(List<Row> all, Query query) {
    var text = new StringBuilder("ok");
    var page = new Page();
    @Nullable String seen = null;
    for (var row : all) {
      var common = row.key().startsWith(query.prefix()) ? common(row.key(), query) : null;
      boolean counts =
          row.key().startsWith(query.prefix())
              && isAfter(common == null ? row.key() : common, query)
              && (common == null || !common.equals(seen));
      if (!counts || query.max() == 0) {
        continue;
      }
      if (page.size() == query.max()) {
        text.append(page.text(true));
        page = new Page();
      }
      if (common == null) {
        (row.isMarker() ? page.markers : page.rows).add(row.text());
      } else {
        page.prefixes.add(common);
        seen = common;
      }
    }
    return text.append(page.text(false)).toString();
  }

  private static final class Page {
    final List<String> rows = new ArrayList<>();
    final List<String> markers = new ArrayList<>();
    final List<String> prefixes = new ArrayList<>();

    int size() {
      return rows.size() + markers.size() + prefixes.size();
    }

    String text(boolean more) {
      var all = new ArrayList<>(rows);
      all.addAll(markers);
      return Answers.page(all, prefixes, more);
    }
  }
}
