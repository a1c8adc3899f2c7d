package io.coffer.server;

import io.coffer.api.transport.HttpServer;
import io.coffer.auth.Account;
import io.coffer.auth.Credential;
import io.coffer.service.Environment;
import io.coffer.service.ScrubSettings;
import io.coffer.service.Service;
import io.coffer.service.ServiceSettings;
import io.coffer.service.identity.WrongSealKey;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.DirectoryUnusable;
import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One server: storage, service, API and transport, wired. Thread-safe. */
public final class CofferServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CofferServer.class.getName());
  static final String ROOT_ID = "000000000001";
  private static final String ROOT_NAME = "root";

  /** How much of the heap a store in memory may fill. */
  private static final int HEAP_TENTHS = 7;

  private final ServerOptions options;
  private final Storage storage;
  private final Service service;
  private final Account rootAccount;
  private final RootKey rootKey;
  private final Readiness readiness;
  private final AuditLog audit;
  private final @Nullable DevelopmentCertificate development;
  private final @Nullable AcmeCertificate acme;
  private final HttpServer http;
  private final Optional<ControlSocket> control;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private CofferServer(ServerOptions options, Storage storage, Environment environment) {
    this.options = options;
    this.storage = storage;
    this.readiness = new Readiness(storage);
    this.rootKey = rootKey(options);
    this.rootAccount = new Account(ROOT_ID, ROOT_NAME, ROOT_NAME, "", rootKey.canonicalId());
    var file = options.bootstrap();
    var bootstrap =
        file == null ? Bootstrap.empty() : BootstrapReader.read(file, rootAccount, rootKey);
    var sealKeys = SealKeys.of(options.directory(), options.sealKeys(), storage);
    var settings =
        new ServiceSettings(options.region())
            .withDurabilities(options.durabilities())
            .withKeys(sealKeys.ring())
            .withNewBuckets(options.newBuckets().settings())
            .withOutbound(options.identityProviders());
    var metrics = new ServerMetrics();
    this.audit = AuditLog.open(options.edge().audit());
    this.service = new Service(storage, environment, settings, scrubSettings(options, metrics));
    StoreMetrics.register(metrics.registry(), storage, service::figures, options.diskReserve());
    try {
      this.development = DevelopmentCertificate.of(options);
      // Nothing of ACME is loaded by a start without it.
      var wanted = options.edge().tls().acme();
      this.acme = wanted == null ? null : AcmeCertificate.of(wanted, options, environment);
      service.accounts().declare(rootAccount, List.of(rootCredential()));
      bootstrap.applyTo(service);
      this.http =
          new Wiring(options, environment, readiness, metrics, audit, development, acme)
              .listen(service);
      this.control = ServerOrders.listen(options.directory(), storage, service, sealKeys);
    } catch (RuntimeException e) {
      service.close();
      audit.close();
      throw e;
    }
  }

  /**
   * Starts a server; when it returns, requests are answered.
   *
   * @throws RuntimeException with one sentence for the operator
   */
  public static CofferServer start(ServerOptions options) {
    var storage = openStorage(options);
    try {
      return new CofferServer(options, storage, Environment.system());
    } catch (WrongSealKey e) {
      storage.close();
      throw SealKeys.wrong(e);
    } catch (StorageException e) {
      storage.close();
      throw UsageException.failed("The server cannot start, because " + Messages.of(e) + ".", e);
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static Storage openStorage(ServerOptions options) {
    var directory = options.directory();
    if (directory == null) {
      return MemoryStorage.create(Runtime.getRuntime().maxMemory() / 10 * HEAP_TENTHS);
    }
    try {
      var settings =
          FilesSettings.defaults()
              .withReserveBytes(options.diskReserve())
              .withCacheBytes(options.cache());
      return FilesStorage.open(directory, settings);
    } catch (DirectoryUnusable e) {
      throw UsageException.failed(String.valueOf(e.getMessage()), e);
    }
  }

  /** Memory has no bits that rot unseen. */
  private static ScrubSettings scrubSettings(ServerOptions options, ServerMetrics metrics) {
    var scrub = options.scrub();
    return options.directory() == null
        ? ScrubSettings.OFF
        : new ScrubSettings(scrub.bytesPerSecond(), scrub.interval(), metrics::inFlight);
  }

  private static RootKey rootKey(ServerOptions options) {
    var directory = options.directory();
    if (directory == null) {
      return RootKey.inMemory(options.rootAccessKey(), options.rootSecretKey());
    }
    try {
      return RootKey.in(
          directory.resolve("secrets"), options.rootAccessKey(), options.rootSecretKey());
    } catch (IOException e) {
      throw UsageException.failed(
          "The root key cannot be kept in the data directory (%s); mend that, or choose another"
                  .formatted(Messages.of(e))
              + " directory.",
          e);
    }
  }

  /** Where it listens, with the real port. */
  public InetSocketAddress address() {
    return http.address();
  }

  /** The root account's key. */
  public Credential rootCredential() {
    return new Credential(rootKey.accessKeyId(), rootKey.secretAccessKey(), rootAccount);
  }

  /** The PEM file of the authority behind a certificate that the server made; null for none. */
  public @Nullable Path developmentAuthority() {
    return development == null ? null : development.authorityFile();
  }

  /** For tests: where challenges of ACME are answered over HTTP, or null. */
  @Nullable InetSocketAddress httpForAcme() {
    return acme == null ? null : acme.httpAddress();
  }

  RootKey rootKey() {
    return rootKey;
  }

  /** From now on SIGTERM and SIGINT stop it; a second one ends the process at once. */
  void stopOnSignal() {
    Shutdown.onSignal(this::stop);
  }

  /** Waits until it has stopped. */
  void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends gracefully: requests in flight finish, as long as the drain time-out allows, and new ones
   * are answered with 503.
   */
  public void stop() {
    LOG.log(Level.INFO, "Stopping: requests in flight finish; a second signal ends at once.");
    readiness.stop();
    try {
      if (!http.drain(options.drainTimeout())) {
        LOG.log(Level.WARNING, "Requests that were not done in time are broken off.");
      }
    } finally {
      close();
    }
    LOG.log(Level.INFO, "Stopped.");
  }

  /** Ends at once: connections break off. Idempotent. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try (storage;
        service) {
      control.ifPresent(ControlSocket::close);
      if (acme != null) {
        acme.close();
      }
      http.close();
    } finally {
      audit.close();
      if (development != null && options.directory() == null) {
        development.delete();
      }
      stopped.countDown();
    }
  }
}
