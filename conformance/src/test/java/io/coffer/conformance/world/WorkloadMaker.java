package io.coffer.conformance.world;

import io.coffer.conformance.world.Op.Bytes;
import io.coffer.conformance.world.Op.Condition;
import io.coffer.conformance.world.Op.Query;
import io.coffer.conformance.world.Op.Range;
import io.coffer.conformance.world.Op.Version;
import io.coffer.conformance.world.Op.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes workloads over few keys, so that they meet. One thread. */
final class WorkloadMaker {
  /** The smallest part but the last, as the stores under test have it. */
  static final int PART_BYTES = 8 << 10;

  static final String FIRST = "first";
  static final String SECOND = "second";

  private static final List<String> KEYS =
      List.of(
          "a", "a/b", "b", "a//b", "d/", "a/b/c", "\u00e9", "\uff5e", "\ud834\udd1e", "a\u0001");

  /** Keys, common prefixes, and what is neither. */
  private static final List<String> AFTER =
      List.of("a", "a/", "a/b", "a//", "a0", "b", "d/", "\u00e9", "\uff5e", "\ud834\udd1e", "z");

  /** Around the limits of inline blobs (16 KiB) and of blocks (64 KiB). */
  private static final List<Integer> SIZES =
      List.of(0, 1, 100, 16_384, 16_385, 65_535, 65_536, 65_537, 131_072, 300_001);

  private static final List<Integer> PART_SIZES =
      List.of(PART_BYTES, 16_384, 16_385, 70_000, 8_200, PART_BYTES);

  /** A part that a step uploads. */
  private record Part(int step, int number) {}

  /** An upload that a step begins, and its parts. */
  private record Upload(int step, Where at, List<Part> parts) {}

  private final Random random;
  private final List<Step> steps = new ArrayList<>();
  private final List<Upload> uploads = new ArrayList<>();

  /** Steps that make versions or markers, by where. */
  private final TreeMap<String, List<Integer>> versions = new TreeMap<>();

  WorkloadMaker(long seed) {
    random = new Random(seed);
  }

  List<Step> make(int length) {
    add(new Op.CreateBucket(FIRST));
    while (steps.size() < length) {
      next();
    }
    return List.copyOf(steps);
  }

  private void next() {
    int dice = random.nextInt(100);
    if (dice < 26) {
      put();
    } else if (dice < 38) {
      delete();
    } else if (dice < 44) {
      copy();
    } else if (dice < 66) {
      multipart();
    } else if (dice < 71) {
      bucket();
    } else if (dice < 75) {
      var tags = random.nextInt(3) == 0 ? "" : "k=" + random.nextInt(9);
      var at = where();
      add(new Op.Tag(at, version(at), tags));
    } else if (dice < 80) {
      long millis = random.nextInt(4) == 0 ? -random.nextInt(90_000_000) : random.nextInt(9_000);
      add(new Op.Tick(millis));
    } else if (dice < 82) {
      add(new Op.Restart());
    } else {
      read();
    }
  }

  private int add(Op op) {
    int number = steps.size();
    steps.add(new Step(number, op));
    return number;
  }

  private void put() {
    var at = where();
    int step =
        add(new Op.Put(at, bytes(SIZES), condition(at), random.nextInt(4) == 0 ? "k=v" : ""));
    made(at, step);
  }

  private void delete() {
    var at = where();
    var version = random.nextInt(2) == 0 ? Version.CURRENT : version(at);
    made(at, add(new Op.Delete(at, version)));
  }

  private void copy() {
    var from = where();
    var to = where();
    made(to, add(new Op.Copy(from, version(from), to, random.nextInt(3) == 0)));
  }

  private void bucket() {
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        add(new Op.CreateBucket(SECOND));
        if (random.nextInt(3) == 0) {
          add(new Op.DeleteBucket(SECOND));
        }
      }
      case 2, 3 -> add(new Op.DeleteBucket(random.nextInt(5) == 0 ? FIRST : SECOND));
      case 4 -> add(new Op.CreateBucket(FIRST));
      default -> add(new Op.SetVersioning(bucketName(), random.nextInt(3) > 0));
    }
  }

  private void multipart() {
    int dice = random.nextInt(20);
    if (uploads.isEmpty() || dice < 4) {
      var at = where();
      uploads.add(new Upload(add(new Op.CreateUpload(at)), at, new ArrayList<>()));
      return;
    }
    var upload = uploads.get(uploads.size() - 1 - skewed(uploads.size()));
    boolean early = upload.parts().isEmpty() && random.nextInt(9) > 0;
    if (dice < 10 || early) {
      int number = 1 + random.nextInt(3);
      var part = new Op.UploadPart(upload.at(), upload.step(), number, bytes(PART_SIZES));
      upload.parts().add(new Part(add(part), number));
    } else if (dice < 13) {
      copyPart(upload);
    } else if (dice < 18) {
      complete(upload);
      mayEnd(upload);
    } else {
      add(new Op.Abort(upload.at(), upload.step()));
      mayEnd(upload);
    }
  }

  /** Nothing comes of most uploads any more after their end, but of some it is asked. */
  private void mayEnd(Upload upload) {
    if (random.nextInt(4) > 0) {
      uploads.remove(upload);
    }
  }

  private void copyPart(Upload upload) {
    int number = 1 + random.nextInt(3);
    var from = where();
    @Nullable Range range = null;
    if (random.nextInt(3) > 0) {
      long first = random.nextInt(3) * 4_000L;
      range = new Range(first, first + random.nextInt(2 * PART_BYTES));
    }
    var op = new Op.UploadPartCopy(upload.at(), upload.step(), number, from, version(from), range);
    upload.parts().add(new Part(add(op), number));
  }

  /** Mostly with the latest part of each number, in order. */
  private void complete(Upload upload) {
    var latest = new TreeMap<Integer, Integer>();
    int flaw = random.nextInt(8);
    for (var part : upload.parts()) {
      if (flaw != 0 || !latest.containsKey(part.number())) {
        latest.put(part.number(), part.step());
      }
    }
    var parts = new ArrayList<>(latest.values());
    if (flaw == 1) {
      Collections.shuffle(parts, random);
    } else if (flaw <= 3 && !parts.isEmpty()) {
      parts.remove(random.nextInt(parts.size()));
    }
    var op =
        new Op.Complete(upload.at(), upload.step(), List.copyOf(parts), condition(upload.at()));
    made(upload.at(), add(op));
  }

  private void read() {
    var at = where();
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> add(new Op.Get(at, version(at), range()));
      case 3 -> add(new Op.Head(at, version(at)));
      case 4 -> add(new Op.GetTags(at, version(at)));
      case 5, 6 -> add(new Op.ListObjects(at.bucket(), query()));
      case 7 -> add(new Op.ListVersions(at.bucket(), query()));
      case 8 -> add(new Op.ListUploads(at.bucket(), query()));
      default -> {
        if (uploads.isEmpty()) {
          add(new Op.ListBuckets());
        } else {
          var upload = uploads.get(random.nextInt(uploads.size()));
          add(new Op.ListParts(upload.at(), upload.step()));
        }
      }
    }
  }

  private @Nullable Range range() {
    if (random.nextInt(2) == 0) {
      return null;
    }
    long first = random.nextInt(2) == 0 ? random.nextInt(200) : random.nextInt(140_000);
    return new Range(first, first + random.nextInt(70_000));
  }

  private Query query() {
    var prefix = pick(List.of("", "", "a", "a/", "d"));
    var delimiter = pick(List.of("", "/", "/", "//"));
    var after = random.nextInt(3) > 0 ? "" : pick(AFTER);
    return new Query(prefix, delimiter, pick(List.of(1_000, 1, 2, 3, 0)), after);
  }

  private Where where() {
    return new Where(bucketName(), KEYS.get(skewed(KEYS.size())));
  }

  private String bucketName() {
    return random.nextInt(8) == 0 ? SECOND : FIRST;
  }

  /** The current one in most cases, else one that was made there, or the null version. */
  private Version version(Where at) {
    var made = versions.getOrDefault(at.toString(), List.of());
    int dice = random.nextInt(10);
    if (dice < 5 || (made.isEmpty() && dice < 9)) {
      return Version.CURRENT;
    }
    return dice < 9 ? new Version(made.get(random.nextInt(made.size()))) : Version.NULL;
  }

  private Condition condition(Where at) {
    int dice = random.nextInt(12);
    if (dice == 0) {
      return new Condition.Absent();
    }
    var made = versions.getOrDefault(at.toString(), List.of());
    if (dice > 2 || made.isEmpty()) {
      return new Condition.None();
    }
    return new Condition.Match(made.get(made.size() - 1 - skewed(made.size())));
  }

  private void made(Where at, int step) {
    versions.computeIfAbsent(at.toString(), w -> new ArrayList<>()).add(step);
  }

  private Bytes bytes(List<Integer> sizes) {
    return new Bytes(random.nextInt(1 << 20), sizes.get(skewed(sizes.size())));
  }

  /** Small numbers more often than large ones. */
  private int skewed(int bound) {
    return Math.min(random.nextInt(bound), random.nextInt(bound));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
