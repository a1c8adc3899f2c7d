package io.coffer.service;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CompletedMultipartUpload;
import io.coffer.model.s3.CompletedPart;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.DeleteObjectOutput;
import io.coffer.model.s3.DeleteObjectRequest;
import io.coffer.model.s3.GetObjectOutput;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.ObjectOwnership;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutBucketVersioningRequest;
import io.coffer.model.s3.PutObjectOutput;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.model.s3.UploadPartOutput;
import io.coffer.model.s3.UploadPartRequest;
import io.coffer.model.s3.VersioningConfiguration;
import io.coffer.service.identity.KeyRing;
import io.coffer.storage.Storage;
import io.coffer.storage.memory.MemoryStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service over a storage with one account, and short ways to ask it. */
final class Store implements AutoCloseable {
  static final Account OWNER =
      new Account("111111111111", "main", "Main", "main@example.com", "main-canonical");
  static final Account STRANGER =
      new Account("222222222222", "other", "Other", "other@example.com", "other-canonical");

  /** All stores of a test have it, as the starts of one server have. */
  static final KeyRing KEYS = KeyRing.random();

  final Storage storage;
  final Service service;
  private final Context context = contextOf(OWNER);

  Store() {
    this(MemoryStorage.create());
  }

  Store(Storage storage) {
    this(storage, Environment.system(), Durabilities.SYNC);
  }

  /** In which new buckets block nothing. */
  static Store open() {
    var open = new NewBuckets(ObjectOwnership.BUCKET_OWNER_ENFORCED, PublicAccessBlock.NOTHING);
    return new Store(MemoryStorage.create(), Environment.system(), Durabilities.SYNC, open);
  }

  Store(Storage storage, Durabilities durabilities) {
    this(storage, Environment.system(), durabilities);
  }

  Store(Storage storage, Environment environment) {
    this(storage, environment, Durabilities.SYNC);
  }

  private Store(Storage storage, Environment environment, Durabilities durabilities) {
    this(storage, environment, durabilities, NewBuckets.AWS);
  }

  private Store(
      Storage storage, Environment environment, Durabilities durabilities, NewBuckets newBuckets) {
    this.storage = storage;
    var settings =
        new ServiceSettings("us-east-1", 5, Duration.ofSeconds(20), durabilities)
            .withKeys(KEYS)
            .withNewBuckets(newBuckets);
    service = new Service(storage, environment, settings);
    service.accounts().declare(OWNER, List.of());
    service.accounts().declare(STRANGER, List.of());
  }

  static Context contextOf(Account account) {
    return new Context(new Caller.Root(account, "KEY"), "request");
  }

  <O> O call(Operation operation, Object request, Class<O> output) {
    return call(operation, request, output, context);
  }

  <O> O call(Operation operation, Object request, Class<O> output, Context as) {
    try {
      return output.cast(service.call(operation, request, as));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void createBucket(String name) {
    call(Operation.CREATE_BUCKET, CreateBucketRequest.builder().bucket(name).build(), Object.class);
  }

  void versioning(String bucket, BucketVersioningStatus status) {
    var configuration = VersioningConfiguration.builder().status(status).build();
    call(
        Operation.PUT_BUCKET_VERSIONING,
        PutBucketVersioningRequest.builder()
            .bucket(bucket)
            .versioningConfiguration(configuration)
            .build(),
        Object.class);
  }

  PutObjectOutput put(String bucket, String key, String content) {
    return put(request(bucket, key, content).build());
  }

  static PutObjectRequest.Builder request(String bucket, String key, String content) {
    return PutObjectRequest.builder()
        .bucket(bucket)
        .key(key)
        .body(Body.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  PutObjectOutput put(PutObjectRequest request) {
    return call(Operation.PUT_OBJECT, request, PutObjectOutput.class);
  }

  GetObjectOutput get(GetObjectRequest request) {
    return call(Operation.GET_OBJECT, request, GetObjectOutput.class);
  }

  String read(String bucket, String key) {
    return text(get(GetObjectRequest.builder().bucket(bucket).key(key).build()));
  }

  String read(String bucket, String key, @Nullable String versionId) {
    return text(
        get(GetObjectRequest.builder().bucket(bucket).key(key).versionId(versionId).build()));
  }

  static String text(GetObjectOutput output) {
    var bytes = new ByteArrayOutputStream();
    try (var body = output.body()) {
      if (body != null) {
        for (var next = body.next(); next != null; next = body.next()) {
          var chunk = new byte[next.remaining()];
          next.get(chunk);
          bytes.writeBytes(chunk);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  DeleteObjectOutput delete(String bucket, String key, @Nullable String versionId) {
    return call(
        Operation.DELETE_OBJECT,
        DeleteObjectRequest.builder().bucket(bucket).key(key).versionId(versionId).build(),
        DeleteObjectOutput.class);
  }

  UploadPartOutput uploadPart(
      String bucket, String key, @Nullable String uploadId, int number, String content) {
    return call(
        Operation.UPLOAD_PART,
        UploadPartRequest.builder()
            .bucket(bucket)
            .key(key)
            .uploadId(uploadId)
            .partNumber(number)
            .body(Body.of(content.getBytes(StandardCharsets.UTF_8)))
            .build(),
        UploadPartOutput.class);
  }

  static CompletedMultipartUpload parts(List<String> eTags) {
    var parts = new ArrayList<CompletedPart>();
    for (var eTag : eTags) {
      parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(eTag).build());
    }
    return CompletedMultipartUpload.builder().parts(parts).build();
  }

  /** The error that an action ends with, or null when it does not fail. */
  static @Nullable S3Error errorOf(Runnable action) {
    try {
      action.run();
      return null;
    } catch (S3Exception e) {
      return e.error();
    }
  }

  @Override
  public void close() {
    service.close();
    storage.close();
  }
}
