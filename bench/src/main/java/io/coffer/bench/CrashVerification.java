package io.coffer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Holds everything that a server has against what is allowed. */
final class CrashVerification {
  private final RequestFactory requests;
  private final Supplier<Caller> callers;
  private final Workers workers;

  /**
   * What it found.
   *
   * @param objects how many were read byte by byte
   */
  record Result(long objects, List<String> losses) {}

  CrashVerification(RequestFactory requests, Supplier<Caller> callers, Workers workers) {
    this.requests = requests;
    this.callers = callers;
    this.workers = workers;
  }

  /**
   * Reads it all; from now on one state is allowed for each key.
   *
   * @param pageSize of the listings
   * @throws IOException the server could not be asked
   */
  Result run(List<TrialBucket> buckets, Collection<OwnKeys> everybody, int pageSize)
      throws IOException, InterruptedException {
    Inventory inventory;
    try (var caller = callers.get()) {
      inventory = Inventory.read(caller, requests, buckets, pageSize);
    }
    var losses = new ArrayList<>(inventory.complaints());
    var unknown = new TreeSet<>(inventory.versions().keySet());
    unknown.addAll(inventory.uploads().keySet());
    var known = new HashSet<String>();
    everybody.forEach(keys -> known.addAll(keys.byPath().keySet()));
    unknown.removeAll(known);
    unknown.forEach(path -> losses.add(path + " is listed, and nobody ever wrote it"));
    var tasks = new ArrayList<Callable<Result>>();
    everybody.forEach(keys -> tasks.add(() -> settle(keys, inventory)));
    long objects = 0;
    for (var result : workers.all(tasks)) {
      objects += result.objects();
      losses.addAll(result.losses());
    }
    return new Result(objects, losses);
  }

  private Result settle(OwnKeys keys, Inventory inventory) throws IOException {
    var losses = new ArrayList<String>();
    try (var caller = callers.get()) {
      var reader = new KeyReader(caller, requests, inventory);
      for (var entry : keys.byPath().entrySet()) {
        var loss = entry.getValue().settle(reader.read(entry.getKey()));
        if (loss != null) {
          losses.add(entry.getKey() + "%n  ".formatted() + loss);
        }
      }
      losses.addAll(reader.complaints());
      return new Result(reader.objects(), losses);
    }
  }
}
