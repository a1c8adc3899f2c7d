package io.coffer.conformance.world;

import io.coffer.storage.Batch;
import io.coffer.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A broken storage, to prove that tests can fail: batches that only delete do not. */
final class Forgetful {
  private Forgetful() {}

  static Storage over(Storage storage) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                return arguments != null && arguments[0] instanceof Batch batch
                    ? method.invoke(storage, forgetting(batch))
                    : method.invoke(storage, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Batch forgetting(Batch batch) {
    boolean forgets = batch.writes().values().stream().noneMatch(Optional::isPresent);
    return new Batch(
        batch.id(),
        batch.group(),
        forgets ? Map.of() : batch.writes(),
        batch.expectations(),
        batch.adopted(),
        forgets ? List.of() : batch.released(),
        batch.announcements(),
        batch.durability());
  }
}
