package io.coffer.service;

import io.coffer.auth.Credentials;
import io.coffer.model.CommonError;
import io.coffer.model.QueryOperation;
import io.coffer.model.S3Error;
import io.coffer.model.s3.Operation;
import io.coffer.service.explain.Explanations;
import io.coffer.service.iam.IamOperations;
import io.coffer.service.identity.Sealing;
import io.coffer.service.operations.Operations;
import io.coffer.service.sts.SessionCredentials;
import io.coffer.service.sts.StsOperations;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The service layer: every operation that is built, over one storage. Thread-safe. The storage
 * stays the caller's, to be closed after this. To make one throws {@link
 * io.coffer.service.identity.WrongSealKey} when the secrets in the storage were sealed with another
 * key than those of the settings; nothing is changed then.
 */
public final class Service implements AutoCloseable {
  private final Subjects subjects;
  private final Map<Operation, Handler<?, ?>> handlers;
  private final Map<QueryOperation, Handler<?, ?>> queryHandlers = new HashMap<>();
  private final Scrub scrub;
  private final Scrubber scrubber;

  /** Without a check in the background. */
  public Service(Storage storage, Environment environment, ServiceSettings settings) {
    this(storage, environment, settings, ScrubSettings.OFF);
  }

  public Service(
      Storage storage,
      Environment environment,
      ServiceSettings settings,
      ScrubSettings scrubSettings) {
    subjects = Subjects.over(storage, environment, settings);
    subjects.sealing().bringUpToDate();
    handlers = Operations.of(subjects);
    queryHandlers.putAll(IamOperations.of(subjects));
    queryHandlers.putAll(StsOperations.of(subjects));
    var ending = new CountDownLatch(1);
    var pace = Pace.of(scrubSettings, () -> ending.getCount() == 0);
    scrub =
        new Scrub(storage, subjects.transactions(), environment, scrubSettings.interval(), pace);
    scrubber = new Scrubber(scrub, ending);
    scrub.recall();
    subjects.collector().start();
    if (scrubSettings.bytesPerSecond() > 0) {
      scrubber.start();
    }
  }

  /** Whether the operation is built; the rest answers 501. */
  public boolean supports(Operation operation) {
    return handlers.containsKey(operation);
  }

  /**
   * Runs an operation.
   *
   * @param request a record of {@code operation.input()}
   * @return a record of {@code operation.output()}; a body in it is the caller's to close
   * @throws io.coffer.model.S3Exception the operation is refused
   * @throws IOException the client went away
   */
  public Object call(Operation operation, Object request, Context context) throws IOException {
    var handler = handlers.get(operation);
    if (handler == null) {
      throw S3Error.NOT_IMPLEMENTED.exception();
    }
    subjects.keyUse().note(context.caller(), "s3");
    try {
      return handle(handler, request, context);
    } catch (StorageException e) {
      throw StorageErrors.translate(e);
    }
  }

  /** Whether an operation of IAM or STS is built; the rest answers 501. */
  public boolean supports(QueryOperation operation) {
    return queryHandlers.containsKey(operation);
  }

  /**
   * Runs an operation of IAM or STS.
   *
   * @param request a record of {@code operation.input()}
   * @return a record of {@code operation.output()}
   * @throws io.coffer.model.QueryException the operation is refused
   * @throws io.coffer.model.S3Exception storage cannot do it, as for S3
   */
  public Object call(QueryOperation operation, Object request, Context context) throws IOException {
    var handler = queryHandlers.get(operation);
    if (handler == null) {
      throw CommonError.NOT_IMPLEMENTED.exception(operation.modelName() + " is not implemented.");
    }
    boolean isIam = operation instanceof io.coffer.model.iam.Operation;
    subjects.keyUse().note(context.caller(), isIam ? "iam" : "sts");
    try {
      return handle(handler, request, context);
    } catch (StorageException e) {
      throw StorageErrors.translate(e);
    }
  }

  @SuppressWarnings("unchecked") // the table of operations pairs each with a handler of its shapes
  private static <I> Object handle(Handler<I, ?> handler, Object request, Context context)
      throws IOException {
    return handler.handle((I) request, context);
  }

  /** All keys that are good, permanent ones and those of sessions. */
  public Credentials credentials() {
    return new SessionCredentials(subjects.accounts(), subjects.tokens());
  }

  public Accounts accounts() {
    return subjects.accounts();
  }

  /** What accounts say of all their buckets. */
  public AccountAccess accountAccess() {
    return subjects.accountAccess();
  }

  /** Why somebody may do something, or not. */
  public Explanations explanations() {
    return new Explanations(subjects);
  }

  /**
   * The id of the server key with which the secrets in a storage are sealed; empty for none yet.
   */
  public static Optional<String> sealKeyOf(Storage storage) {
    return Sealing.keyOf(storage, Paths.ACCOUNTS);
  }

  /**
   * Seals all secrets with the newest of the server's keys, after these were changed.
   *
   * @return false when the disk is full, so that the older keys are still needed
   * @throws io.coffer.service.identity.WrongSealKey a key is missing; nothing was changed
   */
  public boolean sealAnew() {
    return subjects.sealing().bringUpToDate();
  }

  /** Does the background work of an environment without threads: all that is due, and at once. */
  public void settle() {
    subjects.collector().settle();
    subjects.keyUse().settle();
  }

  /** What was done since the start, for metrics. */
  public Figures figures() {
    var collector = subjects.collector();
    return new Figures(
        subjects.reads().damaged().count(),
        collector.backlog(),
        collector.removedRows(),
        collector.releasedBlobs(),
        scrub.figures());
  }

  /** Ends the background work. Idempotent. */
  @Override
  public void close() {
    scrubber.close();
    subjects.keyUse().close();
    subjects.collector().close();
  }
}
