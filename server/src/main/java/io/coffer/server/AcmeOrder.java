package io.coffer.server;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/** One order of a certificate, from the account to the chain (RFC 8555 §7). */
record AcmeOrder(AcmeOptions options, AcmeFiles files, AcmeProofs proofs)
    implements AcmeRenewal.Issuer {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  @Override
  public AcmeIssued issue() throws AcmeFailure, InterruptedException {
    try (var authority = new AcmeAuthority(options)) {
      return order(login(authority.session()));
    } catch (AcmeException | IOException | RuntimeException e) {
      throw AcmeFailure.of(e, options);
    }
  }

  private Login login(Session session) throws AcmeException, IOException {
    var keys = AcmeAccountKey.of(files, options.directory());
    var builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(keys);
    var email = options.email();
    if (email != null) {
      builder.addEmail(email);
    }
    var login = builder.createLogin(session); // finds the account, if the key has one
    var wanted = email == null ? List.<URI>of() : List.of(URI.create("mailto:" + email));
    var account = login.getAccount();
    if (email != null
        && !account.getContacts().equals(wanted)
        && account.getStatus() == Status.VALID) {
      var edited = account.modify();
      edited.getContacts().clear();
      edited.addContact(wanted.getFirst()).commit();
    }
    return login;
  }

  private AcmeIssued order(Login login) throws AcmeException, IOException, InterruptedException {
    var order = login.newOrder().domains(options.domains()).create();
    for (var authorization : order.getAuthorizations()) {
      prove(authorization);
    }
    await(order, EnumSet.of(Status.READY, Status.VALID, Status.INVALID));
    refuseInvalid(order);
    var keys = DevelopmentAuthority.newKeys();
    order.execute(keys);
    await(order, EnumSet.of(Status.VALID, Status.INVALID));
    refuseInvalid(order);
    var chain = order.getCertificate().getCertificateChain();
    if (chain.isEmpty() || !chain.getFirst().getPublicKey().equals(keys.getPublic())) {
      throw new IOException("the authority issued a certificate for another key");
    }
    return new AcmeIssued(keys, chain);
  }

  private void prove(Authorization authorization)
      throws AcmeException, IOException, InterruptedException {
    if (authorization.getStatus() == Status.VALID) {
      return; // proved not long ago
    }
    try (var shown = proofs.show(authorization)) {
      shown.challenge().trigger();
      await(authorization, EnumSet.complementOf(EnumSet.of(Status.PENDING, Status.PROCESSING)));
      if (authorization.getStatus() != Status.VALID) {
        throw new IOException(
            "%s was not proved by %s: %s"
                .formatted(
                    authorization.getIdentifier().getDomain(),
                    shown.challenge().getType(),
                    reason(authorization)));
      }
    }
  }

  /** What went wrong, in the words of the authority. */
  private static String reason(Authorization authorization) {
    return authorization.getChallenges().stream()
        .map(Challenge::getError)
        .flatMap(java.util.Optional::stream)
        .map(Problem::toString)
        .findFirst()
        .orElse("it is " + authorization.getStatus());
  }

  private static void refuseInvalid(Order order) throws IOException {
    if (order.getStatus() == Status.INVALID) {
      throw new IOException(
          order.getError().map(Problem::toString).orElse("the authority gave no reason"));
    }
  }

  /** Asks now and then; as often as the authority wants, but within reason. */
  private static void await(PollableResource resource, Set<Status> ends)
      throws AcmeException, IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    var pause = SHORTEST_PAUSE;
    while (!ends.contains(resource.getStatus())) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "the authority did not decide within %d minutes".formatted(PATIENCE.toMinutes()));
      }
      Thread.sleep(pause);
      var wanted = resource.fetch();
      var grown = pause.multipliedBy(2);
      pause = wanted.map(time -> Duration.between(Instant.now(), time)).orElse(grown);
      pause = pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause;
      pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
  }
}
