package io.coffer.bench;

import io.coffer.auth.Signer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The steps that change one key: the requests, and what they make of its state. */
final class Steps {
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private final RequestFactory requests;
  private final Content content;
  private final Random random;
  private final Versioning versioning;
  private final String path;
  private final KeyState state;

  /**
   * @param state of the key before any of these steps
   */
  Steps(
      RequestFactory requests,
      Content content,
      Random random,
      Versioning versioning,
      String path,
      KeyState state) {
    this.requests = requests;
    this.content = content;
    this.random = random;
    this.versioning = versioning;
    this.path = path;
    this.state = state;
  }

  /**
   * PutObject.
   *
   * @param condition a header that must hold, or none
   */
  Step put(String name, Slice slice, long tag, Map<String, String> condition) {
    var payload = Payload.of(content, slice, tag);
    return new Step(
        name,
        path,
        putRequest("", slice, payload, tagged(tag, condition)),
        Caller.SHORT_TEXT,
        state.put(versioning, null, payload),
        answer -> {
          Step.expectStatus(answer, 200);
          Step.expect("ETag", payload.fingerprint().eTag(), answer.eTag(), answer);
          return state.put(versioning, versionId(answer), payload);
        });
  }

  /** A PutObject whose condition does not hold. */
  Step refusedPut(String name, Slice slice, long tag, Map<String, String> condition, int status) {
    var payload = Payload.of(content, slice, tag);
    var request = putRequest("", slice, payload, tagged(tag, condition));
    return unchanged(name, request, answer -> Step.expectStatus(answer, status));
  }

  /**
   * CopyObject.
   *
   * @param versionId of the source, or null for its current version
   */
  Step copy(String sourcePath, @Nullable String versionId, Payload source, long tag) {
    var copy = source.copy(content, tag);
    var query = versionId == null ? "" : "?versionId=" + Listed.encode(versionId);
    var headers =
        Map.of("x-amz-copy-source", sourcePath + query, "x-amz-metadata-directive", "REPLACE");
    return new Step(
        "copy",
        path,
        requests.bare("PUT", path, "", tagged(tag, headers)),
        Caller.SHORT_TEXT,
        state.put(versioning, null, copy),
        answer -> {
          Step.expectStatus(answer, 200);
          expectText(answer, "<CopyObjectResult", copy.fingerprint().eTag());
          return state.put(versioning, versionId(answer), copy);
        });
  }

  /** DeleteObject without a version. */
  Step delete() {
    return new Step(
        "delete",
        path,
        requests.bare("DELETE", path, ""),
        Caller.SHORT_TEXT,
        state.delete(versioning, null),
        answer -> {
          Step.expectStatus(answer, 204);
          return state.delete(
              versioning, versioning == Versioning.NEVER ? null : versionId(answer));
        });
  }

  /** DeleteObject of one version. */
  Step deleteVersion(String id) {
    var request = requests.bare("DELETE", path, "versionId=" + Listed.encode(id));
    return certain("delete version", request, 204, state.deleteVersion(id));
  }

  Step createUpload(long tag) {
    return new Step(
        "create upload",
        path,
        requests.bare("POST", path, "uploads=", tagged(tag, Map.of())),
        Caller.SHORT_TEXT,
        state.createUpload(null, tag),
        answer -> {
          Step.expectStatus(answer, 200);
          var id = UPLOAD_ID.matcher(answer.text());
          if (!id.find()) {
            throw new UnexpectedAnswer("expected an upload id; the answer: " + answer.text());
          }
          return state.createUpload(id.group(1), tag);
        });
  }

  Step putPart(String uploadId, int number, Slice slice) {
    var part = Payload.of(content, slice, -1);
    var query = "partNumber=" + number + "&uploadId=" + Listed.encode(uploadId);
    var after = state.putPart(uploadId, number, part);
    return new Step(
        "part",
        path,
        putRequest(query, slice, part, Map.of()),
        Caller.SHORT_TEXT,
        after,
        answer -> {
          Step.expectStatus(answer, 200);
          Step.expect("ETag", part.fingerprint().eTag(), answer.eTag(), answer);
          return after;
        });
  }

  /**
   * CompleteMultipartUpload.
   *
   * @param numbers of the parts that become the object, in ascending order
   */
  Step complete(String uploadId, KeyState.Upload upload, Collection<Integer> numbers) {
    var parts = new TreeMap<>(upload.parts());
    parts.keySet().retainAll(numbers);
    var payload = Payload.ofParts(content, parts.values(), upload.tag());
    var xml = new StringBuilder("<CompleteMultipartUpload>");
    parts.forEach(
        (number, part) ->
            xml.append(
                "<Part><PartNumber>%d</PartNumber><ETag>\"%s\"</ETag></Part>"
                    .formatted(number, part.fingerprint().eTag())));
    var query = "uploadId=" + Listed.encode(uploadId);
    var ended = state.endUpload(uploadId);
    return new Step(
        "complete",
        path,
        requests.withText("POST", path, query, xml + "</CompleteMultipartUpload>"),
        Caller.SHORT_TEXT,
        ended.put(versioning, null, payload),
        answer -> {
          Step.expectStatus(answer, 200);
          // S3 may have said 200 before it knew that it would fail.
          expectText(answer, "<CompleteMultipartUploadResult", payload.fingerprint().eTag());
          return ended.put(versioning, versionId(answer), payload);
        });
  }

  Step abort(String uploadId) {
    var request = requests.bare("DELETE", path, "uploadId=" + Listed.encode(uploadId));
    return certain("abort", request, 204, state.endUpload(uploadId));
  }

  /** GetObject: it is exactly what it should be, also while others write. */
  Step get() {
    var live = state.live();
    var expected = live == null || live.object() == null ? null : live.object().fingerprint();
    return unchanged(
        "get",
        requests.bare("GET", path, ""),
        answer -> {
          Step.expectStatus(answer, expected == null ? 404 : 200);
          if (expected != null) {
            Step.expect("object", expected, answer.fingerprint(), answer);
          }
        });
  }

  /** What an answer has to be. */
  @FunctionalInterface
  private interface Demand {
    void check(Answer answer) throws UnexpectedAnswer;
  }

  private Step unchanged(String name, Request request, Demand demand) {
    return new Step(
        name,
        path,
        request,
        Caller.SHORT_TEXT,
        state,
        answer -> {
          demand.check(answer);
          return state;
        });
  }

  /** A step whose answer says nothing that was not known. */
  private Step certain(String name, Request request, int status, KeyState after) {
    return new Step(
        name,
        path,
        request,
        Caller.SHORT_TEXT,
        after,
        answer -> {
          Step.expectStatus(answer, status);
          return after;
        });
  }

  private Request putRequest(
      String query, Slice slice, Payload payload, Map<String, String> headers) {
    var hash = random.nextBoolean() ? payload.fingerprint().sha256() : Signer.UNSIGNED_PAYLOAD;
    return requests.put(path, query, headers, hash, slice);
  }

  private static Map<String, String> tagged(long tag, Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put(Fingerprint.TAG_HEADER, Long.toString(tag));
    return headers;
  }

  /** The id of a version just made; where versions have none of their own, it is not told. */
  private @Nullable String versionId(Answer answer) throws UnexpectedAnswer {
    var id = answer.head().header("x-amz-version-id");
    boolean ofItsOwn = id != null && !id.equals(KeyState.NULL_ID);
    if (ofItsOwn != (versioning == Versioning.ENABLED)) {
      throw new UnexpectedAnswer("versioning is %s, the version's id %s".formatted(versioning, id));
    }
    return id;
  }

  private static void expectText(Answer answer, String... texts) throws UnexpectedAnswer {
    for (var text : texts) {
      if (!answer.text().contains(text)) {
        throw new UnexpectedAnswer("expected %s in: %s".formatted(text, answer.text()));
      }
    }
  }
}
