package io.coffer.server;

import io.coffer.api.ApiSettings;
import io.coffer.api.Operations;
import io.coffer.api.S3Api;
import io.coffer.api.transport.HttpServer;
import io.coffer.api.transport.TransportSettings;
import io.coffer.auth.Account;
import io.coffer.auth.Authenticator;
import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.auth.PostPolicy;
import io.coffer.auth.SigningHosts;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutBucketVersioningRequest;
import io.coffer.model.s3.VersioningConfiguration;
import io.coffer.service.Context;
import io.coffer.service.Environment;
import io.coffer.service.Service;
import io.coffer.service.ServiceSettings;
import io.coffer.storage.Storage;
import io.coffer.storage.files.DirectoryUnusable;
import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One server: storage, service, API and transport, wired. Thread-safe. */
public final class CofferServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CofferServer.class.getName());
  private static final String ROOT_ACCOUNT = "000000000001";

  private final ServerOptions options;
  private final Storage storage;
  private final Service service;
  private final RootKey rootKey;
  private final HttpServer http;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private CofferServer(
      ServerOptions options, Storage storage, Service service, RootKey rootKey, HttpServer http) {
    this.options = options;
    this.storage = storage;
    this.service = service;
    this.rootKey = rootKey;
    this.http = http;
  }

  /**
   * Starts a server; when it returns, requests are answered.
   *
   * @throws RuntimeException with one sentence for the operator
   */
  public static CofferServer start(ServerOptions options) {
    var bootstrap = options.bootstrap() == null ? null : Bootstrap.read(options.bootstrap());
    var storage = openStorage(options);
    Service service = null;
    try {
      var rootKey = rootKey(options);
      var environment = Environment.system();
      service = new Service(storage, environment, new ServiceSettings(options.region()));
      declareRoot(service, rootKey);
      if (bootstrap != null) {
        apply(bootstrap, service);
      }
      var http = listen(options, service, environment);
      return new CofferServer(options, storage, service, rootKey, http);
    } catch (RuntimeException e) {
      if (service != null) {
        service.close();
      }
      storage.close();
      throw e;
    }
  }

  private static Storage openStorage(ServerOptions options) {
    if (options.directory() == null) {
      return MemoryStorage.create(Runtime.getRuntime().maxMemory() / 10 * 7);
    }
    try {
      var settings = FilesSettings.defaults().withReserveBytes(options.diskReserve());
      return FilesStorage.open(options.directory(), settings);
    } catch (DirectoryUnusable e) {
      throw UsageException.failed(String.valueOf(e.getMessage()));
    }
  }

  private static RootKey rootKey(ServerOptions options) {
    if (options.directory() == null) {
      return RootKey.inMemory(options.rootAccessKey(), options.rootSecretKey());
    }
    try {
      return RootKey.in(
          options.directory().resolve("secrets"), options.rootAccessKey(), options.rootSecretKey());
    } catch (IOException e) {
      throw UsageException.failed(
          "The root key cannot be kept in the data directory (" + Messages.of(e) + ").");
    }
  }

  private static void declareRoot(Service service, RootKey key) {
    var account = new Account(ROOT_ACCOUNT, "root", "root", "", key.canonicalId());
    service
        .accounts()
        .declare(
            account, List.of(new Credential(key.accessKeyId(), key.secretAccessKey(), account)));
  }

  /** Declares what a bootstrap file names; what is already so stays as it is. */
  private static void apply(Bootstrap bootstrap, Service service) {
    bootstrap.accounts().forEach(a -> service.accounts().declare(a.account(), a.keys()));
    for (var bucket : bootstrap.buckets()) {
      var owner = service.accounts().account(bucket.account());
      var context = new Context(new Caller.Root(owner, "bootstrap"), "bootstrap");
      try {
        service.call(
            Operation.CREATE_BUCKET,
            CreateBucketRequest.builder().bucket(bucket.name()).build(),
            context);
        if (bucket.versioning()) {
          var enabled =
              VersioningConfiguration.builder().status(BucketVersioningStatus.ENABLED).build();
          service.call(
              Operation.PUT_BUCKET_VERSIONING,
              PutBucketVersioningRequest.builder()
                  .bucket(bucket.name())
                  .versioningConfiguration(enabled)
                  .build(),
              context);
        }
      } catch (S3Exception e) {
        throw UsageException.failed(
            "The bucket " + bucket.name() + " of the bootstrap file: " + e.getMessage());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static HttpServer listen(
      ServerOptions options, Service service, Environment environment) {
    var authenticator =
        new Authenticator(
            service.accounts(),
            options.region(),
            environment.clock(),
            new SigningHosts(options.signingHosts()));
    var proxies = Set.copyOf(options.trustedProxies());
    var api =
        new S3Api(
            authenticator,
            new PostPolicy(service.accounts(), options.region(), environment.clock()),
            Operations.of(service),
            environment,
            ApiSettings.defaults()
                .withDomains(options.domains())
                .withTrustedPeers(peer -> proxies.contains(peer.getHostAddress())),
            Optional::empty,
            AccessLog::log);
    var defaults = TransportSettings.defaults(options.address());
    var settings =
        new TransportSettings(
            options.address(),
            defaults.maxHeadBytes(),
            defaults.headTimeout(),
            options.idleTimeout(),
            defaults.lingerTimeout(),
            options.maxConnections(),
            defaults.eventLoops());
    try {
      return HttpServer.start(settings, api);
    } catch (IOException e) {
      throw UsageException.failed(
          "Cannot listen on "
              + options.address().getHostString()
              + ":"
              + options.address().getPort()
              + " ("
              + Messages.of(e)
              + "); stop what uses it, or choose another with --address.");
    }
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return http.address();
  }

  /** The root account's key. */
  public Credential rootCredential() {
    var account = service.accounts().account(ROOT_ACCOUNT);
    return new Credential(rootKey.accessKeyId(), rootKey.secretAccessKey(), account);
  }

  RootKey rootKey() {
    return rootKey;
  }

  /** Waits for SIGTERM or SIGINT, then drains; a second signal ends the process at once. */
  void awaitStop() {
    Shutdown.onSignal(
        () -> {
          LOG.log(Level.INFO, "stopping: requests in flight finish; a second signal ends at once");
          http.drain(options.drainTimeout());
          close();
        });
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends at once: connections break off. Idempotent. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    http.close();
    service.close();
    storage.close();
    stopped.countDown();
  }

  /** Where the data is, or null for memory. */
  public @Nullable Path directory() {
    return options.directory();
  }
}
