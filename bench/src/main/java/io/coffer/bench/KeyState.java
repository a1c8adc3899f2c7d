package io.coffer.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What should be under a key: the reference that a server is held against. Immutable; each request
 * of a writer is a function from one state to the next.
 *
 * @param versions newest first; in a bucket without versioning at most one
 * @param uploads neither completed nor aborted
 */
record KeyState(List<Version> versions, List<Upload> uploads) {
  static final KeyState EMPTY = new KeyState(List.of(), List.of());

  /** The id of what was written while versioning was not enabled. */
  static final String NULL_ID = "null";

  /**
   * A version.
   *
   * @param id null when no answer told it
   * @param object null for a delete marker
   */
  record Version(@Nullable String id, @Nullable Payload object) {
    @Override
    public String toString() {
      return "version %s (%s)"
          .formatted(
              id == null ? "of any id" : id,
              object == null ? "delete marker" : object.fingerprint());
    }
  }

  /**
   * An upload.
   *
   * @param id null when no answer told it
   * @param tag of the object that it will become
   */
  record Upload(@Nullable String id, long tag, SortedMap<Integer, Payload> parts) {
    @Override
    public String toString() {
      var shown = new TreeMap<Integer, String>();
      parts.forEach((n, p) -> shown.put(n, p.length() + " B, ETag " + p.fingerprint().eTag()));
      return "upload %s with parts %s".formatted(id == null ? "of any id" : id, shown);
    }
  }

  KeyState {
    versions = List.copyOf(versions);
    uploads = List.copyOf(uploads);
  }

  /** The newest version, if it is an object. */
  @Nullable Version live() {
    return versions.isEmpty() || versions.getFirst().object() == null ? null : versions.getFirst();
  }

  /** With another newest version. */
  KeyState put(Versioning versioning, @Nullable String id, @Nullable Payload object) {
    var known = versioning == Versioning.ENABLED ? id : NULL_ID;
    var next = new ArrayList<Version>();
    next.add(new Version(known, object));
    if (versioning != Versioning.NEVER) {
      versions.stream()
          .filter(v -> versioning == Versioning.ENABLED || !NULL_ID.equals(v.id()))
          .forEach(next::add);
    }
    return new KeyState(next, uploads);
  }

  /** After DeleteObject without a version. */
  KeyState delete(Versioning versioning, @Nullable String markerId) {
    return versioning == Versioning.NEVER
        ? new KeyState(List.of(), uploads)
        : put(versioning, markerId, null);
  }

  KeyState deleteVersion(String id) {
    return new KeyState(versions.stream().filter(v -> !id.equals(v.id())).toList(), uploads);
  }

  KeyState createUpload(@Nullable String id, long tag) {
    var next = new ArrayList<>(uploads);
    next.add(new Upload(id, tag, Collections.emptySortedMap()));
    return new KeyState(versions, next);
  }

  KeyState putPart(String uploadId, int number, Payload part) {
    var next = new ArrayList<Upload>();
    for (var upload : uploads) {
      if (uploadId.equals(upload.id())) {
        var parts = new TreeMap<>(upload.parts());
        parts.put(number, part);
        next.add(new Upload(uploadId, upload.tag(), Collections.unmodifiableSortedMap(parts)));
      } else {
        next.add(upload);
      }
    }
    return new KeyState(versions, next);
  }

  /** After AbortMultipartUpload, and one half of CompleteMultipartUpload. */
  KeyState endUpload(String uploadId) {
    return new KeyState(versions, uploads.stream().filter(u -> !uploadId.equals(u.id())).toList());
  }

  /** The lengths of all blobs that hold what is here. */
  Stream<Long> blobLengths() {
    return Stream.concat(
        versions.stream()
            .map(Version::object)
            .flatMap(object -> object == null ? Stream.empty() : object.blobLengths()),
        uploads.stream().flatMap(u -> u.parts().values().stream()).map(Payload::length));
  }

  /** This state with the ids that were found, or null when what was found is another state. */
  @Nullable KeyState adopt(FoundKey found) {
    if (versions.size() != found.versions().size() || uploads.size() != found.uploads().size()) {
      return null;
    }
    var named = adoptVersions(found.versions());
    var adopted = adoptUploads(found.uploads());
    return named == null || adopted == null ? null : new KeyState(named, adopted);
  }

  private @Nullable List<Version> adoptVersions(List<FoundKey.Version> found) {
    var named = new ArrayList<Version>();
    for (int i = 0; i < versions.size(); i++) {
      var expected = versions.get(i);
      var there = found.get(i);
      var object = expected.object();
      boolean isSame =
          object == null ? there.object() == null : object.fingerprint().equals(there.object());
      if (!isSame || (expected.id() != null && !expected.id().equals(there.id()))) {
        return null;
      }
      named.add(new Version(there.id(), object));
    }
    return named;
  }

  private @Nullable List<Upload> adoptUploads(List<FoundKey.Upload> found) {
    var rest = new ArrayList<>(found);
    var adopted = new ArrayList<Upload>();
    // Those of known ids first, so that the one without takes what is left.
    for (var expected :
        Stream.concat(
                uploads.stream().filter(u -> u.id() != null),
                uploads.stream().filter(u -> u.id() == null))
            .toList()) {
      var there =
          rest.stream()
              .filter(u -> expected.id() == null || expected.id().equals(u.id()))
              .findFirst()
              .orElse(null);
      if (there == null || !seen(expected.parts()).equals(there.parts())) {
        return null;
      }
      rest.remove(there);
      adopted.add(new Upload(there.id(), expected.tag(), expected.parts()));
    }
    return adopted;
  }

  private static SortedMap<Integer, FoundKey.Part> seen(SortedMap<Integer, Payload> parts) {
    var seen = new TreeMap<Integer, FoundKey.Part>();
    parts.forEach(
        (number, part) ->
            seen.put(number, new FoundKey.Part(part.length(), part.fingerprint().eTag())));
    return seen;
  }

  @Override
  public String toString() {
    return text(
        versions.stream().map(Version::toString).toList(),
        uploads.stream().map(Upload::toString).toList());
  }

  /** For messages. */
  static String text(List<String> versions, List<String> uploads) {
    return versions.isEmpty() && uploads.isEmpty()
        ? "nothing"
        : Stream.concat(versions.stream(), uploads.stream()).collect(Collectors.joining("; "));
  }
}
