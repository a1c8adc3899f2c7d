package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code coffer explain} beside a server and without one, and {@code POST /-/explain}. */
class ExplainCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ROOT = "arn:aws:iam::" + CofferServer.ROOT_ID + ":root";
  private static final String OBJECT = "arn:aws:s3:::photos/a";
  private static final String QUESTION =
      """
      {"who": "anonymous", "action": "s3:GetObject", "resource": "arn:aws:s3:::photos/a",
       "conditions": {"aws:SourceIp": "10.0.0.1", "aws:TagKeys": ["a", "b"]}}
      """;

  @TempDir private Path scratch;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path data() {
    return scratch.resolve("data");
  }

  private ServerOptions options() {
    return ServerOptions.inMemory().withDirectory(data());
  }

  @BeforeEach
  void makeStore() {
    try (var server = CofferServer.start(options())) {
      assertEquals(200, Client.of(server).send("PUT", "/photos", "").status());
    }
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Coffer.run(arguments, Map.of(), new PrintWriter(out), new PrintWriter(err));
  }

  private int explain(String who, String action, String resource) {
    return run(
        "explain",
        data().toString(),
        "--who",
        who,
        "--action",
        action,
        "--resource",
        resource,
        "--condition",
        "aws:SourceIp=10.0.0.1",
        "--json");
  }

  private void checkAnswers() {
    assertEquals(0, explain(ROOT, "s3:GetObject", OBJECT), err.toString());
    var allowed = JSON.readTree(out.toString());
    assertTrue(allowed.path("allowed").asBoolean());
    assertEquals(ROOT, allowed.path("who").asString());
    assertEquals(1, explain("anonymous", "s3:GetObject", OBJECT), err.toString());
    assertFalse(JSON.readTree(out.toString()).path("allowed").asBoolean(true));
    assertEquals(2, explain("anonymous", "s3:GetObject", "arn:aws:s3:::none/a"));
    assertTrue(err.toString().contains("no bucket none"), err.toString());
  }

  @Test
  void withoutAServerItOpensTheStoreItself() {
    checkAnswers();
  }

  @Test
  void aServerThatRunsIsAsked() {
    try (var server = CofferServer.start(options())) {
      assertEquals(200, Client.of(server).send("GET", "/photos", "").status());
      checkAnswers();
    }
  }

  @Test
  void whatIsLeftOutOrMalformedIsWrongUse() {
    var directory = data().toString();
    assertEquals(2, run("explain", directory, "--who", "anonymous"));
    assertTrue(err.toString().contains("--action"), err.toString());
    assertEquals(
        2,
        run(
            "explain",
            directory,
            "--who",
            "anonymous",
            "--action",
            "s3:GetObject",
            "--resource",
            OBJECT,
            "--condition",
            "here"));
    assertTrue(err.toString().contains("KEY=VALUE"), err.toString());
    assertEquals(
        2,
        run(
            "explain",
            scratch.toString(),
            "--who",
            "anonymous",
            "--action",
            "s3:GetObject",
            "--resource",
            OBJECT));
    assertEquals(0, run("explain", "--help"));
    assertTrue(out.toString().contains("coffer explain ./data --who anonymous"), out.toString());
  }

  @Test
  void theEndpointAnswersTheRootOfTheAccount() {
    try (var server = CofferServer.start(options())) {
      var client = Client.of(server);
      var answer = client.send("POST", "/-/explain", QUESTION);
      assertEquals(200, answer.status(), answer.body());
      var told = JSON.readTree(answer.body());
      assertFalse(told.path("allowed").asBoolean(true));
      assertTrue(told.path("summary").asString().startsWith("Denied"), answer.body());
      assertTrue(told.path("policy").isNull());
      assertEquals(400, client.send("POST", "/-/explain", "{").status());
      assertEquals(400, client.send("POST", "/-/explain", "[]").status());
      assertEquals(400, client.send("POST", "/-/explain", QUESTION.replace("/a", "")).status());
      var large = client.send("POST", "/-/explain", " ".repeat((64 << 10) + 1));
      assertTrue(large.body().contains("MaxMessageLengthExceeded"), large.body());
      assertEquals(405, client.send("GET", "/-/explain", "").status());
    }
  }

  @Test
  void theEndpointRefusesNobodyAndOtherAccounts() throws Exception {
    try (var server = CofferServer.start(options());
        var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/-/explain");
      var request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("{"));
      var refused = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(403, refused.statusCode());
      assertTrue(refused.body().contains("AccessDenied"), refused.body());
      assertEquals(0, run("account", "create", data().toString(), "other", "--json"));
      var made = JSON.readTree(out.toString());
      var other =
          new Client(
              server.address(),
              made.path("accessKeyId").asString(),
              made.path("secretAccessKey").asString(),
              "us-east-1");
      assertEquals(403, other.send("POST", "/-/explain", QUESTION).status());
    }
  }
}
