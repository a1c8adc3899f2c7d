package io.coffer.storage.files;

import io.coffer.storage.Batch;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Order;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One who puts, overwrites and deletes objects of its own, one after another, as a seed says; so
 * what any moment left is the state after some number of its steps. Objects are small, in one file,
 * or in several, as those of multipart uploads are.
 */
final class SnapshotWriter implements Runnable {
  private static final int KEYS = 25;
  private static final int[] BLOBS = {0, 1, 1, 1, 3};
  private static final int[] SIZES = {100, 30_000, 70_000};

  /** What one step puts under a key; nothing: it deletes it. */
  private record Step(int number, String key, int blobs, int size) {
    byte[] content(int blob) {
      var bytes = new byte[size + blob];
      new Random(31L * number + blob).nextBytes(bytes);
      return bytes;
    }
  }

  private final Storage storage;
  private final long group;
  private final Map<String, List<BlobId>> held = new HashMap<>();
  private volatile boolean ending;
  volatile int begun;
  volatile int acknowledged;

  SnapshotWriter(Storage storage, long group) {
    this.storage = storage;
    this.group = group;
  }

  void end() {
    ending = true;
  }

  @Override
  public void run() {
    for (int number = 0; !ending; number++) {
      begun = number + 1;
      run(step(number));
      acknowledged = number + 1;
    }
  }

  private void run(Step step) {
    var batch = Batch.in(group, UUID.randomUUID());
    held.getOrDefault(step.key(), List.of()).forEach(batch::release);
    var blobs = new ArrayList<BlobId>();
    var value = new StringBuilder(Integer.toString(step.number()));
    for (int i = 0; i < step.blobs(); i++) {
      var blob = Given.sealed(storage, step.content(i));
      batch.adopt(blob);
      blobs.add(blob);
      value.append(' ').append(blob);
    }
    if (blobs.isEmpty()) {
      batch.delete(Bytes.utf8(step.key()));
    } else {
      batch.put(Bytes.utf8(step.key()), Bytes.utf8(value.toString()));
    }
    storage.commit(batch.build());
    held.put(step.key(), blobs);
  }

  private Step step(int number) {
    var random = new Random(group * 1_000_003 + number);
    return new Step(
        number,
        "key" + random.nextInt(KEYS),
        BLOBS[random.nextInt(BLOBS.length)],
        SIZES[random.nextInt(SIZES.length)]);
  }

  /** After which number of steps, between two, another storage is; its bytes are compared. */
  int stepsIn(Storage other, int atLeast, int atMost) {
    var found = new TreeMap<String, Integer>();
    var range = new RowRange(group, Bytes.empty(), null);
    for (var row : other.scan(range, Order.ASCENDING, 1_000).rows()) {
      var key = utf8(row.key().path());
      var words = utf8(row.value()).split(" ", -1);
      var step = step(Integer.parseInt(words[0]));
      for (int i = 0; i < step.blobs(); i++) {
        var content = step.content(i);
        var read = Given.read(other, BlobId.parse(words[i + 1]), 0, content.length);
        if (!Arrays.equals(content, read)) {
          throw new AssertionError(key + " of " + step + " is torn");
        }
      }
      found.put(key, step.number());
    }
    var expected = new TreeMap<String, Integer>();
    for (int steps = 0; steps <= atMost; steps++) {
      if (steps >= atLeast && expected.equals(found)) {
        return steps;
      }
      var step = step(steps);
      if (step.blobs() == 0) {
        expected.remove(step.key());
      } else {
        expected.put(step.key(), steps);
      }
    }
    throw new AssertionError(
        "not the state after %d to %d steps: %s".formatted(atLeast, atMost, found));
  }

  private static String utf8(Bytes bytes) {
    return StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes.unsafeArray())).toString();
  }
}
