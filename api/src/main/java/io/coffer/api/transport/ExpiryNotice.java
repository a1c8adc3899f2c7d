package io.coffer.api.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells of certificates that end soon: when they are read, and then once a day. Used by one thread
 * at a time.
 */
final class ExpiryNotice {
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration AGAIN = Duration.ofDays(1);

  private final InstantSource clock;
  private @Nullable Instant toldOf;
  private Instant toldAt = Instant.EPOCH;

  ExpiryNotice(InstantSource clock) {
    this.clock = clock;
  }

  /** When the first of them, or of those that vouch for them, ends. */
  static Instant end(Collection<ServerIdentity> identities) {
    return identities.stream().map(ExpiryNotice::end).min(Instant::compareTo).orElse(Instant.MAX);
  }

  private static Instant end(ServerIdentity identity) {
    return identity.chain().stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }

  /** A sentence about the one that ends first, when it is time to tell of it. */
  Optional<String> look(Collection<ServerIdentity> identities) {
    var end = end(identities);
    var now = clock.instant();
    if (end.isAfter(now.plus(SOON))) {
      toldOf = null;
      return Optional.empty();
    }
    if (end.equals(toldOf) && now.isBefore(toldAt.plus(AGAIN))) {
      return Optional.empty();
    }
    toldOf = end;
    toldAt = now;
    return identities.stream()
        .filter(identity -> end(identity).equals(end))
        .findFirst()
        .map(identity -> sentence(identity, end, now));
  }

  private static String sentence(ServerIdentity identity, Instant end, Instant now) {
    var left = Duration.between(now, end);
    var when =
        left.isNegative()
            ? "has ended: clients refuse it"
            : "ends in " + left.toDays() + " days and " + left.toHoursPart() + " hours";
    return "The certificate of %s, or one that vouches for it, %s (%s). Put a new one in its place."
        .formatted(subject(identity), when, end);
  }

  private static String subject(ServerIdentity identity) {
    return identity.names().isEmpty()
        ? identity.chain().getFirst().getSubjectX500Principal().getName()
        : String.join(", ", identity.names().stream().sorted().toList());
  }
}
