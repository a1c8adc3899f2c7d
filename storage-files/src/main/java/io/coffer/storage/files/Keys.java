package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys and values as RocksDB has them: numbers big-endian, so that byte order is their order. */
final class Keys {
  static final int GROUP_BYTES = 8;
  static final int REVISION_BYTES = 8;
  static final int BLOB_BYTES = 16;
  static final int ANNOUNCEMENT_BYTES = 12;

  private static final byte[] UNSYNCED = text("unsynced ");

  /** Above all keys that there are. */
  static final Bytes LAST = Bytes.wrap(lastKey());

  private Keys() {}

  static byte[] row(long group, Bytes path) {
    return prefixed(group, path.unsafeArray());
  }

  /** The path of a row's key. */
  static Bytes path(byte[] rowKey) {
    return Bytes.wrap(Arrays.copyOfRange(rowKey, GROUP_BYTES, rowKey.length));
  }

  static byte[] value(long revision, Bytes value) {
    return prefixed(revision, value.unsafeArray());
  }

  static byte[] blob(BlobId blob) {
    return ByteBuffer.allocate(BLOB_BYTES).putLong(blob.time()).putLong(blob.random()).array();
  }

  static BlobId blob(byte[] key) {
    var bytes = ByteBuffer.wrap(key);
    return new BlobId(bytes.getLong(), bytes.getLong());
  }

  /** The key that says of an adopted blob that its file is not synced yet. */
  static byte[] unsynced(BlobId blob) {
    return ByteBuffer.allocate(UNSYNCED.length + BLOB_BYTES)
        .put(UNSYNCED)
        .putLong(blob.time())
        .putLong(blob.random())
        .array();
  }

  static BlobId unsynced(byte[] key) {
    return blob(Arrays.copyOfRange(key, UNSYNCED.length, key.length));
  }

  /** The key of one announcement: the revision of its batch, then its place in the batch. */
  static byte[] announcement(long revision, int index) {
    return ByteBuffer.allocate(ANNOUNCEMENT_BYTES).putLong(revision).putInt(index).array();
  }

  /** The smallest key after this one. */
  static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] lastKey() {
    var key = new byte[GROUP_BYTES + BLOB_BYTES];
    Arrays.fill(key, (byte) -1);
    return key;
  }

  private static byte[] prefixed(long number, byte[] rest) {
    return ByteBuffer.allocate(Long.BYTES + rest.length).putLong(number).put(rest).array();
  }
}
