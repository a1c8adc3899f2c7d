package io.coffer.bench;

import io.coffer.auth.Signer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bucket made for one run; the calls that prepare it and clean up. Not thread-safe. */
final class Bucket implements Closeable {
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private final Endpoint endpoint;
  private final RequestFactory requests;
  private final Content content;
  private final String path;
  private @Nullable Connection connection;

  Bucket(Endpoint endpoint, RequestFactory requests, Content content, String name) {
    this.endpoint = endpoint;
    this.requests = requests;
    this.content = content;
    this.path = "/" + name;
  }

  /** The path of an object; keys are of letters, digits, slashes and hyphens. */
  String path(String key) {
    return path + "/" + key;
  }

  String path() {
    return path;
  }

  void create() throws IOException {
    call(requests.bare("PUT", path, ""));
  }

  void remove() throws IOException {
    call(requests.bare("DELETE", path, ""));
  }

  void put(String key, long length) throws IOException {
    call(requests.withBody("PUT", path(key), "", Signer.UNSIGNED_PAYLOAD, 0, length));
  }

  void delete(String key) throws IOException {
    call(requests.bare("DELETE", path(key), ""));
  }

  /** Begins a multipart upload and says its id, percent-encoded. */
  String createUpload(String key) throws IOException {
    var matcher = UPLOAD_ID.matcher(call(requests.bare("POST", path(key), "uploads=")).body());
    if (!matcher.find()) {
      throw new IOException(endpoint + ": CreateMultipartUpload answered without an upload id");
    }
    return URLEncoder.encode(matcher.group(1), StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Uploads bytes of the content as a part and says its ETag. */
  String putPart(String key, String uploadId, int number, long offset, long length)
      throws IOException {
    String query = "partNumber=" + number + "&uploadId=" + uploadId;
    var request =
        requests.withBody("PUT", path(key), query, Signer.UNSIGNED_PAYLOAD, offset, length);
    String etag = call(request).head().header("etag");
    if (etag == null) {
      throw new IOException(endpoint + ": UploadPart answered without an ETag");
    }
    return etag;
  }

  void completeUpload(String key, String uploadId, List<String> etags) throws IOException {
    var xml = new StringBuilder("<CompleteMultipartUpload>");
    for (int i = 0; i < etags.size(); i++) {
      xml.append("<Part><PartNumber>").append(i + 1).append("</PartNumber><ETag>");
      xml.append(etags.get(i)).append("</ETag></Part>");
    }
    xml.append("</CompleteMultipartUpload>");
    String query = "uploadId=" + uploadId;
    Answer answer = call(requests.withText("POST", path(key), query, xml.toString()));
    // S3 may have said 200 before it knew that it would fail.
    if (!answer.body().contains("CompleteMultipartUploadResult")) {
      throw new IOException(endpoint + ": CompleteMultipartUpload answered " + answer.body());
    }
  }

  /**
   * Downloads an object and compares it with the content.
   *
   * @throws IOException also if it differs
   */
  void check(String key, long length) throws IOException {
    long[] at = {0};
    Request request = requests.bare("GET", path(key), "");
    ResponseHead head =
        open()
            .exchange(
                request,
                bytes -> {
                  if (at[0] + bytes.remaining() <= length && !content.matches(at[0], bytes)) {
                    throw new IOException(key + " differs within 256 KiB of byte " + at[0]);
                  }
                  at[0] += bytes.remaining();
                });
    if (!head.succeeded() || at[0] != length) {
      throw new IOException(
          "GET %s answered %d and %d of %d bytes".formatted(key, head.status(), at[0], length));
    }
  }

  private record Answer(ResponseHead head, String body) {}

  /**
   * @throws IOException also if the answer is not 2xx
   */
  private Answer call(Request request) throws IOException {
    var body = new StringBuilder();
    ResponseHead head =
        open().exchange(request, bytes -> body.append(StandardCharsets.UTF_8.decode(bytes)));
    if (head.closes()) {
      close();
    }
    if (!head.succeeded()) {
      String what = new String(request.head(), StandardCharsets.ISO_8859_1);
      throw new IOException(
          endpoint
              + ": "
              + what.lines().findFirst().orElse("")
              + ": "
              + head.status()
              + " "
              + body);
    }
    return new Answer(head, body.toString());
  }

  private Connection open() throws IOException {
    if (connection == null) {
      connection = Connection.open(endpoint.address(), content);
    }
    return connection;
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
