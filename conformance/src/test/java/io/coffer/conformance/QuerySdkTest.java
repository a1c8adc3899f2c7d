package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.ApiSettings;
import io.coffer.api.Operations;
import io.coffer.api.QueryOperations;
import io.coffer.api.S3Api;
import io.coffer.api.transport.HttpServer;
import io.coffer.api.transport.TransportSettings;
import io.coffer.auth.Account;
import io.coffer.auth.Authenticator;
import io.coffer.auth.Credential;
import io.coffer.auth.PostPolicy;
import io.coffer.auth.SigningHosts;
import io.coffer.model.QueryOperation;
import io.coffer.model.Shape;
import io.coffer.model.s3.Operation;
import io.coffer.service.Context;
import io.coffer.service.Environment;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

/** IAM and STS, through the SDK: what a server answers, and how each request and answer is read. */
class QuerySdkTest {
  private static final Credential KEY =
      new Credential(
          "AKIAIOSFODNN7EXAMPLE", "secret", new Account("123456789012", "a", "A", "", "c"));

  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(KEY.accessKeyId(), KEY.secretAccessKey()));

  private static IamClient iam(URI endpoint, AwsCredentialsProvider credentials) {
    return IamClient.builder()
        .endpointOverride(endpoint)
        .region(Region.AWS_GLOBAL)
        .credentialsProvider(credentials)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private static StsClient sts(URI endpoint, AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  private static void refuses(int status, String code, Runnable action) {
    var error = assertThrows(AwsServiceException.class, action::run);
    assertEquals(code, error.awsErrorDetails().errorCode());
    assertEquals(status, error.statusCode());
    assertTrue(error.requestId().matches("[0-9A-F]{16}"), error.requestId());
  }

  @Test
  void aServerSaysWhoItsCallerIs() {
    try (var server = S3Server.start(null);
        var sts = sts(server.endpoint(), server.credentials())) {
      var identity = sts.getCallerIdentity();
      assertEquals(identity.account(), identity.userId());
      assertEquals("arn:aws:iam::" + identity.account() + ":root", identity.arn());
    }
  }

  @Test
  void whomAServerDoesNotKnowIsRefused() {
    try (var server = S3Server.start(null);
        var stranger = sts(server.endpoint(), CREDENTIALS);
        var nobody = sts(server.endpoint(), AnonymousCredentialsProvider.create())) {
      refuses(403, "InvalidClientTokenId", stranger::getCallerIdentity);
      refuses(403, "MissingAuthenticationToken", nobody::getCallerIdentity);
      var id = server.credentials().resolveCredentials().accessKeyId();
      var wrong = StaticCredentialsProvider.create(AwsBasicCredentials.create(id, "wrong"));
      try (var forger = iam(server.endpoint(), wrong)) {
        refuses(403, "SignatureDoesNotMatch", forger::listUsers);
      }
    }
  }

  /** Answers whatever the test wants, and keeps what was asked. */
  private static final class Echo implements QueryOperations {
    private final AtomicReference<Object> answer = new AtomicReference<>("");
    private final AtomicReference<Object> asked = new AtomicReference<>("");

    @Override
    public boolean supports(QueryOperation operation) {
      return true;
    }

    @Override
    public Object call(QueryOperation operation, Object request, Context context) {
      asked.set(request);
      return answer.get();
    }
  }

  private static final class NoS3 implements Operations {
    @Override
    public boolean supports(Operation operation) {
      return false;
    }

    @Override
    public Object call(Operation operation, Object request, Context context) {
      throw new IllegalStateException("nothing is supported");
    }
  }

  private static HttpServer listen(Echo echo) throws IOException {
    var environment = Environment.system();
    var clock = environment.clock();
    var api =
        new S3Api(
            new Authenticator(id -> KEY, "eu-central-1", clock, SigningHosts.none()),
            new PostPolicy(id -> KEY, "eu-central-1", clock),
            new NoS3(),
            echo,
            environment,
            ApiSettings.defaults(),
            Optional::empty,
            null,
            entry -> {});
    var address = new InetSocketAddress("127.0.0.1", 0);
    return HttpServer.start(TransportSettings.defaults(address), api, api);
  }

  @Test
  void everyRequestOfTheSdkIsReadAndEveryAnswerUnderstood() throws IOException {
    long seed = System.nanoTime();
    var values = new QueryValues(new Random(seed));
    var echo = new Echo();
    try (var server = listen(echo)) {
      var endpoint = URI.create("http://127.0.0.1:" + server.address().getPort());
      try (var iam = iam(endpoint, CREDENTIALS);
          var sts = sts(endpoint, CREDENTIALS)) {
        var iamOperations = List.of(io.coffer.model.iam.Operation.values());
        var stsOperations = List.of(io.coffer.model.sts.Operation.values());
        var unknown = exchange(iam, IamClient.class, iamOperations, echo, values, seed);
        unknown.addAll(exchange(sts, StsClient.class, stsOperations, echo, values, seed));
        int all = iamOperations.size() + stsOperations.size();
        assertTrue(unknown.size() < all / 8, () -> "the SDK lacks " + unknown);
      }
    }
  }

  /** Gives the names of the operations that the SDK lacks. */
  private static List<String> exchange(
      Object client,
      Class<?> type,
      List<? extends QueryOperation> operations,
      Echo echo,
      QueryValues values,
      long seed) {
    var unknown = new ArrayList<String>();
    for (var operation : operations) {
      var method =
          Arrays.stream(type.getMethods())
              .filter(m -> isCall(m, operation.modelName()))
              .findFirst();
      if (method.isEmpty()) {
        unknown.add(operation.modelName());
      } else {
        exchange(client, method.get(), operation, echo, values, seed);
      }
    }
    return unknown;
  }

  private static boolean isCall(Method method, String operation) {
    return method.getName().equalsIgnoreCase(operation)
        && method.getParameterCount() == 1
        && SdkPojo.class.isAssignableFrom(method.getParameterTypes()[0]);
  }

  private static void exchange(
      Object client,
      Method method,
      QueryOperation operation,
      Echo echo,
      QueryValues values,
      long seed) {
    var place = "seed " + seed + ": " + operation.modelName();
    var request = sdk(operation.input(), values, method.getParameterTypes()[0]);
    var response = sdk(operation.output(), values, method.getReturnType());
    echo.answer.set(SdkTwin.fromSdk(operation.output(), response));
    var received = (SdkPojo) invoke(place, method, client, request);
    assertEquals(SdkTwin.fromSdk(operation.input(), request), echo.asked.get(), place);
    assertTrue(
        response.equalsBySdkFields(received),
        () -> place + " was answered " + response + ", which was read as " + received);
  }

  private static <R> SdkPojo sdk(Shape<R> shape, QueryValues values, Class<?> type) {
    var builder = (SdkPojo) invoke(type.getName(), builderOf(type), null);
    return (SdkPojo) SdkTwin.toSdk(shape, values.record(shape), builder);
  }

  private static Method builderOf(Class<?> type) {
    try {
      return type.getMethod("builder");
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static Object invoke(String place, Method method, @Nullable Object on, Object... with) {
    try {
      return Objects.requireNonNull(method.invoke(on, with));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError(place, e.getCause() == null ? e : e.getCause());
    }
  }
}
