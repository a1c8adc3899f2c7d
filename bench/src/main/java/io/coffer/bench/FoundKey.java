package io.coffer.bench;

import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server has under a key.
 *
 * @param versions the newest first; the others as they are listed
 */
record FoundKey(List<Version> versions, List<Upload> uploads) {
  static final FoundKey NOTHING = new FoundKey(List.of(), List.of());

  /**
   * A version.
   *
   * @param object null for a delete marker
   */
  record Version(String id, @Nullable Fingerprint object) {
    @Override
    public String toString() {
      return "version " + id + " (" + (object == null ? "delete marker" : object) + ")";
    }
  }

  /** An upload that was neither completed nor aborted, and its parts by number. */
  record Upload(String id, SortedMap<Integer, Part> parts) {
    @Override
    public String toString() {
      return "upload " + id + " with parts " + parts;
    }
  }

  /** A part, as far as it can be seen. */
  record Part(long length, String eTag) {
    @Override
    public String toString() {
      return length + " B, ETag " + eTag;
    }
  }

  @Override
  public String toString() {
    return KeyState.text(
        versions.stream().map(Version::toString).collect(Collectors.toList()),
        uploads.stream().map(Upload::toString).collect(Collectors.toList()));
  }
}
