package io.coffer.api;

import io.coffer.api.limits.LimitSettings;
import io.coffer.auth.Account;
import io.coffer.auth.Authenticator;
import io.coffer.auth.Credential;
import io.coffer.auth.PostPolicy;
import io.coffer.auth.Signer;
import io.coffer.auth.SigningHosts;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.service.Environment;
import io.coffer.service.Service;
import io.coffer.service.ServiceSettings;
import io.coffer.storage.Storage;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The API over a service in memory, and short ways to ask it. */
final class TestApi implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final Account ACCOUNT =
      new Account("111111111111", "main", "Main", "main@example.com", "canonical");
  static final Credential CREDENTIAL = new Credential("AKIDEXAMPLE", "secret", ACCOUNT);

  private static final MetricsSource METRICS =
      new MetricsSource() {
        @Override
        public String contentType() {
          return "text/plain; version=0.0.4";
        }

        @Override
        public byte[] page() {
          return "figures 1\n".getBytes(StandardCharsets.UTF_8);
        }
      };

  final List<AccessEntry> log = new ArrayList<>();
  final Environment environment = Environment.system();
  private final Storage storage = MemoryStorage.create();
  private final Service service = new Service(storage, environment, new ServiceSettings(REGION));
  private final Signer signer =
      new Signer(CREDENTIAL.accessKeyId(), CREDENTIAL.secretAccessKey(), REGION);
  final S3Api api;
  Optional<String> problem = Optional.empty();

  TestApi() {
    this(Function.identity());
  }

  /** With something between API and service. */
  TestApi(Function<Operations, Operations> between) {
    this(between, Duration.ofMinutes(10));
  }

  /**
   * @param patience how long operations may take before their answer begins; unless a test is about
   *     it, longer than any pause of the machine
   */
  TestApi(Function<Operations, Operations> between, Duration patience) {
    this(between, ApiSettings.defaults().withPatience(patience));
  }

  /** With limits. */
  TestApi(Function<Operations, Operations> between, LimitSettings limits) {
    this(between, ApiSettings.defaults().withPatience(Duration.ofMinutes(10)).withLimits(limits));
  }

  private TestApi(Function<Operations, Operations> between, ApiSettings settings) {
    service.accounts().declare(ACCOUNT, List.of(CREDENTIAL));
    var accounts = service.accounts();
    var clock = environment.clock();
    api =
        new S3Api(
            new Authenticator(accounts, REGION, clock, SigningHosts.none()),
            new PostPolicy(accounts, REGION, clock),
            between.apply(Operations.of(service)),
            QueryOperations.of(service),
            environment,
            settings.withDomains(List.of("example.com")),
            () -> problem,
            METRICS,
            log::add);
  }

  TestExchange signed(String method, String target, String body, String... headers) {
    return handle(request(method, target, body, headers));
  }

  /** A signed request that is not yet handled. */
  TestExchange request(String method, String target, String body, String... headers) {
    var head =
        signer.sign(
            head(method, target, body, headers),
            Signer.UNSIGNED_PAYLOAD,
            environment.clock().instant());
    return exchange(head, body);
  }

  TestExchange anonymous(String method, String target, String body, String... headers) {
    return send(head(method, target, body, headers), body);
  }

  TestExchange send(RequestHead head, String body) {
    return handle(exchange(head, body));
  }

  private static TestExchange exchange(RequestHead head, String body) {
    return new TestExchange(head, Body.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  TestExchange handle(TestExchange exchange) {
    try {
      api.handle(exchange);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return exchange;
  }

  private static RequestHead head(String method, String target, String body, String... headers) {
    var fields = Headers.builder();
    boolean hasHost = false;
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(headers[i], headers[i + 1]);
      hasHost |= headers[i].equals("Host");
    }
    if (!hasHost) {
      fields.add("Host", "localhost:9000");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    if (length > 0 || method.equals("PUT")) {
      fields.add("Content-Length", Integer.toString(length));
    }
    int question = target.indexOf('?');
    return new RequestHead(
        method,
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        fields.build());
  }

  @Override
  public void close() {
    service.close();
    storage.close();
  }
}
