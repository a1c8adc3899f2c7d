package io.coffer.storage.memory;

import io.coffer.storage.Fault;
import io.coffer.storage.Faulty;
import io.coffer.storage.Storage;
import io.coffer.storage.contract.StorageContract;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;

/** The contract, for callers of an engine that refuses and loses answers. */
class FaultyMemoryStorageTest extends StorageContract {
  private static final Map<Fault, Double> RATES =
      Map.of(
          Fault.REFUSED, 0.1,
          Fault.UNKNOWN_BEFORE, 0.1,
          Fault.UNKNOWN_AFTER, 0.2,
          Fault.SLOW, 0.001);

  private static final long SEED = Long.getLong("coffer.seed", System.nanoTime());

  @BeforeAll
  static void printTheSeed() {
    System.out.println("-Dcoffer.seed=" + SEED);
  }

  @Override
  protected Storage open() {
    return new Faulty(MemoryStorage.create(), SEED, RATES, Duration.ofMillis(1));
  }

  @Override
  public boolean refusesSpuriously() {
    return true;
  }
}
