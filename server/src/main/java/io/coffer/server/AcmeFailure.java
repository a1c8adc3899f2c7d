package io.coffer.server;

import java.nio.file.FileSystemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeUserActionRequiredException;

/** An order that failed: why, and what the operator can do, as sentences without a full stop. */
final class AcmeFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String advice;
  private final Instant retryAt;

  AcmeFailure(String reason, String advice, @Nullable Throwable cause, Instant retryAt) {
    super(reason, cause);
    this.advice = advice;
    this.retryAt = retryAt;
  }

  /** What to do. */
  String advice() {
    return advice;
  }

  /** When the authority wants to be asked again; long past if it did not say. */
  Instant retryAt() {
    return retryAt;
  }

  /** Tells of what the library or the network threw. */
  static AcmeFailure of(Throwable e, AcmeOptions options) {
    return switch (e) {
      case AcmeLazyLoadingException lazy when lazy.getCause() != null ->
          of(lazy.getCause(), options);
      case FileSystemException file ->
          new AcmeFailure(
              Messages.of(file),
              "Make room there, and let this server read and write it",
              e,
              Instant.MIN);
      case AcmeNetworkException network ->
          new AcmeFailure(
              options.directory() + " cannot be reached: " + Messages.of(root(network)),
              "Check the network from here to the authority, and %s and %s"
                  .formatted(Setting.ACME_DIRECTORY.flag(), Setting.ACME_CA_FILE.flag()),
              e,
              Instant.MIN);
      case AcmeRateLimitedException limited ->
          new AcmeFailure(
              Messages.of(limited),
              "The authority has a limit; there is nothing to do but to wait",
              e,
              limited.getRetryAfter().orElse(Instant.MIN));
      case AcmeUserActionRequiredException terms ->
          new AcmeFailure(
              Messages.of(terms),
              "The authority changed its terms of service: read and accept them at "
                  + terms.getInstance(),
              e,
              Instant.MIN);
      default -> new AcmeFailure(Messages.of(e), reachability(options), e, Instant.MIN);
    };
  }

  private static String reachability(AcmeOptions options) {
    var name = options.domains().getFirst();
    return switch (options.challenge()) {
      case HTTP_01 ->
          "Check that port 80 of %s (and of each other name) leads to %s of this server"
              .formatted(name, Setting.ACME_HTTP_ADDRESS.flag());
      case TLS_ALPN_01 ->
          "Check that port 443 of %s (and of each other name) leads to %s of this server"
              .formatted(name, Setting.ADDRESS.flag());
    };
  }

  private static Throwable root(Throwable e) {
    var cause = e;
    while (cause.getCause() != null && cause.getCause().getMessage() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
