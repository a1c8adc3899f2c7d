package io.coffer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses a writer's next request at random, out of what makes sense in the state of its keys. */
final class StepChooser {
  private static final String NO_ETAG = "\"00000000000000000000000000000000\"";
  private static final int UPLOADS_OF_A_KEY = 2;
  private static final int PARTS = 3;
  private static final int MANY_VERSIONS = 5;

  private final RequestFactory requests;
  private final Content content;
  private final Random random;
  private final Sizes sizes;
  private final List<TrialBucket> buckets;
  private final OwnKeys keys;

  StepChooser(
      RequestFactory requests,
      Content content,
      Random random,
      List<TrialBucket> buckets,
      OwnKeys keys) {
    this.requests = requests;
    this.content = content;
    this.random = random;
    this.sizes = new Sizes(random);
    this.buckets = buckets;
    this.keys = keys;
  }

  private record Candidate(int weight, Supplier<Step> step) {}

  Step next() {
    var bucket = pickBucket();
    var paths = bucket.paths(keys.writer()).toList();
    var path = paths.get(random.nextInt(paths.size()));
    var state = keys.at(path).only();
    var steps = new Steps(requests, content, random, bucket.versioning(), path, state);
    var candidates = new ArrayList<Candidate>();
    addPuts(candidates, steps, state.live());
    addDeletes(candidates, steps, state);
    addUploads(candidates, steps, state);
    candidates.add(new Candidate(12, () -> copy(steps)));
    candidates.add(new Candidate(10, steps::get));
    candidates.add(new Candidate(4, () -> list(bucket, path, state)));
    return pick(candidates);
  }

  private TrialBucket pickBucket() {
    int of = random.nextInt(buckets.stream().mapToInt(TrialBucket::keys).sum());
    for (var bucket : buckets) {
      of -= bucket.keys();
      if (of < 0) {
        return bucket;
      }
    }
    throw new IllegalStateException("no buckets");
  }

  private Step pick(List<Candidate> candidates) {
    int of = random.nextInt(candidates.stream().mapToInt(Candidate::weight).sum());
    for (var candidate : candidates) {
      of -= candidate.weight();
      if (of < 0) {
        return candidate.step().get();
      }
    }
    throw new IllegalStateException("no candidates");
  }

  private void addPuts(List<Candidate> candidates, Steps steps, KeyState.@Nullable Version live) {
    candidates.add(new Candidate(30, () -> put(steps, "put", Map.of(), 0)));
    var absent = Map.of("If-None-Match", "*");
    candidates.add(
        new Candidate(6, () -> put(steps, "put if absent", absent, live == null ? 0 : 412)));
    var wrong = Map.of("If-Match", NO_ETAG);
    candidates.add(
        new Candidate(2, () -> put(steps, "put if match", wrong, live == null ? 404 : 412)));
    if (live != null && live.object() != null) {
      var right = Map.of("If-Match", '"' + live.object().fingerprint().eTag() + '"');
      candidates.add(new Candidate(6, () -> put(steps, "put if match", right, 0)));
    }
  }

  /**
   * @param refusal the status that S3 must refuse it with, or 0
   */
  private Step put(Steps steps, String name, Map<String, String> condition, int refusal) {
    var slice = sizes.object();
    long tag = keys.nextTag();
    return refusal == 0
        ? steps.put(name, slice, tag, condition)
        : steps.refusedPut(name + ", refused", slice, tag, condition, refusal);
  }

  private void addDeletes(List<Candidate> candidates, Steps steps, KeyState state) {
    candidates.add(new Candidate(12, steps::delete));
    var ids =
        state.versions().stream()
            .flatMap(v -> v.id() == null ? Stream.empty() : Stream.of(v.id()))
            .toList();
    if (!ids.isEmpty()) {
      candidates.add(
          new Candidate(
              ids.size() > MANY_VERSIONS ? 80 : 12,
              () -> steps.deleteVersion(ids.get(random.nextInt(ids.size())))));
    }
  }

  private void addUploads(List<Candidate> candidates, Steps steps, KeyState state) {
    if (state.uploads().size() < UPLOADS_OF_A_KEY) {
      candidates.add(new Candidate(6, () -> steps.createUpload(keys.nextTag())));
    }
    if (state.uploads().isEmpty()) {
      return;
    }
    var upload = state.uploads().get(random.nextInt(state.uploads().size()));
    var id = upload.id();
    if (id == null) {
      throw new IllegalStateException("an upload without an id was never acknowledged");
    }
    int number = 1 + random.nextInt(PARTS);
    candidates.add(new Candidate(14, () -> steps.putPart(id, number, sizes.part(number))));
    candidates.add(new Candidate(4, () -> steps.abort(id)));
    if (!upload.parts().isEmpty()) {
      candidates.add(new Candidate(10, () -> steps.complete(id, upload, someParts(upload))));
    }
  }

  /** Some parts, all but the last of them large enough. */
  private TreeSet<Integer> someParts(KeyState.Upload upload) {
    var parts = new TreeSet<>(upload.parts().keySet());
    if (random.nextBoolean()) {
      parts.removeIf(number -> random.nextBoolean());
    }
    if (parts.isEmpty()) {
      parts.add(upload.parts().lastKey());
    }
    int last = parts.last();
    parts.removeIf(number -> number != last && size(upload, number) < Sizes.LEAST_PART_BYTES);
    return parts;
  }

  private static long size(KeyState.Upload upload, int number) {
    var part = upload.parts().get(number);
    return part == null ? 0 : part.length();
  }

  /** A copy of any object of this writer; a PUT when there is none. */
  private Step copy(Steps steps) {
    var paths = List.copyOf(keys.byPath().keySet());
    var source = paths.get(random.nextInt(paths.size()));
    var versions = keys.at(source).only().versions();
    var version = versions.isEmpty() ? null : versions.get(random.nextInt(versions.size()));
    if (version == null || version.object() == null) {
      return put(steps, "put", Map.of(), 0);
    }
    boolean current = version.equals(versions.getFirst()) && random.nextBoolean();
    return steps.copy(source, current ? null : version.id(), version.object(), keys.nextTag());
  }

  /** The writer's keys in a bucket, as S3 lists them while others write. */
  private Step list(TrialBucket bucket, String path, KeyState state) {
    var expected = keys.listed(bucket);
    var query = "list-type=2&prefix=" + Listed.encode(TrialBucket.prefix(keys.writer()));
    return new Step(
        "list",
        path,
        requests.bare("GET", bucket.path(), query),
        Caller.LONG_TEXT,
        state,
        answer -> {
          Step.expectStatus(answer, 200);
          Step.expect("listing", expected, lines(answer), answer);
          return state;
        });
  }

  private static List<String> lines(Answer answer) throws UnexpectedAnswer {
    try {
      return Inventory.lines(ListingPage.parse(answer.text()).entries());
    } catch (IOException e) {
      throw new UnexpectedAnswer(String.valueOf(e.getMessage()));
    }
  }
}
