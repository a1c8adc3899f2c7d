package io.coffer.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that there is a good certificate, until its thread is interrupted: orders one when
 * there is none that fits, or a third of its lifetime is left. What is there stays until there is a
 * better one.
 */
final class AcmeRenewal implements Runnable {
  private static final Logger LOG = System.getLogger(AcmeRenewal.class.getName());
  private static final Duration LOOK = Duration.ofHours(1);
  private static final Duration LONGEST_ORDER = Duration.ofMinutes(15);

  /** Gets a certificate. */
  interface Issuer {
    /**
     * Orders one; takes as long as the authority takes.
     *
     * @throws AcmeFailure there is none
     */
    AcmeIssued issue() throws AcmeFailure, InterruptedException;
  }

  private final AcmeOptions options;
  private final AcmeFiles files;
  private final Issuer issuer;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final AcmePace pace;
  private @Nullable AcmeKept kept;

  /**
   * @param kept the certificate that is there, or null
   */
  AcmeRenewal(
      AcmeOptions options,
      AcmeFiles files,
      Issuer issuer,
      InstantSource clock,
      RandomGenerator random,
      @Nullable AcmeKept kept)
      throws IOException {
    this.options = options;
    this.files = files;
    this.issuer = issuer;
    this.clock = clock;
    this.random = random;
    this.pace = AcmePace.of(files.failuresFile(), clock.instant(), random);
    this.kept = kept;
  }

  @Override
  public void run() {
    try {
      while (true) {
        Thread.sleep(step());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Orders if it is time to; returns how long there is nothing to do, an hour or so at most. */
  Duration step() throws InterruptedException {
    var now = clock.instant();
    if (isDue(now) && !pace.next(now).isAfter(now)) {
      order();
      now = clock.instant();
    }
    var next = isDue(now) ? pace.next(now) : due();
    // Other servers that began with this one should not all ask at once.
    var look = LOOK.plusMillis(random.nextLong(-LOOK.toMillis() / 10, LOOK.toMillis() / 10));
    var latest = now.plus(look);
    return Duration.between(now, next.isBefore(latest) ? next : latest)
        .plusMillis(1); // clocks tick coarser than sleep does
  }

  private boolean isDue(Instant now) {
    return !due().isAfter(now);
  }

  private Instant due() {
    var there = kept;
    return there == null || !there.fits(options) ? Instant.MIN : there.due();
  }

  private void order() throws InterruptedException {
    LOG.log(
        Level.INFO,
        "Ordering a certificate for {0} from {1}.",
        String.join(", ", options.domains()),
        options.directory());
    try {
      var issued = issue();
      var now = clock.instant();
      var certificate = new AcmeKept(options.directory(), issued.chain().getFirst());
      if (!certificate.fits(options)) {
        throw new IOException("the authority issued a certificate for other names");
      }
      if (!certificate.due().isAfter(now)) {
        throw new AcmeFailure(
            "the authority issued a certificate that has to be renewed already",
            "Check the clock of this machine, which says " + now,
            null,
            Instant.MIN);
      }
      files.keep(options.directory(), issued);
      kept = certificate;
      pace.succeeded();
      LOG.log(
          Level.INFO,
          "There is a certificate by ACME, good until {0}; new connections get it within seconds.",
          certificate.end());
    } catch (AcmeFailure e) {
      failed(e);
    } catch (IOException | RuntimeException e) {
      failed(AcmeFailure.of(e, options));
    }
  }

  /** On a thread of its own, so that an authority that never ends an answer is no end of ours. */
  private AcmeIssued issue() throws AcmeFailure, InterruptedException {
    var order = new FutureTask<>(issuer::issue);
    var thread = Thread.ofVirtual().name("acme-order").start(order);
    try {
      return order.get(LONGEST_ORDER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AcmeFailure failure
          ? failure
          : AcmeFailure.of(e.getCause() == null ? e : e.getCause(), options);
    } catch (TimeoutException e) {
      throw AcmeFailure.of(new IOException("the authority took too long"), options);
    } finally {
      thread.interrupt();
    }
  }

  private void failed(AcmeFailure failure) {
    var now = clock.instant();
    try {
      pace.failed(now, failure.retryAt());
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The failure cannot be noted for the next start", e);
    }
    var there = kept;
    LOG.log(
        Level.WARNING,
        "There is no new certificate by ACME: {0}. {1}. Meanwhile {2} is served; the next order is"
            + " made at {3}.",
        failure.getMessage(),
        failure.advice(),
        there == null
            ? "a placeholder that nobody trusts"
            : "the certificate that is good until " + there.end(),
        pace.next(now).truncatedTo(ChronoUnit.SECONDS));
  }
}
