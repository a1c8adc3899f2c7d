package io.coffer.bench;

import io.coffer.auth.Signer;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** The requests of {@code bench/full}; all are checked. Thread-safe. */
final class FullClient {
  private static final int CONNECTIONS = 16;
  private static final int DELETED_TOGETHER = 1_000;
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");

  private final Endpoint endpoint;
  private final RequestFactory requests;
  private final Content content = new Content(2);

  FullClient(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.requests = new RequestFactory(endpoint, "us-east-1", InstantSource.system());
  }

  void expect(int status, String method, String path, String query) throws IOException {
    try (var caller = caller()) {
      expect(status, caller, requests.bare(method, path, query));
    }
  }

  /** Begins a multipart upload with one part, and says its id for a query. */
  String beginUpload(String key, long bytes) throws IOException {
    try (var caller = caller()) {
      var answer = expect(200, caller, requests.bare("POST", path(key), "uploads="));
      var id = UPLOAD_ID.matcher(answer.text());
      if (!id.find()) {
        throw new IOException("no upload id in " + answer.text());
      }
      var upload = URLEncoder.encode(id.group(1), StandardCharsets.UTF_8).replace("+", "%20");
      var query = "partNumber=1&uploadId=" + upload;
      var part = new Slice(0, bytes);
      expect(200, caller, requests.put(path(key), query, Map.of(), Signer.UNSIGNED_PAYLOAD, part));
      return upload;
    }
  }

  void putAll(List<String> keys, long bytes) throws IOException, InterruptedException {
    each(keys, (caller, key) -> expect(200, caller, putRequest(key, bytes, Map.of())));
  }

  void deleteAll(List<String> keys) throws IOException, InterruptedException {
    each(keys, (caller, key) -> expect(204, caller, requests.bare("DELETE", path(key), "")));
  }

  void deleteTogether(List<String> keys) throws IOException {
    try (var caller = caller()) {
      for (int from = 0; from < keys.size(); from += DELETED_TOGETHER) {
        var xml = new StringBuilder("<Delete><Quiet>true</Quiet>");
        keys.subList(from, Math.min(keys.size(), from + DELETED_TOGETHER))
            .forEach(key -> xml.append("<Object><Key>").append(key).append("</Key></Object>"));
        var request = requests.withText("POST", "/full", "delete=", xml.append("</Delete>") + "");
        var answer = expect(200, caller, request);
        if (answer.text().contains("<Error>")) {
          throw new IOException("DeleteObjects answered " + answer.text());
        }
      }
    }
  }

  /** Puts prefix/first and so on until there is no room; says how many there are. */
  int putUntilRefused(String prefix, int first, long bytes) throws IOException {
    int count = first;
    while (put(prefix + "/" + count, bytes)) {
      count++;
    }
    return count;
  }

  /** False when there is no room. */
  boolean put(String key, long bytes) throws IOException {
    try (var caller = caller()) {
      var answer = caller.call(putRequest(key, bytes, Map.of()), Caller.SHORT_TEXT);
      if (answer.status() == 507 && answer.text().contains("<Code>InsufficientStorage</Code>")) {
        return false;
      }
      if (answer.status() != 200) {
        throw new IOException("PUT " + key + " was answered " + answer);
      }
      return true;
    }
  }

  /** The status of a delete where there may be no room to write it down: 204, 507 or 503. */
  int delete(String key) throws IOException {
    try (var caller = caller()) {
      var answer = caller.call(requests.bare("DELETE", path(key), ""), Caller.SHORT_TEXT);
      if (answer.status() != 204 && answer.status() != 507 && answer.status() != 503) {
        throw new IOException("DELETE " + key + " was answered " + answer);
      }
      return answer.status();
    }
  }

  /** A client that waits for 100 Continue gets its 507 instead, and sends no body. */
  void expectRefusalBeforeBody(long bytes) throws IOException {
    var request = putRequest("refused", bytes, Map.of("Expect", "100-continue"));
    try (var socket = new Socket(endpoint.host(), endpoint.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.head());
      var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      if (!line.equals("HTTP/1.1 507")) {
        throw new IOException("a client that waited for 100 Continue got " + line);
      }
    }
  }

  /** Reads an object and compares all its bytes. */
  void check(String key, long bytes) throws IOException {
    try (var caller = caller()) {
      var answer = expect(200, caller, requests.bare("GET", path(key), ""));
      if (answer.length() != bytes || !answer.sha256().equals(content.sha256(bytes))) {
        throw new IOException(key + " is not what was written");
      }
    }
  }

  /** How many objects the bucket lists. */
  int count() throws IOException {
    try (var caller = caller()) {
      return Listed.OBJECTS.all(caller, requests, "/full", "", 1_000).size();
    }
  }

  /** What the server says of its readiness. */
  Answer health() throws IOException {
    try (var caller = caller()) {
      return caller.call(requests.bare("GET", "/-/health/ready", ""), Caller.SHORT_TEXT);
    }
  }

  private Request putRequest(String key, long bytes, Map<String, String> headers) {
    return requests.put(path(key), "", headers, Signer.UNSIGNED_PAYLOAD, new Slice(0, bytes));
  }

  /** What is done for one key. */
  @FunctionalInterface
  private interface Step {
    void run(Caller caller, String key) throws IOException;
  }

  private void each(List<String> keys, Step step) throws IOException, InterruptedException {
    var tasks = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < CONNECTIONS; i++) {
      int first = i;
      tasks.add(
          () -> {
            try (var caller = caller()) {
              for (int k = first; k < keys.size(); k += CONNECTIONS) {
                step.run(caller, keys.get(k));
              }
            }
            return true;
          });
    }
    try (var workers = new Workers(CONNECTIONS)) {
      workers.all(tasks);
    }
  }

  private static Answer expect(int status, Caller caller, Request request) throws IOException {
    var answer = caller.call(request, Caller.SHORT_TEXT);
    if (answer.status() != status) {
      var line = new String(request.head(), StandardCharsets.ISO_8859_1).lines().findFirst();
      throw new IOException(line.orElse("") + " was answered " + answer + ", not " + status);
    }
    return answer;
  }

  private Caller caller() {
    return new Caller(endpoint, content);
  }

  private static String path(String key) {
    return "/full/" + key;
  }
}
