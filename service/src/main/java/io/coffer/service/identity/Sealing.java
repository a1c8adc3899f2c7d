package io.coffer.service.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import io.coffer.service.Scans;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sees to it that all secrets of a store are sealed with the newest key of the server. The row
 * {@code e} says with which key they all are; while that changes, each row says itself which key it
 * was, so that a crash in between only leaves work for the next start.
 */
public final class Sealing {
  private static final System.Logger LOG = System.getLogger(Sealing.class.getName());
  private static final Bytes STATE = Bytes.utf8("e");
  private static final byte[] PROOF = "the key of this store".getBytes(UTF_8);
  private static final int FORMAT = 1;
  private static final int ROWS_AT_ONCE = 100;

  private final Storage storage;
  private final Entities entities;
  private final AccessKeys accessKeys;
  private final KeyRing ring;
  private final long group;

  /**
   * @param group of the rows of accounts
   */
  public Sealing(
      Storage storage, Entities entities, AccessKeys accessKeys, KeyRing ring, long group) {
    this.storage = storage;
    this.entities = entities;
    this.accessKeys = accessKeys;
    this.ring = ring;
    this.group = group;
  }

  /**
   * The id of the key with which the secrets of a store are sealed; empty when none is yet.
   *
   * @param group of the rows of accounts
   */
  public static Optional<String> keyOf(Storage storage, long group) {
    return storage
        .get(new RowKey(group, STATE))
        .map(state -> new RowReader(state.value(), FORMAT).text());
  }

  /**
   * Seals what is in the clear or sealed with an older key. One caller at a time.
   *
   * @return false when the disk is full: the rest stays as it is, for the next start
   * @throws WrongSealKey secrets were sealed with a key that is not in the ring; nothing was
   *     changed
   */
  public boolean bringUpToDate() {
    var state = entities.row(STATE);
    if (state.isPresent()) {
      requireKeyOf(state.get());
      if (ring.isNewest(proof(state.get()))) {
        return true;
      }
    }
    try {
      sealAll();
      writeState(state);
      return true;
    } catch (StorageException.Full e) {
      // A server starts on a full disk; all can be read as it is, and the next start goes on.
      LOG.log(
          Level.WARNING, "The disk is full: secrets are not sealed with the newest key yet.", e);
      return false;
    }
  }

  /**
   * Checks that a row can be decoded.
   *
   * @throws RuntimeException it cannot
   */
  public static void check(Bytes row) {
    var in = new RowReader(row, FORMAT);
    in.text();
    in.bytes();
  }

  private static byte[] proof(Row state) {
    var in = new RowReader(state.value(), FORMAT);
    in.text();
    return in.bytes();
  }

  private void requireKeyOf(Row state) {
    if (ring.open(proof(state), PROOF).isEmpty()) {
      throw new WrongSealKey(new RowReader(state.value(), FORMAT).text(), ring.keys());
    }
  }

  private void sealAll() {
    var waiting = new ArrayList<String>();
    var all = RowRange.startingWith(group, AccessKeys.path(""));
    Scans.rows(storage, all)
        .forEach(
            row -> {
              var id = AccessKeys.id(row);
              if (isDue(AccessKey.of(id, row.value()))) {
                waiting.add(id);
              }
              if (waiting.size() == ROWS_AT_ONCE) {
                seal(waiting);
                waiting.clear();
              }
            });
    seal(waiting);
  }

  private boolean isDue(AccessKey key) {
    return !key.sealed() || !ring.isNewest(key.secret().unsafeArray());
  }

  private void seal(List<String> ids) {
    entities.edit(
        edit -> {
          for (var id : ids) {
            accessKeys
                .find(id)
                .filter(found -> isDue(found.key()))
                .ifPresent(found -> accessKeys.replace(edit, found, sealedAnew(found.key())));
          }
          return ids;
        });
  }

  private AccessKey sealedAnew(AccessKey key) {
    try {
      return accessKeys.sealedAnew(key);
    } catch (IllegalStateException e) {
      throw new WrongSealKey("of the access key " + key.id(), ring.keys());
    }
  }

  private void writeState(Optional<Row> old) {
    var id = ring.newest().id();
    var row = new RowWriter(FORMAT).text(id).bytes(ring.seal(PROOF, PROOF)).finish();
    entities.edit(
        edit -> {
          if (old.isPresent()) {
            edit.replace(old.get(), row);
          } else {
            edit.create(STATE, row);
          }
          return id;
        });
  }
}
