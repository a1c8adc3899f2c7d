package io.coffer.server;

import io.coffer.api.transport.TlsChallenges;
import java.io.IOException;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;

/** Where the server shows that a name is its own. */
sealed interface AcmeProofs {
  /**
   * Shows what an authority asks for.
   *
   * @throws IOException the authority does not take this sort of proof for the name
   */
  Shown show(Authorization authorization) throws IOException;

  /** A proof that is shown until it is closed. */
  record Shown(Challenge challenge, Runnable hide) implements AutoCloseable {
    @Override
    public void close() {
      hide.run();
    }
  }

  /** As an answer over HTTP. */
  record OverHttp(AcmeTokens tokens) implements AcmeProofs {
    @Override
    public Shown show(Authorization authorization) throws IOException {
      var challenge = challenge(authorization, Http01Challenge.class, Http01Challenge.TYPE);
      var token = challenge.getToken();
      tokens.show(token, challenge.getAuthorization());
      return new Shown(challenge, () -> tokens.hide(token));
    }
  }

  /** As a certificate. */
  record OverTls(TlsChallenges challenges) implements AcmeProofs {
    @Override
    public Shown show(Authorization authorization) throws IOException {
      var challenge = challenge(authorization, TlsAlpn01Challenge.class, TlsAlpn01Challenge.TYPE);
      var host = authorization.getIdentifier().getDomain();
      challenges.show(host, AcmeProofCertificate.make(host, challenge.getAcmeValidation()));
      return new Shown(challenge, () -> challenges.hide(host));
    }
  }

  private static <C extends Challenge> C challenge(
      Authorization authorization, Class<C> type, String name) throws IOException {
    return authorization
        .findChallenge(type)
        .orElseThrow(
            () ->
                new IOException(
                    "the authority does not take %s for %s; choose the other %s"
                        .formatted(
                            name,
                            authorization.getIdentifier().getDomain(),
                            Setting.ACME_CHALLENGE.flag())));
  }
}
