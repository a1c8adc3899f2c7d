package io.coffer.service.identity;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a server, the newest first: it seals, and all open. Thread-safe.
 *
 * <p>What is sealed begins with its format, 1, and four bytes that say which key it was, so that
 * opening costs the same however many keys there are.
 */
public final class KeyRing implements Sealer {
  private static final byte FORMAT = 1;
  private static final int HEAD_BYTES = 5;

  private volatile List<SealKey> keys;

  /**
   * @param keys one or more, the newest first
   */
  public KeyRing(List<SealKey> keys) {
    this.keys = checked(keys);
  }

  /** Of one new key, which is gone with the process. */
  public static KeyRing random() {
    return new KeyRing(List.of(SealKey.random()));
  }

  /** Goes on with other keys, one or more. */
  public void replace(List<SealKey> wanted) {
    keys = checked(wanted);
  }

  private static List<SealKey> checked(List<SealKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a server has a key");
    }
    return List.copyOf(keys);
  }

  /** The keys, the newest first. */
  public List<SealKey> keys() {
    return keys;
  }

  /** The one that seals. */
  public SealKey newest() {
    return keys.getFirst();
  }

  @Override
  public byte[] seal(byte[] plain, byte[] associated) {
    var key = newest();
    var body = key.seal(plain, associated);
    return ByteBuffer.allocate(HEAD_BYTES + body.length)
        .put(FORMAT)
        .put(HexFormat.of().parseHex(key.id()))
        .put(body)
        .array();
  }

  @Override
  public Optional<byte[]> open(byte[] sealed, byte[] associated) {
    return keyOf(sealed).flatMap(key -> key.open(sealed, HEAD_BYTES, associated));
  }

  /** Whether the newest key has sealed it, as far as it says. */
  public boolean isNewest(byte[] sealed) {
    return keyOf(sealed).filter(key -> key.id().equals(newest().id())).isPresent();
  }

  private Optional<SealKey> keyOf(byte[] sealed) {
    if (sealed.length < HEAD_BYTES || sealed[0] != FORMAT) {
      return Optional.empty();
    }
    var id = HexFormat.of().formatHex(sealed, 1, HEAD_BYTES);
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
