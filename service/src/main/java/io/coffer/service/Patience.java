package io.coffer.service;

import io.coffer.storage.StorageException;

/**
 * With a storage that fails: what may pass is thrown, to be tried again later; what does not pass
 * is damage. One thread.
 */
@FunctionalInterface
interface Patience {
  /** Whoever reads a storage that nobody else uses need not wait: it fails for good. */
  Patience NONE = failure -> {};

  /**
   * Returns when it is to be taken for damage.
   *
   * @throws StorageException it may pass: the failure itself
   */
  void bear(StorageException failure);

  /** Some failures in a row are borne; bytes that are not those that were written, none. */
  final class OfSome implements Patience {
    private final int most;
    private int borne;

    OfSome(int most) {
      this.most = most;
    }

    /** Something was read. */
    void restore() {
      borne = 0;
    }

    @Override
    public void bear(StorageException failure) {
      if (failure instanceof StorageException.Failure && borne < most) {
        borne++;
        throw failure;
      }
    }
  }
}
