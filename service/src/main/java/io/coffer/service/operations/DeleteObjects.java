package io.coffer.service.operations;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.DeleteObjectsOutput;
import io.coffer.model.s3.DeleteObjectsRequest;
import io.coffer.model.s3.DeletedObject;
import io.coffer.model.s3.Error;
import io.coffer.model.s3.ObjectIdentifier;
import io.coffer.service.Authorization;
import io.coffer.service.BucketAccess;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.ObjectKey;
import io.coffer.service.S3Permission;
import io.coffer.service.StorageErrors;
import io.coffer.service.Versions;
import io.coffer.service.WriteConditions;
import io.coffer.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** DeleteObjects: up to 1,000 keys, each by itself; some may fail. */
public final class DeleteObjects implements Handler<DeleteObjectsRequest, DeleteObjectsOutput> {
  private static final int MAX_KEYS = 1_000;
  private static final int AT_ONCE = 32;

  private final Authorization authorization;
  private final Versions versions;

  public DeleteObjects(Authorization authorization, Versions versions) {
    this.authorization = authorization;
    this.versions = versions;
  }

  /** One key's outcome. */
  private sealed interface Outcome {
    record Done(DeletedObject object) implements Outcome {}

    record Failed(Error error) implements Outcome {}
  }

  @Override
  public DeleteObjectsOutput handle(DeleteObjectsRequest request, Context context) {
    var access = authorization.access(DeleteObjectsRequest.SHAPE, request, context);
    var delete = request.delete();
    if (delete == null || delete.objects() == null || delete.objects().isEmpty()) {
      throw S3Error.MALFORMED_XML.exception();
    }
    var objects = delete.objects();
    if (objects.size() > MAX_KEYS || objects.stream().anyMatch(o -> o.key() == null)) {
      throw S3Error.MALFORMED_XML.exception();
    }
    var deleted = new ArrayList<DeletedObject>();
    var errors = new ArrayList<Error>();
    for (var outcome : deleteAll(access, objects)) {
      switch (outcome) {
        case Outcome.Done done -> deleted.add(done.object());
        case Outcome.Failed failed -> errors.add(failed.error());
      }
    }
    boolean quiet = Boolean.TRUE.equals(delete.quiet());
    return DeleteObjectsOutput.builder().deleted(quiet ? null : deleted).errors(errors).build();
  }

  /** Each entry is a batch of its own, in no order; many at once share a sync. */
  private List<Outcome> deleteAll(BucketAccess access, List<ObjectIdentifier> objects) {
    var room = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks =
          objects.stream()
              .<Callable<Outcome>>map(
                  object ->
                      () -> {
                        room.acquire();
                        try {
                          return delete(access, object);
                        } finally {
                          room.release();
                        }
                      })
              .toList();
      var outcomes = new ArrayList<Outcome>(objects.size());
      for (var future : threads.invokeAll(tasks)) {
        outcomes.add(future.get());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw S3Error.SERVICE_UNAVAILABLE.exception();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Outcome delete(BucketAccess access, ObjectIdentifier object) {
    var key = String.valueOf(object.key());
    try {
      var id = new ObjectKey(key);
      var bucket = access.require(S3Permission.DELETE_OBJECT, id, object.versionId());
      if (object.eTag() != null) {
        access.require(S3Permission.GET_OBJECT, id, object.versionId());
      }
      var conditions =
          new WriteConditions(object.eTag(), null, object.lastModifiedTime(), object.size());
      var deleted = versions.delete(bucket, id, object.versionId(), conditions);
      return new Outcome.Done(
          DeletedObject.builder()
              .key(key)
              .versionId(object.versionId())
              .deleteMarker(deleted.deleteMarker() ? true : null)
              .deleteMarkerVersionId(deleted.deleteMarker() ? deleted.versionId() : null)
              .build());
    } catch (S3Exception e) {
      return failed(object, key, e);
    } catch (StorageException e) {
      return failed(object, key, StorageErrors.translate(e));
    }
  }

  private static Outcome failed(ObjectIdentifier object, String key, S3Exception e) {
    return new Outcome.Failed(
        Error.builder()
            .key(key)
            .versionId(object.versionId())
            .code(e.error().code())
            .message(e.getMessage())
            .build());
  }
}
