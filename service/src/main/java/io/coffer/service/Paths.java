package io.coffer.service;

import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where rows are: groups, and paths within them. A path is a letter for its family, then its
 * components, packed so that the order of bytes is S3's order. Only here is it known.
 *
 * <pre>
 * REGISTRY        n name                      the bucket's id and owner
 *                 w account 00 name           the same by owner, for ListBuckets
 *                 r bucket id                 the remains of a deleted bucket
 * ACCOUNTS        a account id                the account
 *                 n alias                     the account's id
 *                 k access key id             whose it is, and its sealed secret
 *                 t access key id             when it was used last
 *                 b account id                what public access it blocks
 *                 u g r p o account 00 name   a user, group, role, policy or OIDC provider
 *                 i account 00 group id       the name of the group
 *                 e                           the server key with which secrets are sealed
 * SCRUB           s                           how far the check in the background has come
 *                 d identity                  a damage that it has told of
 * a bucket's id   b                           the bucket
 *                 c key                       the current version; absent under a delete marker
 *                 m key                       the delete marker that is current
 *                 o key/ ~sequence            a noncurrent version or delete marker, newest first
 *                 n key                       the sequence of a noncurrent null version
 *                 u key/ upload               an upload in progress
 *                 p upload part               a part of an upload, or of an object made of parts
 *                 t upload                    parts that nobody needs any more
 *                 g name                      a configuration document
 * </pre>
 *
 * A component that others follow ({@code key/}) is ended by 00 01, and 00 within it is 00 ff.
 */
final class Paths {
  static final long REGISTRY = 1;
  static final long ACCOUNTS = 2;
  static final long SCRUB = 3;

  /** Ids of buckets are random numbers from here on. */
  static final long FIRST_BUCKET = 1L << 32;

  /** The letters of the families of a bucket's rows, in their order. */
  static final String FAMILIES = "bcgmnoptu";

  /** And of those of the registry. */
  static final String REGISTRY_FAMILIES = "nrw";

  static final Bytes BUCKET = Bytes.utf8("b");

  static final Bytes SCRUB_STATE = Bytes.utf8("s");

  private static final int SEQUENCE_BYTES = Long.BYTES;
  private static final int ID_BYTES = 2 * Long.BYTES;

  private Paths() {}

  static Bytes bucketName(String name) {
    return Bytes.utf8("n" + name);
  }

  static Bytes owned(String account, String name) {
    return Bytes.utf8("w" + account + "\0" + name);
  }

  static Bytes remains(long bucketId) {
    return join('r', ByteBuffer.allocate(Long.BYTES).putLong(bucketId).array());
  }

  static long remainsOf(Bytes path) {
    return ByteBuffer.wrap(path.unsafeArray(), 1, Long.BYTES).getLong();
  }

  static Bytes account(String id) {
    return Bytes.utf8("a" + id);
  }

  static Bytes accountBlock(String account) {
    return Bytes.utf8("b" + account);
  }

  /** The id of an account in a path of its family. */
  static String accountId(Bytes path) {
    return new String(rawKey(path), StandardCharsets.UTF_8);
  }

  static Bytes accountAlias(String alias) {
    return Bytes.utf8("n" + alias);
  }

  static Bytes current(String key) {
    return join('c', utf8(key));
  }

  static Bytes marked(String key) {
    return join('m', utf8(key));
  }

  static Bytes nullVersion(String key) {
    return join('n', utf8(key));
  }

  static Bytes older(String key, long sequence) {
    return join('o', ended(key), ByteBuffer.allocate(SEQUENCE_BYTES).putLong(~sequence).array());
  }

  /** The prefix of all noncurrent versions of a key. */
  static Bytes olderOf(String key) {
    return join('o', ended(key));
  }

  static Bytes upload(String key, BlobId upload) {
    return join('u', ended(key), id(upload));
  }

  static Bytes part(BlobId upload, int number) {
    return join('p', id(upload), new byte[] {(byte) (number >>> 8), (byte) number});
  }

  static Bytes partsOf(BlobId upload) {
    return join('p', id(upload));
  }

  static int partNumber(Bytes path) {
    int end = path.length();
    return ((path.at(end - 2) & 0xff) << 8) | (path.at(end - 1) & 0xff);
  }

  static Bytes trash(BlobId upload) {
    return join('t', id(upload));
  }

  static Bytes document(String name) {
    return Bytes.utf8("g" + name);
  }

  /** The path of a damage, cut to what a path may have. */
  static Bytes knownDamage(String identity) {
    var raw = utf8(identity);
    return join('d', Arrays.copyOf(raw, Math.min(raw.length, Limits.KEY_BYTES - 1)));
  }

  /** The name of a bucket in a path of the registry's family n. */
  static String registeredName(Bytes path) {
    return new String(rawKey(path), StandardCharsets.UTF_8);
  }

  /** The name of a bucket in a path of the registry's family w. */
  static String ownedName(Bytes path) {
    var name = registeredName(path);
    return name.substring(name.indexOf('\0') + 1);
  }

  /** The upload in a path of the family p. */
  static BlobId uploadOfPart(Bytes partPath) {
    var buffer = ByteBuffer.wrap(partPath.unsafeArray());
    return new BlobId(buffer.getLong(1), buffer.getLong(1 + Long.BYTES));
  }

  /** A path that sorts where a raw key would in the families c, m and n. */
  static Bytes family(char family, byte[] rawKey) {
    return join(family, rawKey);
  }

  /** The key in a path of the families c, m and n. */
  static byte[] rawKey(Bytes path) {
    return Arrays.copyOfRange(path.unsafeArray(), 1, path.length());
  }

  /** The key in a path of the families o and u: what stands before the end mark. */
  static byte[] endedKey(Bytes path) {
    var bytes = path.unsafeArray();
    var key = new byte[bytes.length];
    int size = 0;
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        if (i + 1 == bytes.length || bytes[i + 1] == 1) {
          break;
        }
        i++;
        key[size++] = 0;
      } else {
        key[size++] = bytes[i];
      }
    }
    return Arrays.copyOf(key, size);
  }

  static long sequenceOf(Bytes olderPath) {
    return ~ByteBuffer.wrap(olderPath.unsafeArray()).getLong(olderPath.length() - SEQUENCE_BYTES);
  }

  static BlobId uploadOf(Bytes uploadPath) {
    var buffer = ByteBuffer.wrap(uploadPath.unsafeArray());
    int start = uploadPath.length() - ID_BYTES;
    return new BlobId(buffer.getLong(start), buffer.getLong(start + Long.BYTES));
  }

  /** The bytes of a prefix of keys as they stand in the families o and u: escaped, not ended. */
  static byte[] escaped(byte[] raw) {
    int zeros = 0;
    for (byte b : raw) {
      zeros += b == 0 ? 1 : 0;
    }
    var escaped = new byte[raw.length + zeros];
    int size = 0;
    for (byte b : raw) {
      escaped[size++] = b;
      if (b == 0) {
        escaped[size++] = (byte) 0xff;
      }
    }
    return escaped;
  }

  static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ended(String key) {
    var escaped = escaped(utf8(key));
    var ended = Arrays.copyOf(escaped, escaped.length + 2);
    ended[escaped.length + 1] = 1;
    return ended;
  }

  private static byte[] id(BlobId id) {
    return ByteBuffer.allocate(ID_BYTES).putLong(id.time()).putLong(id.random()).array();
  }

  private static Bytes join(char family, byte[]... components) {
    int length = 1;
    for (var component : components) {
      length += component.length;
    }
    var path = ByteBuffer.allocate(length).put((byte) family);
    for (var component : components) {
      path.put(component);
    }
    return Bytes.wrap(path.array());
  }
}
