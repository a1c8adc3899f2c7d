package io.coffer.api;

import static io.coffer.model.S3Error.NOT_IMPLEMENTED;

import io.coffer.api.limits.Limits;
import io.coffer.api.transport.Exchange;
import io.coffer.api.transport.ExchangeHandler;
import io.coffer.api.transport.Refusal;
import io.coffer.api.transport.RefusalRenderer;
import io.coffer.auth.Authentication;
import io.coffer.auth.Authenticator;
import io.coffer.auth.PostPolicy;
import io.coffer.auth.SigningService;
import io.coffer.model.Headers;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Operation;
import io.coffer.service.Environment;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The S3 API over HTTP: address, route, authenticate, bind, run, answer; IAM and STS at the same
 * endpoint. Thread-safe.
 *
 * <p>Whatever is thrown on the way is answered in one place: refusals as S3's errors, faults of
 * ours as InternalError with the request id in the log; a client that went away gets nothing.
 */
public final class S3Api implements ExchangeHandler, RefusalRenderer {
  private static final System.Logger LOG = System.getLogger(S3Api.class.getName());

  private final Addressing addressing;
  private final Origins origins;
  private final Router router = Router.ofAllOperations();
  private final Binder binder = new Binder();
  private final CommonHeaders commonHeaders = new CommonHeaders();
  private final Admission admission;
  private final Limits limits;
  private final Operations operations;
  private final PostObject postObject;
  private final QueryApi queryApi;
  private final AccountApi accountApi;
  private final ExplainPath explainPath;
  private final HealthPaths healthPaths;
  private final PatientCalls patientCalls;
  private final RequestIds requestIds;
  private final InstantSource clock;
  private final ApiSettings settings;
  private final Consumer<AccessEntry> accessLog;

  /**
   * @param operations of S3
   * @param queryOperations of IAM and STS
   * @param metrics what {@code /-/metrics} shows; null for no such page
   * @param accessLog gets an entry after each request, on the request's thread
   */
  public S3Api(
      Authenticator authenticator,
      PostPolicy postPolicy,
      Operations operations,
      QueryOperations queryOperations,
      Environment environment,
      ApiSettings settings,
      HealthCheck health,
      @Nullable MetricsSource metrics,
      Consumer<AccessEntry> accessLog) {
    this.addressing = new Addressing(settings.domains());
    this.origins = new Origins(settings.trustedPeers());
    this.limits = new Limits(settings.limits());
    this.admission = new Admission(authenticator, postPolicy, limits);
    this.operations = operations;
    this.postObject = new PostObject(admission, operations, binder);
    this.queryApi = new QueryApi(admission, queryOperations);
    this.accountApi = new AccountApi(operations);
    this.explainPath = new ExplainPath(operations);
    this.healthPaths = new HealthPaths(health, metrics);
    this.patientCalls = new PatientCalls(settings.patience());
    this.requestIds = new RequestIds(environment.random());
    this.clock = environment.clock();
    this.settings = settings;
    this.accessLog = accessLog;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    var call =
        new Call(
            exchange,
            origins.of(exchange),
            limits.request(),
            requestIds.next(),
            clock.instant(),
            System.nanoTime());
    try {
      send(call, response(call));
    } finally {
      call.slot().close();
      log(call.entry(System.nanoTime()));
    }
  }

  /** What is left of what may be asked; for metrics. */
  public Limits limits() {
    return limits;
  }

  /** A head that the transport refused has the same shape of answer. */
  @Override
  public Rendered render(Refusal refusal) {
    var id = requestIds.next();
    var own = Headers.builder().add("Content-Type", Response.XML).build();
    return new Rendered(
        commonHeaders.before(own, id, clock.instant()),
        ErrorResponse.document(refusal.code(), refusal.message(), id));
  }

  private void send(Call call, Response response) throws IOException {
    try {
      respond(call, response);
    } catch (S3Exception e) {
      sendInstead(call, e, e);
    } catch (RuntimeException e) {
      sendInstead(call, faulty(call, e), e);
    }
  }

  /** The body failed. When that was before its first bytes, the client can still be told why. */
  private void sendInstead(Call call, S3Exception refusal, RuntimeException cause)
      throws IOException {
    var begun = call.sent();
    try {
      respond(call, refused(call, refusal));
    } catch (RuntimeException e) {
      call.sent(begun);
      e.addSuppressed(cause);
      LOG.log(Level.DEBUG, () -> "The answer of request " + call.id().id() + " broke off", e);
    }
  }

  private void respond(Call call, Response response) throws IOException {
    var headers = commonHeaders.before(response.headers(), call.id(), clock.instant());
    try (var body = new CountingBody(response.body(), call.meter())) {
      call.sent(new Call.Sent(response.status(), body));
      call.exchange().respond(response.status(), headers, body);
    }
  }

  private void log(AccessEntry entry) {
    try {
      accessLog.accept(entry);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "The access log failed", e);
    }
  }

  private Response response(Call call) throws IOException {
    try {
      return run(call);
    } catch (S3Exception e) {
      return refused(call, e);
    } catch (RuntimeException | Error e) {
      return refused(call, faulty(call, e));
    }
  }

  private static Response refused(Call call, S3Exception exception) {
    call.failed(exception.error().code());
    return ErrorResponse.of(exception, call.resource(), call.id(), call.isHead());
  }

  /** Logs a fault of ours, and makes what the client gets to know of it. */
  static S3Exception faulty(Call call, Throwable fault) {
    LOG.log(
        Level.ERROR,
        "Request %s failed: %s %s".formatted(call.id().id(), call.head().method(), call.resource()),
        fault);
    return ErrorResponse.ofFault();
  }

  private Response run(Call call) throws IOException {
    var head = call.head();
    var address = addressing.resolve(head);
    call.isFor(address);
    if (ExplainPath.isOne(address)) {
      return explain(call);
    }
    if (HealthPaths.isOne(address)) {
      return healthPaths.answer(head.method(), address);
    }
    var query = QueryString.parse(head.query());
    if (head.method().equals("OPTIONS")) {
      throw Preflight.refusal(head.headers(), address.target());
    }
    var queryService = QueryApi.service(head, address, query);
    if (queryService != null) {
      return queryApi.answer(call, queryService, isTrusted(call));
    }
    call.asks(SigningService.S3.scopeName());
    call.slot().enter();
    if (AccountApi.isMeant(head)) {
      call.means(AccountApi.name(head.method()));
      return accountApi.answer(call, authenticate(call));
    }
    if (PostObject.isForm(head, address)
        && router.find("POST", address.target(), query, head.headers()) == null) {
      call.means("PostObject");
      return postObject.answer(call, address);
    }
    var operation = router.route(head.method(), address.target(), query, head.headers());
    call.means(operation.modelName());
    return run(call, operation, address, query, authenticate(call));
  }

  private Response explain(Call call) throws IOException {
    ExplainPath.requirePost(call.head().method());
    call.asks(SigningService.S3.scopeName());
    call.means(ExplainPath.NAME);
    call.slot().enter();
    return explainPath.answer(call, authenticate(call));
  }

  private Authentication authenticate(Call call) throws IOException {
    var hosted = addressing.hostedBucket(call.head());
    return admission.authenticate(call, isTrusted(call), hosted);
  }

  private boolean isTrusted(Call call) {
    var peer = call.exchange().remote().getAddress();
    return peer != null && settings.trustedPeers().test(peer);
  }

  private Response run(
      Call call,
      Operation operation,
      Address address,
      QueryString query,
      Authentication authentication)
      throws IOException {
    if (!operations.supports(operation)) {
      throw NOT_IMPLEMENTED.exception(operation.modelName() + " is not implemented.");
    }
    RequestRules.refuseOverridesOfAnonymous(authentication.caller(), query);
    var content = authentication.payload().open(call.body());
    RequestRules.requireLength(operation, call.head().headers());
    var request = binder.bind(new Incoming(operation, address, call.head(), query, content));
    var context = call.context(authentication.caller(), authentication.signature());
    return PatientCalls.isFor(operation)
        ? patientCalls.run(call, operation, () -> operations.call(operation, request, context))
        : Answers.of(operation, operations.call(operation, request, context));
  }
}
