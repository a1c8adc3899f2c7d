package io.coffer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what a server has under a key: every version whole, every part of every upload. */
final class KeyReader {
  private static final int PARTS_OF_A_PAGE = 2;

  private final Caller caller;
  private final RequestFactory requests;
  private final Inventory inventory;
  private final List<String> complaints = new ArrayList<>();
  private int objects;

  /**
   * @param inventory of the same server, while nobody writes
   */
  KeyReader(Caller caller, RequestFactory requests, Inventory inventory) {
    this.caller = caller;
    this.requests = requests;
    this.inventory = inventory;
  }

  /** What listings and answers say differently. */
  List<String> complaints() {
    return complaints;
  }

  /** How many objects were read, byte by byte. */
  int objects() {
    return objects;
  }

  FoundKey read(String path) throws IOException {
    var versions = new ArrayList<FoundKey.Version>();
    for (var entry : inventory.versions().getOrDefault(path, List.of())) {
      versions.add(readVersion(path, entry));
    }
    if (versions.isEmpty() || versions.getFirst().object() == null) {
      var answer = get(path, "");
      if (answer.status() != 404) {
        complaints.add(path + " is not listed, but GET is answered " + answer);
      }
    }
    var uploads = new ArrayList<FoundKey.Upload>();
    for (var entry : inventory.uploads().getOrDefault(path, List.of())) {
      var id = entry.get("UploadId");
      uploads.add(new FoundKey.Upload(id, readParts(path, id)));
    }
    return new FoundKey(versions, uploads);
  }

  private FoundKey.Version readVersion(String path, ListingPage.Entry entry) throws IOException {
    var id = entry.get("VersionId");
    if (entry.kind().equals("DeleteMarker")) {
      return new FoundKey.Version(id, null);
    }
    boolean latest = entry.get("IsLatest").equals("true");
    var answer = get(path, latest ? "" : "versionId=" + Listed.encode(id));
    objects++;
    var found = answer.fingerprint();
    var told = answer.head().header("x-amz-version-id");
    boolean sameAsListed =
        found.eTag().equals(entry.get("ETag")) && found.length() == entry.number("Size");
    if (answer.status() == 200 && (!sameAsListed || told != null && !Objects.equals(told, id))) {
      complaints.add(
          "%s is listed as %s, but GET is answered with version %s: %s"
              .formatted(path, entry, told, found));
    }
    return new FoundKey.Version(id, found);
  }

  private Answer get(String path, String query) throws IOException {
    return caller.call(requests.bare("GET", path, query), Caller.SHORT_TEXT);
  }

  private SortedMap<Integer, FoundKey.Part> readParts(String path, String uploadId)
      throws IOException {
    var parts = new TreeMap<Integer, FoundKey.Part>();
    var query = "uploadId=" + Listed.encode(uploadId);
    for (var entry : Listed.PARTS.all(caller, requests, path, query, PARTS_OF_A_PAGE)) {
      parts.put(
          (int) entry.number("PartNumber"),
          new FoundKey.Part(entry.number("Size"), entry.get("ETag")));
    }
    return parts;
  }
}
