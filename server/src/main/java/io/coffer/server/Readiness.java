package io.coffer.server;

import io.coffer.api.HealthCheck;
import io.coffer.storage.Storage;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.files.Health;
import java.util.Optional;

/** Whether new requests are welcome: not while the server ends, nor when it cannot write. */
final class Readiness implements HealthCheck {
  private static final int MEBIBYTE_BITS = 20;

  private final Storage storage;
  private volatile boolean stopping;

  Readiness(Storage storage) {
    this.storage = storage;
  }

  /** From now on the server is not ready. */
  void stop() {
    stopping = true;
  }

  @Override
  public Optional<String> problem() {
    if (stopping) {
      return Optional.of("the server is stopping");
    }
    if (!(storage instanceof FilesStorage files)) {
      return Optional.empty();
    }
    return switch (files.health()) {
      case Health.Sound sound -> Optional.empty();
      case Health.NoRoom room ->
          Optional.of(
              "the disk has %d MiB left where %d are reserved: writes are refused"
                  .formatted(
                      room.freeBytes() >> MEBIBYTE_BITS, room.reserveBytes() >> MEBIBYTE_BITS));
      case Health.ReadOnly readOnly ->
          Optional.of("the rows cannot be written until the next start: " + readOnly.reason());
    };
  }
}
