package io.coffer.service.identity;

import io.coffer.model.iam.IamError;
import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Limits;
import io.coffer.storage.Row;

/** A change of entities, being put together. For one thread. */
public final class Edit {
  private final Batch.Builder batch;
  private boolean any;

  Edit(Batch.Builder batch) {
    this.batch = batch;
  }

  /** Makes an entity, whose name must be free: the change is tried again if it is not. */
  public <T extends Entity> void create(Kind<T> kind, T entity) {
    create(kind.path(entity), encode(kind, entity));
    putId(entity);
  }

  private void putId(Entity entity) {
    if (entity instanceof Group group) {
      batch.put(Group.idPath(group.account(), group.id()), group.idRow());
    }
  }

  /** Puts an entity in the place of what was read, though its name may be another. */
  public <T extends Entity> void replace(Kind<T> kind, Stored<T> old, T entity) {
    var path = kind.path(entity);
    if (path.equals(old.row().key().path())) {
      replace(old.row(), encode(kind, entity));
    } else {
      delete(old.row());
      create(kind, entity);
    }
  }

  private static <T extends Entity> Bytes encode(Kind<T> kind, T entity) {
    var value = kind.encode(entity);
    if (value.length() > Limits.ROW_BYTES) {
      // Only with tags and documents that are all at AWS's limits at once.
      throw IamError.LIMIT_EXCEEDED.exception(
          "The policies and tags of " + entity.arn() + " are more than can be kept.");
    }
    return value;
  }

  /** Deletes what was read. */
  public void delete(Stored<?> old) {
    delete(old.row());
    if (old.value() instanceof Group group) {
      batch.delete(Group.idPath(group.account(), group.id()));
    }
  }

  /** Relies on an entity that it does not change. */
  public void expect(Stored<?> read) {
    batch.expect(read.row());
    any = true;
  }

  /** Makes a row that is no entity. */
  public void create(Bytes path, Bytes value) {
    batch.expectAbsent(path).put(path, value);
    any = true;
  }

  /** Changes a row that is no entity. */
  public void replace(Row old, Bytes value) {
    batch.expect(old).put(old.key().path(), value);
    any = true;
  }

  /** Deletes a row that is no entity. */
  public void delete(Row old) {
    batch.expect(old).delete(old.key().path());
    any = true;
  }

  boolean changesAnything() {
    return any;
  }

  Batch.Builder batch() {
    return batch;
  }
}
