package io.coffer.conformance.world;

import io.coffer.conformance.world.Model.Version;
import io.coffer.conformance.world.Model.Versioning;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What S3's documentation says that the steps of a workload answer. AWS: "Using versioning in S3
 * buckets", "How to prevent object overwrites with conditional writes", "Multipart upload
 * overview", and the pages of the operations. Shares no code with the service. One thread.
 */
final class Reference implements S3 {
  /** An answer that is an error. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(int status, String code) {
      super(Answers.error(status, code), null, false, false);
    }

    private Refusal(String text) {
      super(text, null, false, false);
    }

    Refusal byMarker(String id) {
      return new Refusal(getMessage() + " marker=" + id);
    }
  }

  private final Model model = new Model();
  private final SettableClock clock = new SettableClock();
  private final Map<Integer, String> ids = new HashMap<>();
  private final Map<Integer, String> eTags = new HashMap<>();
  private final ReferenceUploads uploads = new ReferenceUploads(this);
  private final ReferenceReads reads = new ReferenceReads(this);

  Model model() {
    return model;
  }

  @Override
  public String run(Step step) {
    try {
      return perform(step.number(), step.op());
    } catch (Refusal e) {
      return String.valueOf(e.getMessage());
    }
  }

  private String perform(int step, Op op) {
    return switch (op) {
      case Op.CreateBucket(String name) -> {
        model.buckets.computeIfAbsent(name, n -> new Model.Bucket());
        yield "ok";
      }
      case Op.DeleteBucket(String name) -> {
        if (!bucket(name).versions.isEmpty()) {
          throw new Refusal(409, "BucketNotEmpty");
        }
        model.buckets.remove(name);
        yield "ok";
      }
      case Op.SetVersioning(String name, boolean enabled) -> {
        bucket(name).versioning = enabled ? Versioning.ENABLED : Versioning.SUSPENDED;
        yield "ok";
      }
      case Op.Put put -> put(step, put);
      case Op.Delete delete -> delete(step, delete);
      case Op.Copy copy -> copy(step, copy);
      case Op.Tag tag -> tag(tag);
      case Op.CreateUpload create -> uploads.create(step, create);
      case Op.UploadPart part -> uploads.part(step, part);
      case Op.UploadPartCopy part -> uploads.copy(step, part);
      case Op.Complete complete -> uploads.complete(step, complete);
      case Op.Abort abort -> uploads.abort(abort);
      case Op.Tick(long millis) -> {
        clock.jump(millis);
        yield "ok";
      }
      case Op.Restart restart -> "ok";
      default -> reads.read(op);
    };
  }

  Model.Bucket bucket(String name) {
    var bucket = model.buckets.get(name);
    if (bucket == null) {
      throw new Refusal(404, "NoSuchBucket");
    }
    return bucket;
  }

  Model.Upload upload(Op.Where at, int step) {
    return uploads.find(at, step);
  }

  long now() {
    return clock.millis();
  }

  /** The id that a request gives; null for none. */
  @Nullable String id(Op.Version version) {
    if (version.equals(Op.Version.CURRENT)) {
      return null;
    }
    return version.equals(Op.Version.NULL)
        ? Model.NULL
        : ids.getOrDefault(version.step(), "%016x%016x".formatted(1, version.step()));
  }

  @Nullable String eTagOf(int step) {
    return eTags.get(step);
  }

  void remember(int step, String eTag) {
    eTags.put(step, eTag);
  }

  /** The object that a request means. */
  Version find(Op.Where at, Op.Version wanted) {
    var versions = bucket(at.bucket()).of(at.key());
    var id = id(wanted);
    if (id == null) {
      if (versions.isEmpty()) {
        throw new Refusal(404, "NoSuchKey");
      }
      var top = versions.getFirst();
      if (top.isMarker()) {
        throw new Refusal(404, "NoSuchKey").byMarker(top.id());
      }
      return top;
    }
    for (var version : versions) {
      if (version.id().equals(id)) {
        if (version.isMarker()) {
          throw new Refusal(405, "MethodNotAllowed").byMarker(id);
        }
        return version;
      }
    }
    throw new Refusal(404, "NoSuchVersion");
  }

  /** The same for a copy. */
  Version findSource(Op.Where at, Op.Version wanted) {
    try {
      return find(at, wanted);
    } catch (Refusal e) {
      throw String.valueOf(e.getMessage()).startsWith("405")
          ? new Refusal(400, "InvalidRequest")
          : e;
    }
  }

  /** The id of a copy's source as the answer shows it. */
  String shown(Op.Where from, Version version) {
    return bucket(from.bucket()).versioning == Versioning.NEVER ? "-" : version.id();
  }

  void check(Op.Condition condition, @Nullable Version live) {
    switch (condition) {
      case Op.Condition.None none -> {}
      case Op.Condition.Absent absent -> {
        if (live != null) {
          throw new Refusal(412, "PreconditionFailed");
        }
      }
      case Op.Condition.Match(int step) -> {
        if (live == null) {
          throw new Refusal(404, "NoSuchKey");
        }
        if (!live.eTag().equals(eTags.get(step))) {
          throw new Refusal(412, "PreconditionFailed");
        }
      }
    }
  }

  /** Puts a version on top and answers what it is. */
  String push(int step, Op.Where at, Version version) {
    bucket(at.bucket()).push(at.key(), version);
    return madeBefore(step, version);
  }

  /** Answers what a version is. */
  String madeBefore(int step, Version version) {
    ids.put(step, version.id());
    eTags.put(step, version.eTag());
    return Answers.made(version.eTag(), version.id().equals(Model.NULL) ? "-" : version.id());
  }

  /** The id of the version that a step makes. */
  String newId(int step, Model.Bucket bucket) {
    return bucket.versioning == Versioning.ENABLED ? "v" + step : Model.NULL;
  }

  private String put(int step, Op.Put put) {
    var bucket = bucket(put.at().bucket());
    check(put.condition(), bucket.live(put.at().key()));
    var version = version(step, bucket, put.body().make(), Integer.toString(step), put.tags());
    return push(step, put.at(), version);
  }

  private Version version(
      int step, Model.Bucket bucket, byte[] body, @Nullable String by, String tags) {
    var eTag = Model.hex(Model.md5(body));
    var id = newId(step, bucket);
    return new Version(id, body, eTag, now(), by, tags, -1, List.of(body.length));
  }

  private String delete(int step, Op.Delete delete) {
    var bucket = bucket(delete.at().bucket());
    var key = delete.at().key();
    var id = id(delete.version());
    if (id != null) {
      boolean marker = bucket.of(key).stream().anyMatch(v -> v.id().equals(id) && v.isMarker());
      bucket.remove(key, id);
      return "ok version=%s marker=%s".formatted(id, marker);
    }
    if (bucket.versioning == Versioning.NEVER) {
      bucket.remove(key, Model.NULL);
      ids.put(step, Model.NULL);
      return "ok version=- marker=false";
    }
    var marker = new Version(newId(step, bucket), null, "", now(), null, "", -1, List.of());
    bucket.push(key, marker);
    ids.put(step, marker.id());
    return "ok version=%s marker=true".formatted(marker.id());
  }

  private String copy(int step, Op.Copy copy) {
    var bucket = bucket(copy.to().bucket());
    var source = findSource(copy.from(), copy.version());
    boolean onItself = copy.from().equals(copy.to()) && id(copy.version()) == null;
    if (onItself && !copy.replace()) {
      throw new Refusal(400, "InvalidRequest");
    }
    var by = copy.replace() ? Integer.toString(step) : source.by();
    var version = version(step, bucket, source.bytes(), by, source.tags());
    var shown = shown(copy.from(), source);
    return push(step, copy.to(), version) + " source=" + shown;
  }

  private String tag(Op.Tag tag) {
    var version = find(tag.at(), tag.version());
    var all = bucket(tag.at().bucket()).of(tag.at().key());
    all.set(all.indexOf(version), version.withTags(tag.tags()));
    return "ok";
  }
}
