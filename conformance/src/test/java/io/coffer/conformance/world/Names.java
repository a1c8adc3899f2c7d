package io.coffer.conformance.world;

import io.coffer.conformance.world.Op.Version;
import io.coffer.storage.BlobId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a store's ids and ETags are called in a workload: by the step that they came from. */
final class Names {
  private static final String NULL = "null";

  private final Map<Integer, String> versions = new HashMap<>();
  private final Map<Integer, String> uploads = new HashMap<>();
  private final Map<Integer, String> eTags = new HashMap<>();
  private final Map<Integer, Integer> partNumbers = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();

  /** Remembers a version that a step made, or met again; null for one without an id. */
  void version(int step, @Nullable String id) {
    if (id != null) {
      versions.put(step, id);
      if (!id.equals(NULL)) {
        names.putIfAbsent(id, "v" + step);
      }
    } else {
      versions.put(step, NULL);
    }
  }

  void upload(int step, @Nullable String id) {
    uploads.put(step, String.valueOf(id));
    names.put(String.valueOf(id), "u" + step);
  }

  void eTag(int step, @Nullable String eTag) {
    eTags.put(step, String.valueOf(eTag));
  }

  /** The id that a request has to give; null for none. */
  @Nullable String id(Version version) {
    if (version.equals(Version.CURRENT)) {
      return null;
    }
    return version.equals(Version.NULL)
        ? NULL
        : versions.getOrDefault(version.step(), new BlobId(1, version.step()).toString());
  }

  /** The id of an upload; one that is nowhere when the step began none. */
  String uploadId(int step) {
    return uploads.getOrDefault(step, new BlobId(1, step).toString());
  }

  /** The ETag that a step was answered; one that nothing has when it got none. */
  String eTagOf(int step) {
    return eTags.getOrDefault(step, "\"nothing\"");
  }

  /** Remembers a part that a step uploaded. */
  void part(int step, int number, @Nullable String eTag) {
    partNumbers.put(step, number);
    eTag(step, eTag);
  }

  /** The number of the part that a step uploaded; null when it uploaded none. */
  @Nullable Integer partNumber(int step) {
    return partNumbers.get(step);
  }

  /** What an id is called. */
  String of(@Nullable String id) {
    return id == null ? "-" : names.getOrDefault(id, id);
  }
}
