package io.coffer.conformance.world;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.conformance.world.Op.Condition;
import io.coffer.conformance.world.Op.Version;
import io.coffer.conformance.world.Op.Where;
import io.coffer.model.Body;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CopyObjectOutput;
import io.coffer.model.s3.CopyObjectRequest;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.DeleteBucketRequest;
import io.coffer.model.s3.DeleteObjectOutput;
import io.coffer.model.s3.DeleteObjectRequest;
import io.coffer.model.s3.DeleteObjectTaggingRequest;
import io.coffer.model.s3.MetadataDirective;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutBucketVersioningRequest;
import io.coffer.model.s3.PutObjectOutput;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.model.s3.PutObjectTaggingRequest;
import io.coffer.model.s3.Tag;
import io.coffer.model.s3.Tagging;
import io.coffer.model.s3.VersioningConfiguration;
import io.coffer.service.Context;
import io.coffer.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does the steps of a workload at a service. One thread. */
final class Client implements S3 {
  static final Account OWNER =
      new Account("111111111111", "main", "Main", "main@example.com", "main-canonical");

  private static final Context CONTEXT = new Context(new Caller.Root(OWNER, "KEY"), "request");

  private final Site site;
  private final SettableClock clock;
  private final Names names;
  private final ClientUploads uploads;
  private final ClientReads reads;

  Client(Site site, SettableClock clock, Names names) {
    this.site = site;
    this.clock = clock;
    this.names = names;
    uploads = new ClientUploads(this, names);
    reads = new ClientReads(this, names);
  }

  @Override
  public String run(Step step) {
    try {
      return perform(step.number(), step.op());
    } catch (S3Exception e) {
      var text = Answers.error(e.error().status(), e.error().code());
      return e.headers().contains("x-amz-delete-marker")
          ? text + " marker=" + names.of(e.headers().first("x-amz-version-id"))
          : text;
    } catch (StorageException e) {
      return Answers.error(500, "InternalError, in the midst of a body");
    }
  }

  private String perform(int step, Op op) {
    return switch (op) {
      case Op.CreateBucket(String bucket) -> create(bucket);
      case Op.DeleteBucket(String bucket) -> delete(bucket);
      case Op.SetVersioning set -> set(set);
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
      case Op.Restart restart -> {
        site.restart();
        yield "ok";
      }
      default -> reads.read(op);
    };
  }

  <O> O call(Operation operation, Object request, Class<O> output) {
    try {
      return output.cast(site.service().call(operation, request, CONTEXT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The header x-amz-copy-source. */
  String source(Where from, Version version) {
    var path = URLEncoder.encode(from.bucket() + "/" + from.key(), StandardCharsets.UTF_8);
    var id = names.id(version);
    return path.replace("+", "%20") + (id == null ? "" : "?versionId=" + id);
  }

  static @Nullable String ifNoneMatch(Condition condition) {
    return condition instanceof Condition.Absent ? "*" : null;
  }

  @Nullable String ifMatch(Condition condition) {
    return condition instanceof Condition.Match(int step) ? names.eTagOf(step) : null;
  }

  private String create(String bucket) {
    var request = CreateBucketRequest.builder().bucket(bucket).build();
    call(Operation.CREATE_BUCKET, request, Object.class);
    return "ok";
  }

  private String delete(String bucket) {
    var request = DeleteBucketRequest.builder().bucket(bucket).build();
    call(Operation.DELETE_BUCKET, request, Object.class);
    return "ok";
  }

  private String set(Op.SetVersioning set) {
    var status = set.enabled() ? BucketVersioningStatus.ENABLED : BucketVersioningStatus.SUSPENDED;
    var request =
        PutBucketVersioningRequest.builder()
            .bucket(set.bucket())
            .versioningConfiguration(VersioningConfiguration.builder().status(status).build())
            .build();
    call(Operation.PUT_BUCKET_VERSIONING, request, Object.class);
    return "ok";
  }

  private String put(int step, Op.Put put) {
    var request =
        PutObjectRequest.builder()
            .bucket(put.at().bucket())
            .key(put.at().key())
            .body(Body.of(put.body().make()))
            .metadata(Map.of("made-by", Integer.toString(step)))
            .tagging(put.tags().isEmpty() ? null : put.tags())
            .ifMatch(ifMatch(put.condition()))
            .ifNoneMatch(ifNoneMatch(put.condition()))
            .build();
    var output = call(Operation.PUT_OBJECT, request, PutObjectOutput.class);
    return made(step, output.eTag(), output.versionId());
  }

  /** Remembers what a step made. */
  String made(int step, @Nullable String eTag, @Nullable String versionId) {
    names.version(step, versionId);
    names.eTag(step, eTag);
    return Answers.made(eTag, names.of(versionId));
  }

  private String delete(int step, Op.Delete delete) {
    var request =
        DeleteObjectRequest.builder()
            .bucket(delete.at().bucket())
            .key(delete.at().key())
            .versionId(names.id(delete.version()))
            .build();
    var output = call(Operation.DELETE_OBJECT, request, DeleteObjectOutput.class);
    if (delete.version().equals(Version.CURRENT)) {
      names.version(step, output.versionId());
    }
    boolean marker = Boolean.TRUE.equals(output.deleteMarker());
    return "ok version=%s marker=%s".formatted(names.of(output.versionId()), marker);
  }

  private String copy(int step, Op.Copy copy) {
    var request =
        CopyObjectRequest.builder()
            .bucket(copy.to().bucket())
            .key(copy.to().key())
            .copySource(source(copy.from(), copy.version()));
    if (copy.replace()) {
      request
          .metadataDirective(MetadataDirective.REPLACE)
          .metadata(Map.of("made-by", Integer.toString(step)));
    }
    var output = call(Operation.COPY_OBJECT, request.build(), CopyObjectOutput.class);
    var result = output.copyObjectResult();
    var text = made(step, result == null ? null : result.eTag(), output.versionId());
    return text + " source=" + names.of(output.copySourceVersionId());
  }

  private String tag(Op.Tag tag) {
    var id = names.id(tag.version());
    if (tag.tags().isEmpty()) {
      var request =
          DeleteObjectTaggingRequest.builder()
              .bucket(tag.at().bucket())
              .key(tag.at().key())
              .versionId(id)
              .build();
      call(Operation.DELETE_OBJECT_TAGGING, request, Object.class);
      return "ok";
    }
    var pair = tag.tags().split("=", 2);
    var tags = List.of(Tag.builder().key(pair[0]).value(pair[1]).build());
    var request =
        PutObjectTaggingRequest.builder()
            .bucket(tag.at().bucket())
            .key(tag.at().key())
            .versionId(id)
            .tagging(Tagging.builder().tagSet(tags).build())
            .build();
    call(Operation.PUT_OBJECT_TAGGING, request, Object.class);
    return "ok";
  }
}
