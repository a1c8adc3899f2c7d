package io.coffer.storage.contract;

import io.coffer.storage.Storage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What every backend promises, promise by promise. A backend's test is a subclass that opens an
 * empty storage; the parts (rows, batches, feed, blobs, …) are interfaces with the tests.
 */
@Timeout(120)
public abstract class StorageContract
    implements RowsContract,
        BatchContract,
        FeedContract,
        BlobBytesContract,
        BlobLifeContract,
        DurabilityContract,
        ConcurrencyContract,
        ModelContract,
        LifeContract {
  private Storage storage;

  /** A new storage with nothing in it. */
  protected abstract Storage open();

  /** Closes a storage and opens it on what it left; the same one where it keeps nothing. */
  protected Storage reopen(Storage storage) {
    return storage;
  }

  @Override
  public final Storage storage() {
    return storage;
  }

  @Override
  public final Storage reopened() {
    storage = reopen(storage);
    return storage;
  }

  @BeforeEach
  protected final void openStorage() {
    storage = open();
  }

  @AfterEach
  protected final void closeStorage() {
    storage.close();
  }
}
