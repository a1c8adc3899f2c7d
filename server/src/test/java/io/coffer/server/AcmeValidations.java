package io.coffer.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;

/** How an authority looks whether a name leads to a server; all names lead to one address. */
final class AcmeValidations {
  private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();

  /** Validations wait until this is known. */
  void leadTo(InetSocketAddress server) {
    address.complete(server);
  }

  private InetSocketAddress server() throws Exception {
    return address.get(20, TimeUnit.SECONDS);
  }

  /** RFC 8555 §8.3. */
  String http(String name, String token, String keyAuthorization) throws Exception {
    var answer = get(server(), name, "/.well-known/acme-challenge/" + token);
    return answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n" + keyAuthorization)
        ? ""
        : "not the answer: " + answer;
  }

  /** A whole answer to GET. */
  static String get(InetSocketAddress server, String host, String path) throws IOException {
    try (var socket = new Socket(server.getAddress(), server.getPort())) {
      var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** RFC 8737 §3. */
  String tls(String name, String token, String keyAuthorization) throws Exception {
    var certificate = shown(server(), name, "acme-tls/1");
    var names = certificate.getSubjectAlternativeNames();
    if (names.size() != 1 || !names.iterator().next().equals(List.of(2, name))) {
      return "a certificate for " + names;
    }
    var value = certificate.getExtensionValue(TlsAlpn01Challenge.ACME_VALIDATION_OID);
    var digest =
        MessageDigest.getInstance("SHA-256")
            .digest(keyAuthorization.getBytes(StandardCharsets.US_ASCII));
    boolean right =
        certificate.getCriticalExtensionOIDs().contains(TlsAlpn01Challenge.ACME_VALIDATION_OID)
            && Arrays.equals(
                digest, Arrays.copyOfRange(value, value.length - digest.length, value.length));
    return right ? "" : "not the proof";
  }

  /** The certificate that a server shows for a name, whoever has signed it. */
  static X509Certificate shown(InetSocketAddress server, String name, String protocol)
      throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, null);
    var factory = context.getSocketFactory();
    try (var socket = (SSLSocket) factory.createSocket(server.getAddress(), server.getPort())) {
      var parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      parameters.setApplicationProtocols(new String[] {protocol});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** An authority does not yet know whom it talks to. */
  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public void checkServerTrusted(
        X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
