package io.coffer.conformance.world;

import io.coffer.service.Durabilities;
import io.coffer.service.Environment;
import io.coffer.service.Service;
import io.coffer.service.ServiceSettings;
import io.coffer.storage.Durability;
import io.coffer.storage.Storage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A service over a storage that can be closed and opened again. One thread. */
final class StorageSite implements Site, AutoCloseable {
  private static final ServiceSettings SETTINGS =
      new ServiceSettings("us-east-1", WorkloadMaker.PART_BYTES, Duration.ofSeconds(5));

  private final UnaryOperator<Storage> reopen;
  private final Durability durability;
  private final Environment environment;
  private Storage storage;
  private Service service;

  /**
   * @param storage closed with this
   * @param reopen closes a storage and opens it again, or leaves it as it is
   */
  StorageSite(Storage storage, SettableClock clock, long seed, UnaryOperator<Storage> reopen) {
    this(storage, clock, seed, reopen, Durability.SYNC);
  }

  /** As that, with the durability of all writes. */
  StorageSite(
      Storage storage,
      SettableClock clock,
      long seed,
      UnaryOperator<Storage> reopen,
      Durability durability) {
    this.storage = storage;
    this.durability = durability;
    this.reopen = reopen;
    environment = new Environment(clock, new Random(seed), false);
    service = start();
  }

  /** A service; when it cannot begin, the storage is closed. */
  private Service start() {
    var settings = SETTINGS.withDurabilities(new Durabilities(durability, Map.of()));
    boolean done = false;
    try {
      var started = new Service(storage, environment, settings);
      started.accounts().declare(Client.OWNER, List.of());
      done = true;
      return started;
    } finally {
      if (!done) {
        storage.close();
      }
    }
  }

  Storage storage() {
    return storage;
  }

  @Override
  public Service service() {
    return service;
  }

  @Override
  public void restart() {
    service.close();
    storage = reopen.apply(storage);
    service = start();
  }

  @Override
  public void close() {
    service.close();
    storage.close();
  }
}
