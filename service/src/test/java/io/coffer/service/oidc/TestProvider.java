package io.coffer.service.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An OIDC provider on this machine: its documents over HTTP, and tokens. */
final class TestProvider implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-05-24T10:00:00Z");
  static final RSAKey RSA = rsa("first", 2_048);
  static final RSAKey NEXT = rsa("second", 2_048);
  static final ECKey EC = ec();

  final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;
  private volatile String configuration = "";
  private volatile byte[] keys = new byte[0];
  private volatile int status = 200;

  TestProvider() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(address, 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          boolean forKeys = exchange.getRequestURI().getPath().endsWith("/keys");
          var body = forKeys ? keys : configuration.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Location", url() + "/realms/a/keys");
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    configuration(issuer(), issuer() + "/keys");
    publish(RSA, EC);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String issuer() {
    return url() + "/realms/a";
  }

  /** How condition keys of its tokens begin. */
  String name() {
    return issuer().substring("http://".length());
  }

  void configuration(String issuer, String keysAt) {
    configuration = "{\"issuer\": \"" + issuer + "\", \"jwks_uri\": \"" + keysAt + "\"}";
  }

  void publish(JWK... published) {
    publish(new JWKSet(List.of(published)).toString().getBytes(StandardCharsets.UTF_8));
  }

  void publish(byte[] document) {
    keys = document;
  }

  void answerWith(int wanted) {
    status = wanted;
  }

  /** Claims of a good token. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("alice")
        .audience("app")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)));
  }

  static String token(JWTClaimsSet.Builder claims) {
    return token(claims, JWSAlgorithm.RS256, RSA);
  }

  static String token(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWK key) {
    try {
      JWSSigner signer =
          key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner(key.toRSAKey(), true);
      var header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
      var jwt = new SignedJWT(header, claims.build());
      jwt.sign(signer);
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  static RSAKey rsa(String id, int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static ECKey ec() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("elliptic").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
