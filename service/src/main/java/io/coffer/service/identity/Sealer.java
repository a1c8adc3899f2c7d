package io.coffer.service.identity;

import java.util.Optional;

/**
 * Hides what only this server may read, and notices when it was changed: secrets of access keys,
 * and what session tokens say. Thread-safe.
 */
public interface Sealer {
  /**
   * Seals some bytes; never twice to the same.
   *
   * @param associated what they belong to, such as the id of an access key with its kind: it is not
   *     in what is returned, and must be said again to open that
   */
  byte[] seal(byte[] plain, byte[] associated);

  /**
   * Opens what was sealed; any bytes may be given.
   *
   * @return empty when this server has not sealed it so, or has not got the key any more
   */
  Optional<byte[]> open(byte[] sealed, byte[] associated);
}
